-- Refunds that succeeded, with the mode and the customer of their charge.
with source as (
    {{ stripe_table('refunds', {
        'id': 'text', 'livemode': 'boolean', 'charge': 'text', 'customer': 'text', 'currency': 'text', 'status': 'text',
        'amount': 'bigint', 'created': 'timestamp'
    }) }}
)

select
    source.id as refund_id,
    coalesce(charges.livemode, source.livemode, account.livemode) as livemode,
    source.charge as charge_id,
    coalesce(charges.customer_id, source.customer, 'guest:unknown') as customer_id,
    source.currency,
    source.amount,
    source.created as created_at
from source
cross join {{ ref('stg_account') }} as account
left join {{ ref('stg_charges') }} as charges on source.charge = charges.charge_id
where source.status = 'succeeded' and {{ in_mode('coalesce(charges.livemode, source.livemode, account.livemode)') }}
