with failed as (
    select
        livemode,
        currency,
        {{ month_of('created_at') }} as month,
        coalesce(failure_code, 'unknown') as failure_code,
        is_blocked,
        count(*) as failed_count,
        count(distinct coalesce(payment_intent_id, charge_id)) as failed_payments,
        {{ total('amount') }} as failed_minor
    from {{ ref('stg_charges') }}
    where status = 'failed'
    group by 1, 2, 3, 4, 5
)

select
    livemode,
    currency,
    month,
    failure_code,
    is_blocked,
    failed_count,
    failed_payments,
    {{ amounts(['failed']) }}
from {{ with_currencies('failed') }}
