-- MRR of each subscription as each month measures it.
select
    stretches.livemode,
    stretches.currency,
    calendar.month,
    stretches.customer_id,
    stretches.subscription_id,
    calendar.mrr_source,
    {% for amount in ['mrr', 'gross_mrr', 'trial_mrr', 'past_due_mrr', 'scheduled_churn_mrr'] -%}
    {{ total('stretches.' ~ amount ~ '_minor') }} as {{ amount }}_minor
    {{- ',' if not loop.last }}
    {% endfor %}
from {{ ref('int_mrr_stretches') }} as stretches
inner join {{ ref('int_calendar') }} as calendar
    on stretches.valid_from < calendar.measured_at
    and coalesce(stretches.valid_to, timestamp '9999-12-31') >= calendar.measured_at
group by 1, 2, 3, 4, 5, 6
