-- Every state in which a subscription counts or is on trial, from when until when: from the feed,
-- and since its last event as the subscription is now.
with last_events as (
    select subscription_id, max(occurred_at) as changed_at
    from {{ ref('stg_subscription_events') }}
    group by subscription_id
),

states as (
    select
        snapshots.subscription_id,
        snapshots.valid_from,
        snapshots.valid_to,
        'event' as seen_in,
        snapshots.status,
        snapshots.customer_id,
        snapshots.currency,
        snapshots.livemode,
        snapshots.cancel_at_period_end,
        snapshots.cancel_at,
        snapshots.canceled_at,
        snapshots.pause_behavior,
        snapshots.discounts,
        snapshots.discount_id,
        snapshots.default_tax_rates,
        snapshots.items
    from {{ ref('int_subscription_snapshots') }} as snapshots
    left join {{ ref('stg_subscriptions') }} as subscriptions
        on snapshots.subscription_id = subscriptions.subscription_id
    where snapshots.valid_to is not null or subscriptions.subscription_id is null

    union all

    select
        subscriptions.subscription_id,
        coalesce(last_events.changed_at, greatest(clock.first_seen, subscriptions.created_at)) as valid_from,
        null as valid_to,
        'table' as seen_in,
        subscriptions.status,
        subscriptions.customer_id,
        subscriptions.currency,
        subscriptions.livemode,
        subscriptions.cancel_at_period_end,
        subscriptions.cancel_at,
        subscriptions.canceled_at,
        subscriptions.pause_behavior,
        subscriptions.discounts,
        null as discount_id,
        subscriptions.default_tax_rates,
        null as items
    from {{ ref('stg_subscriptions') }} as subscriptions
    cross join {{ ref('int_clock') }} as clock
    left join last_events on subscriptions.subscription_id = last_events.subscription_id
)

select
    subscription_id || '/' || row_number() over (
        partition by subscription_id order by valid_from, valid_to nulls last
    ) as state_id,
    states.*,
    status = 'trialing' as is_trialing,
    status = 'past_due' as is_past_due,
    cancel_at_period_end or coalesce(cancel_at > valid_from, false) as is_ending
from states
where
    ({{ in_list('status', var('mrr_statuses')) }} or status = 'trialing')
    and not coalesce({{ in_list('pause_behavior', var('mrr_paused_collection_excluded')) }}, false)
