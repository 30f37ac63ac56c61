-- A state cut at the moments at which a discount begins or ends, or an item's own trial ends.
with turns as (
    select state_id, valid_from as moment
    from {{ ref('int_subscription_states') }}

    union

    select state_id, valid_from as moment
    from {{ ref('int_state_discounts') }}

    union

    select state_id, valid_to as moment
    from {{ ref('int_state_discounts') }}

    union

    select state_id, trial_end as moment
    from {{ ref('int_agreed_items') }}
)

select
    states.state_id,
    turns.moment as valid_from,
    coalesce(
        lead(turns.moment) over (partition by states.state_id order by turns.moment),
        states.valid_to
    ) as valid_to
from {{ ref('int_subscription_states') }} as states
inner join turns
    on states.state_id = turns.state_id
    and turns.moment >= states.valid_from
    and turns.moment < coalesce(states.valid_to, timestamp '9999-12-31')
