-- Subscriptions as they are, ended ones too.
with source as (
    {{ stripe_table('subscriptions', {
        'id': 'text', 'customer': 'text', 'customer_account': 'text', 'livemode': 'boolean',
        'currency': 'text', 'status': 'text', 'created': 'timestamp', 'ended_at': 'timestamp',
        'canceled_at': 'timestamp', 'trial_end': 'timestamp', 'cancel_at': 'timestamp', 'cancel_at_period_end': 'boolean',
        'cancellation_details': 'json', 'pause_collection': 'json', 'discounts': 'json',
        'default_tax_rates': 'json'
    }) }}
)

select
    id as subscription_id,
    coalesce(customer, customer_account) as customer_id,
    livemode,
    currency,
    status,
    created as created_at,
    ended_at,
    canceled_at,
    trial_end,
    cancel_at,
    coalesce(cancel_at_period_end, false) as cancel_at_period_end,
    {{ json_text('cancellation_details', ['reason']) }} as cancellation_reason,
    {{ json_text('pause_collection', ['behavior']) }} as pause_behavior,
    discounts,
    default_tax_rates
from source
where {{ in_mode() }}
