-- MRR of a month is that of its customers.
with customers as (
    select livemode, currency, month, {{ total('mrr_minor') }} as mrr_minor, {{ total('gross_mrr_minor') }} as gross_mrr_minor
    from {{ ref('mrr_customer_monthly') }}
    group by livemode, currency, month
)

select *
from {{ ref('mrr_monthly') }} as months
full join customers using (livemode, currency, month)
where
    coalesce(customers.mrr_minor, 0) is distinct from months.mrr_minor
    or coalesce(customers.gross_mrr_minor, 0) is distinct from months.gross_mrr_minor
