-- What prices cost in other currencies than their own.
with source as (
    {{ stripe_table('price_currency_options', {
        'price': 'text', 'currency': 'text', 'unit_amount_decimal': 'text', 'tiers': 'json'
    }, with_deleted=true) }}
)

select
    price as price_id,
    currency,
    cast(unit_amount_decimal as decimal(26, 12)) as unit_amount,
    tiers
from source
