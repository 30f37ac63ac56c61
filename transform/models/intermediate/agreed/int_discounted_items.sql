-- What is left of the items that have discounts, after one step after the other.
with recursive discounted as (
    select state_id, valid_from, max(step) as last_step
    from {{ ref('int_discount_steps') }}
    group by state_id, valid_from
),

nets as (
    select
        discounted.state_id,
        discounted.valid_from,
        items.subscription_item_id,
        items.created_at,
        discounted.last_step,
        cast(0 as bigint) as step,
        items.amount as net
    from discounted
    inner join {{ ref('int_agreed_items') }} as items on discounted.state_id = items.state_id

    union all

    select
        state_id,
        valid_from,
        subscription_item_id,
        created_at,
        last_step,
        step + 1 as step,
        case
            when bearers is null or shared = 0 then net
            else net
                - {{ half_up(product('off', 'upto'), 'shared') }}
                + {{ half_up(product('off', 'upto - net'), 'shared') }}
        end as net
    from (
        select
            *,
            case
                when millionths_off is null then least(amount_off, shared)
                else {{ half_up(product('shared', 'millionths_off'), '1000000') }}
            end as off
        from (
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
                    order by nets.created_at, nets.subscription_item_id
                ) as bigint) as upto
            from nets
            left join {{ ref('int_discount_steps') }} as steps
                on nets.state_id = steps.state_id
                and nets.valid_from = steps.valid_from
                and nets.subscription_item_id = steps.subscription_item_id
                and nets.step + 1 = steps.step
            where nets.step < nets.last_step
        ) as borne
    ) as taken_off
)

select state_id, valid_from, subscription_item_id, net
from nets
where step = last_step
