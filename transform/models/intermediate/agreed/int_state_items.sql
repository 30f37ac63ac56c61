-- The items of every state of a subscription: those that an event shows, which are ten at most, and
-- what the table has besides; all that the table has where no event shows the state.
with shown as (
    {{ json_elements(ref('int_subscription_states'), 'items', ['state_id']) }}
),

items as (
    select
        state_id,
        {{ json_text('value', ['id']) }} as subscription_item_id,
        {{ from_epoch(json_text('value', ['created'])) }} as created_at,
        cast({{ json_text('value', ['quantity']) }} as bigint) as quantity,
        {{ json_value('value', ['price']) }} as price,
        {{ json_value('value', ['discounts']) }} as discounts,
        {{ json_value('value', ['tax_rates']) }} as tax_rates,
        {{ from_epoch(json_text('value', ['current_trial', 'end_date'])) }} as trial_end
    from shown
)

select *
from items

union all

select
    states.state_id,
    held.subscription_item_id,
    held.created_at,
    held.quantity,
    held.price,
    held.discounts,
    held.tax_rates,
    held.trial_end
from {{ ref('int_subscription_states') }} as states
inner join {{ ref('stg_subscription_items') }} as held on states.subscription_id = held.subscription_id
left join items
    on states.state_id = items.state_id
    and held.subscription_item_id = items.subscription_item_id
where
    states.has_more_items
    and items.state_id is null
    and (states.seen_in = 'table' or held.created_at <= states.valid_from)
