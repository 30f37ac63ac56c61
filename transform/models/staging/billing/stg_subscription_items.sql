-- What the subscriptions consist of.
with source as (
    {{ stripe_table('subscription_items', {
        'id': 'text', 'subscription': 'text', 'created': 'timestamp', 'quantity': 'bigint',
        'price': 'json', 'discounts': 'json', 'tax_rates': 'json', 'current_trial': 'json'
    }) }}
)

select
    id as subscription_item_id,
    subscription as subscription_id,
    created as created_at,
    quantity,
    price,
    discounts,
    tax_rates,
    cast({{ json_text('current_trial', ['end_date']) }} as timestamp) as trial_end
from source
