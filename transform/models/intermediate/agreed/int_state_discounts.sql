-- The discounts that stand over a state of a subscription, in the order in which Stripe applies them:
-- the items' own, the subscription's, and those that it inherits from the customer.
with on_items as (
    {{ json_elements(ref('int_agreed_items'), 'discounts', ['state_id', 'subscription_item_id']) }}
),

on_subscriptions as (
    {{ json_elements(ref('int_subscription_states'), 'discounts', ['state_id']) }}
),

held as (
    select
        state_id,
        1 as level,
        subscription_item_id,
        {{ json_id('value') }} as discount_id,
        position
    from on_items

    union all

    select state_id, 2 as level, null as subscription_item_id, {{ json_id('value') }} as discount_id, position
    from on_subscriptions

    union all

    select state_id, 2 as level, null as subscription_item_id, discount_id, 1 as position
    from {{ ref('int_subscription_states') }}
    where discounts is null and discount_id is not null

    union all

    select
        states.state_id,
        3 as level,
        null as subscription_item_id,
        discounts.discount_id,
        row_number() over (
            partition by states.state_id order by discounts.valid_from, {{ in_byte_order('discounts.discount_id') }}
        ) as position
    from {{ ref('int_subscription_states') }} as states
    inner join {{ ref('stg_discounts') }} as discounts on states.customer_id = discounts.inherited_from
)

select
    held.state_id,
    held.level,
    held.subscription_item_id,
    held.position,
    held.discount_id,
    -- One that no table has runs for as long as it is held.
    coalesce(discounts.valid_from, states.valid_from) as valid_from,
    coalesce(discounts.valid_to, timestamp '9999-12-31') as valid_to,
    coupons.coupon_id,
    coupons.millionths_off,
    case when coupons.currency = states.currency then coupons.amount_off else amounts.amount_off end as amount_off
from held
inner join {{ ref('int_subscription_states') }} as states on held.state_id = states.state_id
left join {{ ref('stg_discounts') }} as discounts on held.discount_id = discounts.discount_id
left join {{ ref('stg_coupons') }} as coupons on discounts.coupon_id = coupons.coupon_id
left join {{ ref('stg_coupon_amounts') }} as amounts
    on coupons.coupon_id = amounts.coupon_id
    and states.currency = amounts.currency
where {{ coupon_counts('coupons.duration') }}
