-- Every refund is in a month.
with refunds as (
    select livemode, currency, {{ total('amount') }} as refunds_minor
    from {{ ref('stg_refunds') }}
    group by livemode, currency
),

months as (
    select livemode, currency, {{ total('refunds_minor') }} as refunds_minor
    from {{ ref('collected_revenue_monthly') }}
    group by livemode, currency
)

select *
from refunds
full join months using (livemode, currency)
where coalesce(refunds.refunds_minor, 0) is distinct from coalesce(months.refunds_minor, 0)
