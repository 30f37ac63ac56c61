-- Customers, and those that were deleted before the first load: all that is left of them is what
-- refers to them, and the name on their newest invoice.
with mentions as (
    select customer_id, livemode, created_at, customer_name, customer_email, 1 as preference
    from {{ ref('stg_invoices') }}

    union all

    select customer_id, livemode, created_at, null, null, 3
    from {{ ref('stg_subscriptions') }}

    union all

    select customer_id, livemode, created_at, billing_name, billing_email, 2
    from {{ ref('stg_charges') }}
    where customer_id not like 'guest:%'
),

newest_mentions as (
    select
        mentions.*,
        row_number() over (
            partition by mentions.customer_id
            order by mentions.preference, mentions.created_at desc
        ) as newness
    from mentions
    left join {{ ref('stg_customers') }} as customers on mentions.customer_id = customers.customer_id
    where mentions.customer_id is not null and customers.customer_id is null
)

select customer_id, livemode, name, email, crm_id, is_deleted, created_at
from {{ ref('stg_customers') }}

union all

select
    customer_id,
    livemode,
    customer_name as name,
    customer_email as email,
    null as crm_id,
    true as is_deleted,
    null as created_at
from newest_mentions
where newness = 1
