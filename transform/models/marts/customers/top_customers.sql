with ranked as (
    select
        cash.livemode,
        cash.currency,
        cash.customer_id,
        coalesce(customers.name, cash.billing_name) as customer_name,
        coalesce(customers.email, cash.billing_email) as customer_email,
        cash.lifetime_paid_minor,
        cash.lifetime_refunded_minor,
        cash.lifetime_net_minor,
        cash.last_12m_net_minor,
        row_number() over (
            partition by cash.livemode, cash.currency
            order by cash.lifetime_net_minor desc, {{ in_byte_order('cash.customer_id') }}
        ) as rank_lifetime,
        row_number() over (
            partition by cash.livemode, cash.currency
            order by cash.last_12m_net_minor desc, {{ in_byte_order('cash.customer_id') }}
        ) as rank_12m
    from {{ ref('int_customer_cash') }} as cash
    left join {{ ref('int_customers') }} as customers on cash.customer_id = customers.customer_id
)

select
    livemode,
    currency,
    customer_id,
    customer_name,
    customer_email,
    {{ amounts(['lifetime_paid', 'lifetime_refunded', 'lifetime_net', 'last_12m_net']) }},
    rank_lifetime,
    rank_12m
from {{ with_currencies('ranked') }}
