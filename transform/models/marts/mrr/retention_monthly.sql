{% set kinds = ['new', 'reactivated', 'expansion', 'contraction', 'churned'] %}
with movements as (
    select
        livemode,
        currency,
        month,
        {% for kind in kinds -%}
        {{ total('change_minor', "movement = '" ~ kind ~ "'") }} as {{ kind }}_minor,
        count(*) filter (where movement = '{{ kind }}') as {{ kind }}_customers
        {{- ',' if not loop.last }}
        {% endfor %}
    from {{ ref('mrr_movements') }}
    group by livemode, currency, month
),

cohorts as (
    select
        a_year_ago.livemode,
        a_year_ago.currency,
        {{ add_months('a_year_ago.month', 12) }} as month,
        {{ total('a_year_ago.mrr_minor') }} as then_minor,
        {{ total('coalesce(now.mrr_minor, 0)') }} as now_minor,
        {{ total('least(coalesce(now.mrr_minor, 0), a_year_ago.mrr_minor)') }} as kept_minor
    from {{ ref('mrr_customer_monthly') }} as a_year_ago
    left join {{ ref('mrr_customer_monthly') }} as now
        on a_year_ago.livemode = now.livemode
        and a_year_ago.currency = now.currency
        and a_year_ago.customer_id = now.customer_id
        and {{ add_months('a_year_ago.month', 12) }} = now.month
    where a_year_ago.mrr_minor > 0
    group by 1, 2, 3
),

months as (
    select
        livemode,
        currency,
        month,
        is_running_month,
        mrr_source,
        mrr_minor as ending_mrr_minor,
        active_customers as ending_customers,
        coalesce(lag(mrr_minor) over history, 0) as starting_mrr_minor,
        coalesce(lag(active_customers) over history, 0) as starting_customers
    from {{ ref('mrr_monthly') }}
    window history as (partition by livemode, currency order by month)
),

retention as (
    select
        months.*,
        {% for kind in kinds -%}
        coalesce(movements.{{ kind }}_minor, 0) as {{ kind }}_minor,
        coalesce(movements.{{ kind }}_customers, 0) as {{ kind }}_customers,
        {% endfor %}
        coalesce(cohorts.then_minor, 0) as then_minor,
        coalesce(cohorts.now_minor, 0) as now_minor,
        coalesce(cohorts.kept_minor, 0) as kept_minor
    from months
    left join movements
        on months.livemode = movements.livemode
        and months.currency = movements.currency
        and months.month = movements.month
    left join cohorts
        on months.livemode = cohorts.livemode
        and months.currency = cohorts.currency
        and months.month = cohorts.month
)

select
    livemode,
    currency,
    month,
    {{ amounts([
        'starting_mrr', 'new', 'reactivated', 'expansion', 'contraction', 'churned', 'ending_mrr'
    ]) }},
    starting_customers,
    new_customers,
    reactivated_customers,
    churned_customers,
    ending_customers,
    {{ rate('churned_customers', 'starting_customers') }} as logo_churn_rate,
    {{ rate('-(churned_minor + contraction_minor)', 'starting_mrr_minor') }} as gross_mrr_churn_rate,
    {{ rate('-(churned_minor + contraction_minor + expansion_minor + reactivated_minor)', 'starting_mrr_minor') }}
        as net_mrr_churn_rate,
    {{ rate('now_minor', 'then_minor') }} as nrr_12m,
    {{ rate('kept_minor', 'then_minor') }} as grr_12m,
    {{ rate('starting_mrr_minor + expansion_minor + contraction_minor + churned_minor', 'starting_mrr_minor') }}
        as nrr_monthly,
    {{ rate('starting_mrr_minor + contraction_minor + churned_minor', 'starting_mrr_minor') }} as grr_monthly,
    is_running_month,
    mrr_source
from {{ with_currencies('retention') }}
