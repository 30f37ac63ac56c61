-- Tax rates in millionths.
with source as (
    {{ stripe_table('tax_rates', {
        'id': 'text', 'inclusive': 'boolean', 'percentage': 'double'
    }, with_deleted=true) }}
)

select
    id as tax_rate_id,
    coalesce(inclusive, false) as is_inclusive,
    cast(round(cast(percentage as decimal(9, 4)) * 10000) as bigint) as millionths
from source
