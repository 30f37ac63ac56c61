-- Failures by code are all failures.
with codes as (
    select livemode, currency, month, sum(failed_count) as failed_count, {{ total('failed_minor') }} as failed_minor
    from {{ ref('failed_charges_monthly') }}
    group by livemode, currency, month
)

select *
from {{ ref('charge_outcomes_monthly') }} as outcomes
full join codes using (livemode, currency, month)
where
    coalesce(codes.failed_count, 0) is distinct from outcomes.failed_count
    or coalesce(codes.failed_minor, 0) is distinct from outcomes.failed_minor
