-- The charges that were made, or tried, for invoices: by payment intent, or directly.
select
    payments.invoice_payment_id,
    payments.invoice_id,
    charges.charge_id,
    charges.livemode,
    charges.currency,
    charges.status,
    charges.is_collected,
    charges.amount,
    charges.created_at
from {{ ref('stg_invoice_payments') }} as payments
inner join {{ ref('stg_charges') }} as charges
    on payments.payment_intent_id = charges.payment_intent_id

union all

select
    payments.invoice_payment_id,
    payments.invoice_id,
    charges.charge_id,
    charges.livemode,
    charges.currency,
    charges.status,
    charges.is_collected,
    charges.amount,
    charges.created_at
from {{ ref('stg_invoice_payments') }} as payments
inner join {{ ref('stg_charges') }} as charges on payments.charge_id = charges.charge_id
where payments.payment_intent_id is distinct from charges.payment_intent_id
