with invoices as (
    select customer_id, min(created_at) as first_invoice_at
    from {{ ref('stg_invoices') }}
    where status <> 'draft'
    group by customer_id
),

cash as (
    select
        customer_id,
        min(first_paid_at) as first_paid_at,
        max(last_paid_at) as last_paid_at
    from {{ ref('int_customer_cash') }}
    group by customer_id
),

money as (
    select customer_id, string_agg(currency, ',' order by currency) as currencies
    from {{ ref('customers_360_money') }}
    group by customer_id
),

subscriptions as (
    select
        customer_id,
        count(*) as subscriptions,
        count(*) filter (where status in ('active', 'past_due')) as running_subscriptions,
        count(*) filter (where status = 'trialing') as trialing_subscriptions,
        count(*) filter (where ended_at is not null) as ended_subscriptions
    from {{ ref('stg_subscriptions') }}
    group by customer_id
)

select
    customers.livemode,
    customers.customer_id,
    customers.name,
    customers.email,
    case when position('@' in customers.email) > 0 then lower(split_part(customers.email, '@', 2)) end
        as email_domain,
    customers.crm_id,
    customers.is_deleted,
    customers.created_at,
    invoices.first_invoice_at,
    cash.first_paid_at,
    cash.last_paid_at,
    money.currencies,
    coalesce(subscriptions.subscriptions, 0) as subscriptions,
    coalesce(subscriptions.running_subscriptions, 0) as running_subscriptions,
    coalesce(subscriptions.trialing_subscriptions, 0) as trialing_subscriptions,
    coalesce(subscriptions.ended_subscriptions, 0) as ended_subscriptions
from {{ ref('int_customers') }} as customers
left join invoices on customers.customer_id = invoices.customer_id
left join cash on customers.customer_id = cash.customer_id
left join money on customers.customer_id = money.customer_id
left join subscriptions on customers.customer_id = subscriptions.customer_id
