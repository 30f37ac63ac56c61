-- What was paid on invoices through Stripe, each payment with the charge that brought it.
with charges as (
    select
        invoice_payment_id,
        charge_id,
        created_at as charged_at,
        row_number() over (
            partition by invoice_payment_id order by created_at desc, {{ in_byte_order('charge_id') }} desc
        ) as newness
    from {{ ref('int_invoice_charges') }}
    where is_collected
)

select
    payments.invoice_payment_id,
    payments.invoice_id,
    payments.livemode,
    payments.currency,
    payments.amount_paid,
    payments.paid_at,
    charges.charge_id,
    charges.charged_at
from {{ ref('stg_invoice_payments') }} as payments
left join charges
    on payments.invoice_payment_id = charges.invoice_payment_id
    and charges.newness = 1
where
    payments.status = 'paid'
    and (payments.payment_intent_id is not null or payments.charge_id is not null)
