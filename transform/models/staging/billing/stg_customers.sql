-- Customers; deleted ones keep their last name and address.
with source as (
    {{ stripe_table('customers', {
        'id': 'text', 'livemode': 'boolean', 'name': 'text', 'business_name': 'text', 'email': 'text',
        'created': 'timestamp', 'metadata': 'json', 'tax_exempt': 'text'
    }, with_deleted=true) }}
)

select
    id as customer_id,
    livemode,
    coalesce(name, business_name) as name,
    email,
    {{ json_text('metadata', [var('crm_id_metadata_key')]) }} as crm_id,
    created as created_at,
    coalesce(tax_exempt, 'none') as tax_exempt,
    _sdc_deleted_at is not null as is_deleted
from source
where {{ in_mode() }}
