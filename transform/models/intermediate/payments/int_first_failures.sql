-- Invoices that are charged automatically and whose first charge failed.
with attempts as (
    select
        *,
        row_number() over (partition by invoice_id order by created_at, {{ in_byte_order('charge_id') }}) as number
    from {{ ref('int_invoice_charges') }}
)

select
    invoices.invoice_id,
    attempts.livemode,
    attempts.currency,
    attempts.created_at as failed_at,
    attempts.amount as failed_minor,
    invoices.status,
    case when invoices.status = 'paid' then invoices.paid_at end as recovered_at,
    least(invoices.amount_paid, attempts.amount) as recovered_minor,
    invoices.status = 'open' and invoices.next_payment_attempt is not null as is_retrying,
    coalesce(
        invoices.status in ('void', 'uncollectible')
        or (
            invoices.status = 'open'
            and invoices.next_payment_attempt is null
            and subscriptions.ended_at is not null
        ),
        false
    ) as is_lost
from attempts
inner join {{ ref('stg_invoices') }} as invoices on attempts.invoice_id = invoices.invoice_id
left join {{ ref('stg_subscriptions') }} as subscriptions
    on invoices.subscription_id = subscriptions.subscription_id
where
    attempts.number = 1
    and attempts.status = 'failed'
    and invoices.collection_method = 'charge_automatically'
