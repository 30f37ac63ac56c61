-- Prices: how often they are paid.
with source as (
    {{ stripe_table('prices', {
        'id': 'text', 'product': 'text', 'currency': 'text', 'recurring': 'json'
    }, with_deleted=true) }}
)

select
    id as price_id,
    product as product_id,
    currency,
    {{ json_text('recurring', ['interval']) }} as recurring_interval,
    cast({{ json_text('recurring', ['interval_count']) }} as bigint) as interval_count,
    {{ json_text('recurring', ['usage_type']) }} as usage_type
from source
