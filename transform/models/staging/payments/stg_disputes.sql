-- Disputes and inquiries.
with source as (
    {{ stripe_table('disputes', {
        'id': 'text', 'livemode': 'boolean', 'currency': 'text', 'status': 'text', 'amount': 'bigint',
        'created': 'timestamp'
    }) }}
)

select
    id as dispute_id,
    livemode,
    currency,
    status,
    amount,
    created as created_at
from source
where {{ in_mode() }}
