-- Discounts, one row each. The tap has a row for each object that shows a discount.
with source as (
    {{ stripe_table('discounts', {
        'id': 'text', 'parent_type': 'text', 'parent_id': 'text', 'coupon': 'text',
        'start': 'timestamp', 'end': 'timestamp', '_sdc_deleted_at': 'timestamp'
    }) }}
)

select
    id as discount_id,
    max(coupon) as coupon_id,
    -- Whose subscriptions inherit it; null for other discounts than a customer's own.
    max(case when parent_type = 'customer' then parent_id end) as inherited_from,
    min("start") as valid_from,
    -- A customer's discount that was taken away is gone; the others are in their holder's list or not.
    min(least(
        coalesce("end", timestamp '9999-12-31'),
        case when parent_type = 'customer' then _sdc_deleted_at end
    )) as valid_to
from source
group by id
