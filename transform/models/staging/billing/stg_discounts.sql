-- Discounts, one row each. The tap has a row for each object that shows one; those that were taken
-- away before the first load are only in the event feed.
with listed as (
    {{ stripe_table('discounts', {
        'id': 'text', 'parent_type': 'text', 'parent_id': 'text', 'coupon': 'text',
        'start': 'timestamp', 'end': 'timestamp'
    }, with_deleted=true) }}
),

events as (
    {{ stripe_table('events', {'type': 'text', 'created': 'timestamp', 'data': 'json'}) }}
),

told as (
    select {{ json_value('data', ['object']) }} as discount, type, created
    from events
    where type like 'customer.discount.%'
),

discounts as (
    select
        id,
        coupon,
        case when parent_type = 'customer' then parent_id end as inherited_from,
        "start" as valid_from,
        "end" as valid_to,
        _sdc_deleted_at as removed_at
    from listed

    union all

    select
        {{ json_text('discount', ['id']) }} as id,
        coalesce(
            {{ json_id(json_value('discount', ['source', 'coupon'])) }},
            {{ json_id(json_value('discount', ['coupon'])) }}
        ) as coupon,
        case
            when coalesce(
                {{ json_text('discount', ['subscription']) }},
                {{ json_text('discount', ['subscription_item']) }},
                {{ json_text('discount', ['invoice']) }},
                {{ json_text('discount', ['invoice_item']) }}
            ) is null then {{ json_text('discount', ['customer']) }}
        end as inherited_from,
        {{ from_epoch(json_text('discount', ['start'])) }} as valid_from,
        {{ from_epoch(json_text('discount', ['end'])) }} as valid_to,
        case when type = 'customer.discount.deleted' then created end as removed_at
    from told
)

select
    id as discount_id,
    max(coupon) as coupon_id,
    -- Whose subscriptions inherit it; null for other discounts than a customer's own.
    max(inherited_from) as inherited_from,
    min(valid_from) as valid_from,
    -- Of the others it is in their holder's list whether they were taken away.
    least(
        coalesce(min(valid_to), timestamp '9999-12-31'),
        min(case when inherited_from is not null then removed_at end)
    ) as valid_to
from discounts
group by id
