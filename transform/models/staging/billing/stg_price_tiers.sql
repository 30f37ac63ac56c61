-- Tiers of prices in their own currency.
with source as (
    {{ stripe_table('price_tiers', {
        'price': 'text', 'position': 'bigint', 'up_to': 'bigint', 'unit_amount_decimal': 'text',
        'flat_amount_decimal': 'text'
    }, with_deleted=true) }}
)

select
    price as price_id,
    position as tier,
    up_to,
    cast(unit_amount_decimal as decimal(26, 12)) as unit_amount,
    cast(flat_amount_decimal as decimal(26, 12)) as flat_amount
from source
