-- Months from the first with anything to the running one.
with first_month as (
    select {{ month_of('min(moment)') }} as month
    from (
        select min(first_at) as moment from {{ ref('int_first_moments') }}
        union all
        select min(counted_at) from {{ ref('stg_balance_transactions') }}
    ) as moments
),

months as (
    select cast(turn as date) as month
    from (
        select {{ each_month('first_month.month', 'clock.running_month') }} as turn
        from first_month
        cross join {{ ref('int_clock') }} as clock
    ) as turns
),

ends as (
    select month, {{ moment_of(add_months('month', 1)) }} as ends_at
    from months
)

select
    ends.month,
    ends.month = clock.running_month as is_running_month,
    -- What began before it and has not ended before it holds in this month: at its end, or now.
    case
        when ends.month = clock.running_month then clock.as_of + interval '1 microsecond'
        else ends.ends_at
    end as measured_at,
    case
        when ends.month = clock.running_month then 'subscriptions'
        when ends.ends_at <= clock.first_seen then 'invoice_lines'
        else 'events'
    end as mrr_source
from ends
cross join {{ ref('int_clock') }} as clock
