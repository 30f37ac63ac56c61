-- What coupons take off in other currencies than their own.
with source as (
    {{ stripe_table('coupon_currency_options', {
        'coupon': 'text', 'currency': 'text', 'amount_off': 'bigint'
    }, with_deleted=true) }}
)

select
    coupon as coupon_id,
    currency,
    amount_off
from source
