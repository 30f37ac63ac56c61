-- Charges: every attempt to take money.
with source as (
    {{ stripe_table('charges', {
        'id': 'text', 'livemode': 'boolean', 'customer': 'text', 'currency': 'text', 'status': 'text',
        'amount': 'bigint', 'amount_captured': 'bigint', 'captured': 'boolean', 'created': 'timestamp',
        'payment_intent': 'text', 'failure_code': 'text', 'outcome': 'json', 'billing_details': 'json'
    }) }}
)

select
    id as charge_id,
    livemode,
    coalesce(
        customer,
        'guest:' || coalesce(lower({{ json_text('billing_details', ['email']) }}), 'unknown')
    ) as customer_id,
    {{ json_text('billing_details', ['name']) }} as billing_name,
    lower({{ json_text('billing_details', ['email']) }}) as billing_email,
    currency,
    status,
    amount,
    created as created_at,
    payment_intent as payment_intent_id,
    failure_code,
    coalesce({{ json_text('outcome', ['type']) }} = 'blocked', false) as is_blocked,
    status = 'succeeded' and captured as is_collected,
    case when status = 'succeeded' and captured then amount_captured else 0 end as amount_collected
from source
where {{ in_mode() }}
