-- The months of each currency, without holes.
with moments as (
    select livemode, currency, min(valid_from) as moment
    from {{ ref('int_mrr_stretches') }}
    group by livemode, currency
    {% for relation in ['stg_subscriptions', 'stg_charges', 'stg_invoices'] %}
    union all

    select livemode, currency, min(created_at) as moment
    from {{ ref(relation) }}
    group by livemode, currency
    {% endfor %}
),

firsts as (
    select livemode, currency, {{ month_of('min(moment)') }} as month
    from moments
    group by livemode, currency
)

select
    firsts.livemode,
    firsts.currency,
    calendar.month,
    calendar.is_running_month,
    calendar.measured_at,
    calendar.mrr_source
from firsts
inner join {{ ref('int_calendar') }} as calendar on firsts.month <= calendar.month
