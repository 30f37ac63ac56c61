with paying as (
    select livemode, currency, {{ add_months('month', 1) }} as month, count(*) as subscriptions
    from {{ ref('int_subscription_months') }}
    where mrr_minor > 0
    group by 1, 2, 3
),

churned as (
    select
        subscriptions.livemode,
        subscriptions.currency,
        {{ month_of(churned_at('subscriptions')) }} as month,
        count(*) as canceled,
        count(*) filter (where {{ in_list('subscriptions.cancellation_reason', var('voluntary_reasons')) }})
            as voluntary,
        count(*) filter (where {{ in_list('subscriptions.cancellation_reason', var('involuntary_reasons')) }})
            as involuntary
    from {{ ref('stg_subscriptions') }} as subscriptions
    inner join (
        select subscription_id, min(valid_from) as paying_since
        from {{ ref('int_mrr_stretches') }}
        where mrr_minor > 0
        group by subscription_id
    ) as stretches
        on subscriptions.subscription_id = stretches.subscription_id
        and {{ churned_at('subscriptions') }} > stretches.paying_since
    group by 1, 2, 3
)

select
    months.livemode,
    months.currency,
    months.month,
    coalesce(paying.subscriptions, 0) as paying_subscriptions_at_start,
    coalesce(churned.canceled, 0) as canceled_subscriptions,
    coalesce(churned.voluntary, 0) as voluntary,
    coalesce(churned.involuntary, 0) as involuntary,
    coalesce(churned.canceled - churned.voluntary - churned.involuntary, 0) as other,
    {{ rate('coalesce(churned.canceled, 0)', 'coalesce(paying.subscriptions, 0)') }} as cancel_rate,
    months.is_running_month
from {{ ref('int_months') }} as months
left join paying
    on months.livemode = paying.livemode
    and months.currency = paying.currency
    and months.month = paying.month
left join churned
    on months.livemode = churned.livemode
    and months.currency = churned.currency
    and months.month = churned.month
