-- Events of subscriptions in the order in which they happened. Their time is whole seconds: of those
-- in one second, an event comes after the ones that still show what it changed.
{% set keys = {
    'status': ['status'], 'items': ['items', 'data'], 'discounts': ['discounts'], 'discount': ['discount', 'id'],
    'pause_collection': ['pause_collection'], 'default_tax_rates': ['default_tax_rates'],
    'cancel_at_period_end': ['cancel_at_period_end'], 'latest_invoice': ['latest_invoice']
} %}
with crowded as (
    select events.*
    from {{ ref('stg_subscription_events') }} as events
    inner join (
        select subscription_id, occurred_at
        from {{ ref('stg_subscription_events') }}
        group by subscription_id, occurred_at
        having count(*) > 1
    ) as seconds
        on events.subscription_id = seconds.subscription_id
        and events.occurred_at = seconds.occurred_at
),

followers as (
    select later.event_id, count(*) as predecessors
    from crowded as later
    inner join crowded as earlier
        on later.subscription_id = earlier.subscription_id
        and later.occurred_at = earlier.occurred_at
        and later.event_id <> earlier.event_id
    where
        {% for key, path in keys.items() -%}
        {{ 'or ' if not loop.first }}(
            {{ json_has('later.before', key) }}
            and {{ json_value('later.before', path) }} = {{ json_value('earlier.shown', path) }}
        )
        {% endfor %}
    group by later.event_id
)

select
    events.*,
    row_number() over (
        partition by events.subscription_id
        order by
            events.occurred_at,
            case events.type
                when 'customer.subscription.created' then 1
                when 'customer.subscription.deleted' then 3
                else 2
            end,
            coalesce(followers.predecessors, 0),
            {{ in_byte_order('events.event_id') }}
    ) as number
from {{ ref('stg_subscription_events') }} as events
left join followers on events.event_id = followers.event_id
