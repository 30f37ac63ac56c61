-- Products that coupons are limited to.
with source as (
    {{ stripe_table('coupon_products', {
        'coupon': 'text', 'product': 'text'
    }, with_deleted=true) }}
)

select
    coupon as coupon_id,
    product as product_id
from source
