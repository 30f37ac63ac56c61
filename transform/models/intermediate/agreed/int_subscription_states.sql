-- Every state in which a subscription counts or is on trial, from when until when: from the feed,
-- and since its last event as the subscription is now. Of one that is over the last event tells what
-- it was; without any, the subscription as it is now. No state goes beyond the subscription's own
-- beginning and end, so that an event that is missing moves neither.
with last_events as (
    select subscription_id, max(occurred_at) as changed_at
    from {{ ref('stg_subscription_events') }}
    group by subscription_id
),

states as (
    select
        snapshots.subscription_id,
        greatest(snapshots.valid_from, subscriptions.created_at) as valid_from,
        -- least() and greatest() pass over what is null.
        least(
            snapshots.valid_to, {{ churned_at('snapshots') }}, {{ churned_at('subscriptions') }}
        ) as valid_to,
        'event' as seen_in,
        snapshots.status,
        snapshots.customer_id,
        snapshots.currency,
        snapshots.livemode,
        snapshots.trial_end,
        snapshots.cancel_at_period_end,
        snapshots.cancel_at,
        snapshots.pause_behavior,
        snapshots.discounts,
        snapshots.discount_id,
        snapshots.default_tax_rates,
        snapshots.items,
        snapshots.has_more_items
    from {{ ref('int_subscription_snapshots') }} as snapshots
    left join {{ ref('stg_subscriptions') }} as subscriptions
        on snapshots.subscription_id = subscriptions.subscription_id
    where
        snapshots.valid_to is not null
        or subscriptions.subscription_id is null
        or subscriptions.ended_at is not null

    union all

    select
        subscriptions.subscription_id,
        greatest(coalesce(last_events.changed_at, clock.first_seen), subscriptions.created_at) as valid_from,
        {{ churned_at('subscriptions') }} as valid_to,
        'table' as seen_in,
        subscriptions.status,
        subscriptions.customer_id,
        subscriptions.currency,
        subscriptions.livemode,
        subscriptions.trial_end,
        subscriptions.cancel_at_period_end,
        subscriptions.cancel_at,
        subscriptions.pause_behavior,
        subscriptions.discounts,
        null as discount_id,
        subscriptions.default_tax_rates,
        null as items,
        true as has_more_items
    from {{ ref('stg_subscriptions') }} as subscriptions
    cross join {{ ref('int_clock') }} as clock
    left join last_events on subscriptions.subscription_id = last_events.subscription_id
    where last_events.changed_at is null or subscriptions.ended_at is null
),

lived as (
    select
        *,
        -- What shows the end tells nothing of what the subscription was until then.
        case
            when status <> 'canceled' or valid_to is null then status
            when trial_end >= valid_to then 'trialing'
            else 'active'
        end as status_until_then
    from states
    where valid_from < coalesce(valid_to, timestamp '9999-12-31')
)

select
    subscription_id || '/' || row_number() over (partition by subscription_id order by valid_from) as state_id,
    subscription_id,
    valid_from,
    valid_to,
    seen_in,
    customer_id,
    currency,
    livemode,
    discounts,
    discount_id,
    default_tax_rates,
    items,
    has_more_items,
    not {{ in_list('status_until_then', var('mrr_statuses')) }} as is_trialing,
    status_until_then = 'past_due' as is_past_due,
    cancel_at_period_end or coalesce(cancel_at > valid_from, false) as is_ending
from lived
where
    ({{ in_list('status_until_then', var('mrr_statuses')) }} or status_until_then = 'trialing')
    and not coalesce({{ in_list('pause_behavior', var('mrr_paused_collection_excluded')) }}, false)
