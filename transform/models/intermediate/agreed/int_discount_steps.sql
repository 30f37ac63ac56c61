-- Discounts one after the other: for each step the items that it applies to. Items in one `bearers`
-- share what is taken off.
with running as (
    select
        moments.state_id,
        moments.valid_from,
        discounts.*,
        min(case when discounts.level > 1 then discounts.level end) over (
            partition by moments.state_id, moments.valid_from
        ) as shared_level
    from {{ ref('int_state_moments') }} as moments
    inner join (
        select
            state_id as of_state, level, subscription_item_id as of_item, position, discount_id, coupon_id,
            millionths_off, amount_off, valid_from as runs_from, valid_to as runs_to
        from {{ ref('int_state_discounts') }}
    ) as discounts
        on moments.state_id = discounts.of_state
        and moments.valid_from >= discounts.runs_from
        and moments.valid_from < discounts.runs_to
),

limited as (
    select distinct coupon_id
    from {{ ref('stg_coupon_products') }}
),

eligible as (
    select
        running.state_id,
        running.valid_from,
        items.subscription_item_id,
        running.level,
        running.position,
        running.millionths_off,
        coalesce(running.amount_off, as_billed.amount) as amount_off,
        -- What was billed is known of each item alone.
        running.level = 1 or as_billed.amount is not null as is_borne_alone,
        items.recurring_interval || items.interval_count as period,
        items.amount,
        items.interval_count * case items.recurring_interval
            when 'day' then 1 when 'week' then 7 when 'month' then 30 else 365
        end as days
    from running
    inner join {{ ref('int_agreed_items') }} as items
        on running.state_id = items.state_id
        and (running.level > 1 or running.of_item = items.subscription_item_id)
    left join {{ ref('int_discounts_as_billed') }} as as_billed
        on running.discount_id = as_billed.discount_id
        and items.subscription_item_id = as_billed.subscription_item_id
    left join limited on running.coupon_id = limited.coupon_id
    left join {{ ref('stg_coupon_products') }} as products
        on running.coupon_id = products.coupon_id
        and items.product_id = products.product_id
    where
        -- The customer's discount is inherited only where the subscription has none.
        (running.level = 1 or running.level = running.shared_level)
        and (limited.coupon_id is null or products.coupon_id is not null)
        and coalesce(running.millionths_off, running.amount_off, as_billed.amount) is not null
),

with_shortest as (
    select
        *,
        min(case when amount > 0 then days end) over (
            partition by state_id, valid_from, level, position, case when is_borne_alone then subscription_item_id end
        ) as shortest
    from eligible
)

select
    state_id,
    valid_from,
    subscription_item_id,
    dense_rank() over (partition by state_id, valid_from order by level, position) as step,
    case when is_borne_alone then subscription_item_id else period end as bearers,
    millionths_off,
    amount_off
from with_shortest
-- An amount comes off each invoice, so off the items that are on each that costs anything.
where millionths_off is not null or days = shortest
