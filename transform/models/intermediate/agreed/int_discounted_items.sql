-- What is left of the items that have discounts, after one step after the other: as many as there are.
{% set steps = run_query('select coalesce(max(step), 0) from ' ~ ref('int_discount_steps')).columns[0][0] | int
   if execute else 0 %}
with step_0 as (
    select
        discounted.state_id,
        discounted.valid_from,
        items.subscription_item_id,
        items.created_at,
        items.amount as net
    from (select distinct state_id, valid_from from {{ ref('int_discount_steps') }}) as discounted
    inner join {{ ref('int_agreed_items') }} as items on discounted.state_id = items.state_id
)
{%- for step in range(1, steps + 1) %},

borne_{{ step }} as (
    select
        nets.*,
        steps.bearers,
        steps.millionths_off,
        steps.amount_off,
        cast(sum(nets.net) over (
            partition by nets.state_id, nets.valid_from, steps.bearers
        ) as bigint) as shared,
        cast(sum(nets.net) over (
            partition by nets.state_id, nets.valid_from, steps.bearers
            order by nets.created_at, {{ in_byte_order('nets.subscription_item_id') }}
        ) as bigint) as upto
    from step_{{ step - 1 }} as nets
    left join {{ ref('int_discount_steps') }} as steps
        on nets.state_id = steps.state_id
        and nets.valid_from = steps.valid_from
        and nets.subscription_item_id = steps.subscription_item_id
        and steps.step = {{ step }}
),

taken_{{ step }} as (
    select
        *,
        case
            when millionths_off is null then least(amount_off, shared)
            else {{ half_up(product('shared', 'millionths_off'), '1000000') }}
        end as off
    from borne_{{ step }}
),

step_{{ step }} as (
    select
        state_id,
        valid_from,
        subscription_item_id,
        created_at,
        case
            when bearers is null or shared = 0 then net
            else net
                - {{ half_up(product('off', 'upto'), 'shared') }}
                + {{ half_up(product('off', 'upto - net'), 'shared') }}
        end as net
    from taken_{{ step }}
)
{%- endfor %}

select state_id, valid_from, subscription_item_id, net
from step_{{ steps }}
