-- Invoices.
with source as (
    {{ stripe_table('invoices', {
        'id': 'text', 'livemode': 'boolean', 'number': 'text', 'customer': 'text',
        'customer_account': 'text', 'customer_name': 'text', 'customer_email': 'text',
        'currency': 'text', 'status': 'text', 'collection_method': 'text', 'created': 'timestamp',
        'due_date': 'timestamp', 'next_payment_attempt': 'timestamp', 'attempted': 'boolean',
        'amount_paid': 'bigint', 'amount_remaining': 'bigint', 'amount_paid_off_stripe': 'bigint',
        'status_transitions': 'json', 'status_details': 'json', 'parent': 'json'
    }) }}
)

select
    id as invoice_id,
    livemode,
    number as invoice_number,
    coalesce(customer, customer_account) as customer_id,
    customer_name,
    customer_email,
    currency,
    status,
    collection_method,
    created as created_at,
    due_date,
    next_payment_attempt,
    coalesce(attempted, false) as attempted,
    coalesce(amount_paid, 0) as amount_paid,
    coalesce(amount_remaining, 0) as amount_remaining,
    coalesce(amount_paid_off_stripe, 0) as amount_paid_off_stripe,
    cast({{ json_text('status_transitions', ['finalized_at']) }} as timestamp) as finalized_at,
    cast({{ json_text('status_transitions', ['paid_at']) }} as timestamp) as paid_at,
    {{ json_text('status_details', ['uncollectible', 'reason']) }} as uncollectible_reason,
    {{ json_text('parent', ['subscription_details', 'subscription']) }} as subscription_id
from source
where {{ in_mode() }}
