-- A state cut at the moments at which a discount begins or ends, an item's own trial ends, or it was
-- canceled, if that ends it.
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
    {% if var('churn_timing') == 'canceled_at' %}

    union

    select state_id, canceled_at as moment
    from {{ ref('int_subscription_states') }}
    {% endif %}
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
