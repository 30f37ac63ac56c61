-- What one period of the items of every state of a subscription costs before discounts.
with priced as (
    select
        items.state_id,
        items.subscription_item_id,
        items.created_at,
        states.currency,
        items.discounts,
        case
            when coalesce({{ json_length('items.tax_rates') }}, 0) > 0 then items.tax_rates
            else states.default_tax_rates
        end as tax_rates,
        items.trial_end,
        {{ json_text('items.price', ['id']) }} as price_id,
        {{ json_id(json_value('items.price', ['product'])) }} as product_id,
        {{ json_text('items.price', ['currency']) }} = states.currency as is_own_currency,
        {{ json_text('items.price', ['billing_scheme']) }} is not distinct from 'tiered' as is_tiered,
        {{ json_text('items.price', ['tiers_mode']) }} as tiers_mode,
        cast({{ json_text('items.price', ['unit_amount_decimal']) }} as decimal(26, 12)) as unit_amount,
        {{ json_text('items.price', ['recurring', 'interval']) }} as recurring_interval,
        cast({{ json_text('items.price', ['recurring', 'interval_count']) }} as bigint) as interval_count,
        coalesce(items.quantity, 1) as quantity,
        cast({{ json_text('items.price', ['transform_quantity', 'divide_by']) }} as bigint) as divide_by,
        {{ json_text('items.price', ['transform_quantity', 'round']) }} = 'up' as rounds_up
    from {{ ref('int_state_items') }} as items
    inner join {{ ref('int_subscription_states') }} as states on items.state_id = states.state_id
    where
        {{ json_text('items.price', ['recurring', 'interval']) }} is not null
        and {{ json_text('items.price', ['recurring', 'usage_type']) }} is distinct from 'metered'
),

counted as (
    select
        *,
        case when rounds_up then quantity + divide_by - 1 else quantity end as to_divide
    from priced
),

tiered as (
    select
        items.state_id,
        items.subscription_item_id,
        {{ total(
            cost('tiers.unit_amount', "case items.tiers_mode when 'volume' then items.quantity "
                ~ "else least(items.quantity, coalesce(tiers.up_to, items.quantity)) "
                ~ "- coalesce(tiers.starts_above, 0) end")
            ~ " + " ~ cost('tiers.flat_amount', 1)
        ) }} as amount
    from priced as items
    inner join {{ ref('int_price_tiers') }} as tiers
        on items.price_id = tiers.price_id
        and items.currency = tiers.currency
        and items.quantity > coalesce(tiers.starts_above, -1)
        and (items.tiers_mode <> 'volume' or tiers.up_to is null or items.quantity <= tiers.up_to)
    where items.is_tiered
    group by items.state_id, items.subscription_item_id
),

per_unit as (
    select
        items.state_id,
        items.subscription_item_id,
        {{ cost(
            "case when items.is_own_currency then items.unit_amount else options.unit_amount end",
            "coalesce((items.to_divide - mod(items.to_divide, items.divide_by)) / items.divide_by, items.quantity)"
        ) }} as amount
    from counted as items
    left join {{ ref('stg_price_currency_options') }} as options
        on items.price_id = options.price_id
        and items.currency = options.currency
    where not items.is_tiered
),

costs as (
    select * from tiered
    union all
    select * from per_unit
)

select
    items.state_id,
    items.subscription_item_id,
    items.created_at,
    items.product_id,
    items.trial_end,
    items.recurring_interval,
    items.interval_count,
    items.discounts,
    items.tax_rates,
    costs.amount is not null as is_priced,
    coalesce(costs.amount, 0) as amount
from priced as items
left join costs
    on items.state_id = costs.state_id
    and items.subscription_item_id = costs.subscription_item_id
