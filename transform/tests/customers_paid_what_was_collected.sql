-- What customers and guests paid is what was collected.
with customers as (
    select livemode, currency, {{ total('lifetime_paid_minor') }} as paid_minor
    from {{ ref('top_customers') }}
    group by livemode, currency
),

months as (
    select livemode, currency, {{ total('charges_gross_minor') }} as collected_minor
    from {{ ref('collected_revenue_monthly') }}
    group by livemode, currency
)

select *
from months
full join customers using (livemode, currency)
where coalesce(customers.paid_minor, 0) is distinct from coalesce(months.collected_minor, 0)
