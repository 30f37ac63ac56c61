{% set endings = {
    'recovered_7d': "recovered_at <= failed_at + interval '7 day'",
    'recovered_14d': "recovered_at <= failed_at + interval '14 day'",
    'recovered_30d': "recovered_at <= failed_at + interval '30 day'",
    'recovered_60d': "recovered_at <= failed_at + interval '60 day'",
    'recovered': "status = 'paid'",
    'retrying': "is_retrying",
    'lost': "is_lost",
    'waiting': "status <> 'paid' and not is_retrying and not is_lost",
} %}
with monthly as (
    select
        livemode,
        currency,
        {{ month_of('failed_at') }} as month,
        count(*) as failed_invoices,
        {{ total('failed_minor') }} as failed_minor,
        {% for ending, condition in endings.items() -%}
        count(*) filter (where {{ condition }}) as {{ ending }}_invoices,
        {{ total('recovered_minor' if ending.startswith('recovered') else 'failed_minor', condition) }} as {{ ending }}_minor
        {{- ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_first_failures') }}
    group by 1, 2, 3
),

recovery as (
    select
        months.livemode,
        months.currency,
        months.month,
        months.is_running_month,
        {% for name in ['failed'] + endings.keys() | list -%}
        coalesce(monthly.{{ name }}_invoices, 0) as {{ name }}_invoices,
        coalesce(monthly.{{ name }}_minor, 0) as {{ name }}_minor
        {{- ',' if not loop.last }}
        {% endfor %}
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
    {% for name in ['failed'] + endings.keys() | list -%}
    {{ name }}_invoices,
    {% endfor %}
    {{ amounts(['failed'] + endings.keys() | list) }},
    {{ rate('recovered_invoices', 'failed_invoices') }} as recovery_rate,
    {{ rate('recovered_minor', 'failed_minor') }} as recovery_rate_by_value,
    is_running_month
from {{ with_currencies('recovery') }}
