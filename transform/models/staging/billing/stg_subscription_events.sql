-- What the event feed shows of subscriptions: each as it was after a change, and what changed.
with source as (
    {{ stripe_table('events', {
        'id': 'text', 'type': 'text', 'created': 'timestamp', 'livemode': 'boolean', 'data': 'json'
    }) }}
)

select
    {{ json_text('data', ['object', 'id']) }} as subscription_id,
    id as event_id,
    type,
    created as occurred_at,
    {{ json_value('data', ['object']) }} as shown,
    {{ json_value('data', ['previous_attributes']) }} as before
from source
where type like 'customer.subscription.%' and {{ json_text('data', ['object', 'object']) }} = 'subscription'
    and {{ is_there(json_text('data', ['object', 'id'])) }} and {{ in_mode() }}
