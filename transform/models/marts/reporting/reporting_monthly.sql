{{ config(enabled=var('reporting_currency') is not none) }}
{% set names = ['mrr', 'net_collected', 'net_revenue'] %}
{#- Minor units at the rate, times 10^15: 12 decimals of the rate, 3 of the currencies. -#}
{% set at_rate = product(
    product('amount_minor', 'rate_trillionths'),
    'cast(power(10, 3 + reporting.exponent - amounts.exponent) as bigint)'
) %}
with reporting as (
    select coalesce(max(exponent), 2) as exponent
    from {{ ref('currencies') }}
    where currency = '{{ var('reporting_currency') }}'
),

sums as (
    select
        amounts.livemode,
        amounts.month,
        amounts.is_running_month,
        {% for name in names -%}
        bool_or(figure = '{{ name }}' and amount_minor <> 0 and rate_trillionths is null) as {{ name }}_lacks_rate,
        coalesce(sum({{ at_rate }}) filter (where figure = '{{ name }}'), 0) as {{ name }}_sum
        {{- ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_reporting_amounts') }} as amounts
    cross join reporting
    group by amounts.livemode, amounts.month, amounts.is_running_month
),

converted as (
    select
        livemode,
        '{{ var('reporting_currency') }}' as currency,
        month,
        {% for name in names -%}
        case when not {{ name }}_lacks_rate then {{ half_up(name ~ '_sum', '1000000000000000') }} end as {{ name }}_minor,
        {% endfor %}
        is_running_month
    from sums
)

select livemode, currency, month, {{ amounts(names) }}, is_running_month
from {{ with_currencies('converted') }}
