-- Coupons.
with source as (
    {{ stripe_table('coupons', {
        'id': 'text', 'duration': 'text', 'percent_off': 'double', 'amount_off': 'bigint',
        'currency': 'text'
    }, with_deleted=true) }}
)

select
    id as coupon_id,
    duration,
    -- The API has two decimals; kept as millionths, so that percentages are whole numbers.
    cast(round(cast(percent_off as decimal(9, 4)) * 10000) as bigint) as millionths_off,
    amount_off,
    currency
from source
