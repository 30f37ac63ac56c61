-- What each discount took off each line that bills a subscription.
with entries as (
    {{ json_elements(ref('stg_invoice_lines'), 'discount_amounts', ['line_id']) }}
),

taken as (
    select
        line_id,
        {{ json_id(json_value('value', ['discount'])) }} as discount_id,
        cast({{ json_text('value', ['amount']) }} as bigint) as amount
    from entries
)

select
    taken.line_id,
    taken.discount_id,
    taken.amount,
    coupons.coupon_id is not null as is_coupon_known,
    {{ coupon_counts('coupons.duration') }} as is_counted
from taken
left join {{ ref('stg_discounts') }} as discounts on taken.discount_id = discounts.discount_id
left join {{ ref('stg_coupons') }} as coupons on discounts.coupon_id = coupons.coupon_id
