-- What settles, or was to settle, invoices.
with source as (
    {{ stripe_table('invoice_payments', {
        'id': 'text', 'invoice': 'text', 'livemode': 'boolean', 'currency': 'text', 'status': 'text',
        'amount_paid': 'bigint', 'created': 'timestamp', 'payment': 'json',
        'status_transitions': 'json'
    }) }}
)

select
    id as invoice_payment_id,
    invoice as invoice_id,
    livemode,
    currency,
    status,
    coalesce(amount_paid, 0) as amount_paid,
    created as created_at,
    {{ json_text('payment', ['payment_intent']) }} as payment_intent_id,
    {{ json_text('payment', ['charge']) }} as charge_id,
    cast({{ json_text('status_transitions', ['paid_at']) }} as timestamp) as paid_at
from source
where {{ in_mode() }}
