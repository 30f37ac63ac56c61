-- Discounts on subscriptions that count nothing because neither the tables have their coupon, nor
-- invoices show what they take off. Select coupons.
{{ config(severity='warn') }}
select distinct discounts.discount_id
from {{ ref('int_state_discounts') }} as discounts
left join {{ ref('int_discounts_as_billed') }} as billed on discounts.discount_id = billed.discount_id
where discounts.coupon_id is null and billed.discount_id is null
