-- A type that is not in the seed would silently count as something else. Stripe may have added it:
-- put it into seeds/balance_transaction_types.csv with the category that it belongs to.
select type, count(*) as transactions, {{ total('net') }} as net_minor
from {{ ref('stg_balance_transactions') }}
where category is null
group by type
