-- One row: whether the account is live, for tables whose rows don't say it.
with live as (
    select livemode from {{ ref('stg_customers') }}
    union all
    select livemode from {{ ref('stg_charges') }}
    union all
    select livemode from {{ ref('stg_invoices') }}
)

select coalesce(bool_or(livemode), false) as livemode
from live
