{% set names = ['charges_gross', 'refunds', 'invoices_paid', 'paid_off_stripe', 'non_invoice_charges', 'timing'] %}
with parts as (
    select
        charges.livemode,
        charges.currency,
        charges.created_at as moment,
        'charges_gross' as part,
        charges.amount_collected as amount,
        1 as charges
    from {{ ref('stg_charges') }} as charges
    where charges.is_collected

    union all

    select charges.livemode, charges.currency, charges.created_at, 'non_invoice_charges', charges.amount_collected, 0
    from {{ ref('stg_charges') }} as charges
    where
        charges.is_collected
        and not exists (
            select 1
            from {{ ref('int_settlements') }} as settlements
            where settlements.charge_id = charges.charge_id
        )

    union all

    select livemode, currency, created_at, 'refunds', amount, 0
    from {{ ref('stg_refunds') }}

    union all

    select livemode, currency, paid_at, 'invoices_paid', amount_paid, 0
    from {{ ref('int_settlements') }}

    union all

    select livemode, currency, charged_at, 'timing', amount_paid, 0
    from {{ ref('int_settlements') }}
    where charge_id is not null

    union all

    select livemode, currency, paid_at, 'timing', -amount_paid, 0
    from {{ ref('int_settlements') }}
    where charge_id is not null

    union all

    select livemode, currency, paid_at, 'paid_off_stripe', amount_paid_off_stripe, 0
    from {{ ref('stg_invoices') }}
    where status = 'paid'
),

monthly as (
    select
        livemode,
        currency,
        {{ month_of('moment') }} as month,
        cast(sum(charges) as bigint) as charges_count,
        {% for name in names -%}
        {{ total('amount', "part = '" ~ name ~ "'") }} as {{ name }}_minor
        {{- ',' if not loop.last }}
        {% endfor %}
    from parts
    group by 1, 2, 3
),

collected as (
    select
        months.livemode,
        months.currency,
        months.month,
        months.is_running_month,
        coalesce(monthly.charges_count, 0) as charges_count,
        {% for name in names -%}
        coalesce(monthly.{{ name }}_minor, 0) as {{ name }}_minor,
        {% endfor %}
        coalesce(monthly.charges_gross_minor - monthly.refunds_minor, 0) as net_collected_minor,
        coalesce(
            monthly.charges_gross_minor
            - monthly.invoices_paid_minor
            - monthly.non_invoice_charges_minor
            - monthly.timing_minor,
            0
        ) as reconciliation_difference_minor
    from {{ ref('int_months') }} as months
    left join monthly
        on months.livemode = monthly.livemode
        and months.currency = monthly.currency
        and months.month = monthly.month
)

select
    livemode,
    currency,
    month,
    charges_count,
    {{ amounts([
        'charges_gross', 'refunds', 'net_collected', 'invoices_paid', 'paid_off_stripe',
        'non_invoice_charges', 'timing', 'reconciliation_difference'
    ]) }},
    is_running_month
from {{ with_currencies('collected') }}
