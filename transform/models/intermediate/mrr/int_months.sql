-- The months of each currency, without holes.
select
    firsts.livemode,
    firsts.currency,
    calendar.month,
    calendar.is_running_month,
    calendar.measured_at,
    calendar.mrr_source
from {{ ref('int_first_moments') }} as firsts
inner join {{ ref('int_calendar') }} as calendar on {{ month_of('firsts.first_at') }} <= calendar.month
