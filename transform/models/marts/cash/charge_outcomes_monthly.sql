{% set counts = ['attempts', 'succeeded_count', 'failed_count', 'blocked_count', 'pending_count', 'failed_payments'] %}
with monthly as (
    select
        livemode,
        currency,
        {{ month_of('created_at') }} as month,
        count(*) filter (where status in ('succeeded', 'failed')) as attempts,
        count(*) filter (where status = 'succeeded') as succeeded_count,
        count(*) filter (where status = 'failed') as failed_count,
        count(*) filter (where status = 'failed' and is_blocked) as blocked_count,
        count(*) filter (where status = 'pending') as pending_count,
        count(distinct case when status = 'failed' then coalesce(payment_intent_id, charge_id) end) as failed_payments,
        {{ total('amount', "status = 'failed'") }} as failed_minor
    from {{ ref('stg_charges') }}
    group by 1, 2, 3
),

outcomes as (
    select
        months.livemode,
        months.currency,
        months.month,
        months.is_running_month,
        {% for name in counts -%}
        coalesce(monthly.{{ name }}, 0) as {{ name }},
        {% endfor %}
        coalesce(monthly.failed_minor, 0) as failed_minor
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
    {{ counts | join(',\n    ') }},
    {{ amounts(['failed']) }},
    {{ rate('failed_count', 'attempts') }} as failure_rate,
    is_running_month
from {{ with_currencies('outcomes') }}
