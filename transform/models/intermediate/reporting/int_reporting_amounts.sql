-- What is to be converted into the reporting currency, and at which rate.
{{ config(enabled=var('reporting_currency') is not none) }}
{% set figures = {
    'mrr': ('mrr_monthly', 'mrr_minor'),
    'net_collected': ('collected_revenue_monthly', 'net_collected_minor'),
    'net_revenue': ('net_revenue_monthly', 'net_minor'),
} %}
with figures as (
    {% for figure, (mart, column) in figures.items() %}
    select livemode, currency, month, is_running_month, '{{ figure }}' as figure, {{ column }} as amount_minor
    from {{ ref(mart) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    livemode,
    currency,
    month,
    is_running_month,
    figure,
    amount_minor,
    coalesce(currencies.exponent, 2) as exponent,
    case
        when currency = '{{ var('reporting_currency') }}' then 1000000000000
        else cast(rates.rate * cast(1000000000000 as decimal(13, 0)) as bigint)
    end as rate_trillionths
from {{ with_currencies('figures') }}
left join {{ ref('exchange_rates') }} as rates using (currency, month)
