-- Discounts on subscriptions that count nothing because their coupon is not in the tables.
{{ config(severity='warn') }}
select discounts.discount_id
from {{ ref('stg_discounts') }} as discounts
left join {{ ref('stg_coupons') }} as coupons on discounts.coupon_id = coupons.coupon_id
where coupons.coupon_id is null
