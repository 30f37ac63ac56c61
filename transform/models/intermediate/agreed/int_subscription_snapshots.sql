-- Subscriptions as events show them, from when until when they were so. What an event shows holds
-- until the next one; what the first one changed held before it.
with events as (
    select
        *,
        lead(occurred_at) over (partition by subscription_id order by number) as next_at
    from {{ ref('int_subscription_events') }}
),

snapshots as (
    select
        subscription_id,
        occurred_at as valid_from,
        next_at as valid_to,
        shown,
        cast(null as {{ column_type('json') }}) as before
    from events
    where next_at is null or next_at > occurred_at

    union all

    select
        events.subscription_id,
        clock.first_seen as valid_from,
        events.occurred_at as valid_to,
        events.shown,
        events.before
    from events
    cross join {{ ref('int_clock') }} as clock
    where
        events.number = 1
        and events.type <> 'customer.subscription.created'
        and events.occurred_at > clock.first_seen
)

select
    subscription_id,
    valid_from,
    valid_to,
    {{ as_shown('status') }} as status,
    {{ json_text('shown', ['customer']) }} as customer_id,
    {{ json_text('shown', ['currency']) }} as currency,
    {{ json_text('shown', ['livemode']) }} = 'true' as livemode,
    coalesce({{ as_shown('cancel_at_period_end') }} = 'true', false) as cancel_at_period_end,
    {{ from_epoch(as_shown('cancel_at')) }} as cancel_at,
    {{ from_epoch(as_shown('canceled_at')) }} as canceled_at,
    {{ from_epoch(as_shown('ended_at')) }} as ended_at,
    {{ from_epoch(as_shown('trial_end')) }} as trial_end,
    -- Of a hash that changed in part, only that part is under `previous_attributes`; so with the items.
    case
        when {{ json_has('before', 'pause_collection') }} and {{ json_text('before', ['pause_collection']) }} is null
            then null
        else coalesce(
            {{ json_text('before', ['pause_collection', 'behavior']) }},
            {{ json_text('shown', ['pause_collection', 'behavior']) }}
        )
    end as pause_behavior,
    {{ as_shown('discounts', json=true) }} as discounts,
    -- Before subscriptions could have several.
    {{ json_text(as_shown('discount', json=true), ['id']) }} as discount_id,
    {{ as_shown('default_tax_rates', json=true) }} as default_tax_rates,
    {{ json_value(as_shown('items', json=true), ['data']) }} as items,
    coalesce(
        {{ json_text('before', ['items', 'has_more']) }}, {{ json_text('shown', ['items', 'has_more']) }}, 'false'
    ) = 'true' as has_more_items
from snapshots
