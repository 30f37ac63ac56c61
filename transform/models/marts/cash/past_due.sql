with attempts as (
    select
        *,
        row_number() over (partition by invoice_id order by created_at desc, {{ in_byte_order('charge_id') }} desc) as newness
    from {{ ref('int_invoice_charges') }}
),

invoice_attempts as (
    select
        invoice_id,
        min(case when status = 'failed' then created_at end) as failed_at,
        -- A debit takes days; until then nobody knows that it will not succeed.
        bool_or(newness = 1 and status = 'pending') as is_under_way
    from attempts
    group by invoice_id
),

due as (
    select
        invoices.livemode,
        invoices.currency,
        invoices.invoice_id,
        invoices.customer_id,
        coalesce(invoices.customer_name, customers.name, customers.email) as customer_name,
        invoices.invoice_number,
        invoices.amount_remaining as amount_remaining_minor,
        case
            when invoices.collection_method = 'send_invoice' then invoices.due_date
            when invoices.attempted then coalesce(invoice_attempts.failed_at, invoices.finalized_at)
        end as past_due_since,
        invoices.collection_method,
        invoices.next_payment_attempt
    from {{ ref('stg_invoices') }} as invoices
    left join invoice_attempts on invoices.invoice_id = invoice_attempts.invoice_id
    left join {{ ref('int_customers') }} as customers on invoices.customer_id = customers.customer_id
    where
        invoices.status = 'open'
        and invoices.amount_remaining > 0
        and not coalesce(invoice_attempts.is_under_way, false)
),

aged as (
    select
        due.*,
        (
            {{ seconds_between('due.past_due_since', 'clock.as_of') }}
            - mod({{ seconds_between('due.past_due_since', 'clock.as_of') }}, 86400)
        ) / 86400 as days
    from due
    cross join {{ ref('int_clock') }} as clock
    where due.past_due_since < clock.as_of
)

select
    livemode,
    currency,
    invoice_id,
    customer_id,
    customer_name,
    invoice_number,
    {{ amounts(['amount_remaining']) }},
    past_due_since,
    cast(days as integer) as days_past_due,
    case
        when days <= 30 then '0-30'
        when days <= 60 then '31-60'
        when days <= 90 then '61-90'
        else '90+'
    end as ageing,
    collection_method,
    next_payment_attempt
from {{ with_currencies('aged') }}
