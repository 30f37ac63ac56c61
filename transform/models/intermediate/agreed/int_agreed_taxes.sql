-- The inclusive tax on the items: by their own rates or the subscription's, else as last billed.
with entries as (
    {{ json_elements(ref('int_agreed_items'), 'tax_rates', ['state_id', 'subscription_item_id']) }}
),

rated as (
    select
        entries.state_id,
        entries.subscription_item_id,
        {{ total('rates.millionths', 'rates.is_inclusive') }} as millionths
    from entries
    left join {{ ref('stg_tax_rates') }} as rates on {{ json_id('entries.value') }} = rates.tax_rate_id
    group by entries.state_id, entries.subscription_item_id
),

last_billed as (
    select subscription_item_id, inclusive_millionths as millionths
    from {{ ref('int_billed_periods') }}
    where next_start is null
)

select
    items.state_id,
    items.subscription_item_id,
    coalesce(rated.millionths, last_billed.millionths) as inclusive_millionths
from {{ ref('int_agreed_items') }} as items
left join rated
    on items.state_id = rated.state_id
    and items.subscription_item_id = rated.subscription_item_id
left join last_billed on items.subscription_item_id = last_billed.subscription_item_id
where coalesce(rated.millionths, last_billed.millionths) > 0
