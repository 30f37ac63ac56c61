{% set names = ['gross', 'refunds', 'disputes', 'fees', 'payouts', 'other', 'balance_change'] %}
with categories as (
    select
        livemode,
        currency,
        month,
        {{ total('amount_minor', "category = 'charge'") }} as gross_minor,
        {{ total('amount_minor', "category = 'refund'") }} as refunds_minor,
        {{ total('amount_minor', "category = 'dispute'") }} as disputes_minor,
        {{ total('amount_minor', "category = 'fee'") }} - {{ total('fee_minor') }} as fees_minor,
        {{ total('amount_minor', "category = 'payout'") }} as payouts_minor,
        {{ total('amount_minor', "category not in ('charge', 'refund', 'dispute', 'fee', 'payout')") }} as other_minor,
        {{ total('net_minor') }} as balance_change_minor
    from {{ ref('balance_categories_monthly') }}
    group by livemode, currency, month
),

firsts as (
    select livemode, currency, min(month) as month
    from categories
    group by livemode, currency
),

revenue as (
    select
        firsts.livemode,
        firsts.currency,
        calendar.month,
        calendar.is_running_month,
        {% for name in names -%}
        coalesce(categories.{{ name }}_minor, 0) as {{ name }}_minor,
        {% endfor %}
        coalesce(
            categories.gross_minor + categories.refunds_minor + categories.disputes_minor + categories.fees_minor, 0
        ) as net_minor
    from firsts
    inner join {{ ref('int_calendar') }} as calendar on firsts.month <= calendar.month
    left join categories
        on firsts.livemode = categories.livemode
        and firsts.currency = categories.currency
        and calendar.month = categories.month
)

select
    livemode,
    currency,
    month,
    {{ amounts(['gross', 'refunds', 'disputes', 'fees', 'net', 'other', 'payouts', 'balance_change']) }},
    is_running_month
from {{ with_currencies('revenue') }}
