with subscriptions as (
    select
        livemode,
        currency,
        month,
        {{ total('mrr_minor') }} as mrr_minor,
        {{ total('gross_mrr_minor') }} as gross_mrr_minor,
        {% for amount in ['trial_mrr', 'past_due_mrr', 'scheduled_churn_mrr'] -%}
        {{ total(amount ~ '_minor') }} as {{ amount }}_minor,
        {% endfor %}
        count(distinct case when mrr_minor > 0 then customer_id end) as active_customers,
        count(distinct case when mrr_minor > 0 then subscription_id end) as active_subscriptions
    from {{ ref('int_subscription_months') }}
    group by livemode, currency, month
),

monthly as (
    select
        months.livemode,
        months.currency,
        months.month,
        months.is_running_month,
        months.mrr_source,
        {% for amount in ['mrr', 'gross_mrr'] -%}
        coalesce(subscriptions.{{ amount }}_minor, 0) as {{ amount }}_minor,
        {% endfor %}
        coalesce(subscriptions.gross_mrr_minor - subscriptions.mrr_minor, 0) as discount_minor,
        {% for amount in ['trial_mrr', 'past_due_mrr', 'scheduled_churn_mrr'] -%}
        case when months.mrr_source <> 'invoice_lines' then coalesce(subscriptions.{{ amount }}_minor, 0) end
            as {{ amount }}_minor,
        {% endfor %}
        coalesce(subscriptions.active_customers, 0) as active_customers,
        coalesce(subscriptions.active_subscriptions, 0) as active_subscriptions,
        case
            when subscriptions.active_customers > 0
                then {{ half_up('subscriptions.mrr_minor', 'subscriptions.active_customers') }}
        end as arpu_minor
    from {{ ref('int_months') }} as months
    left join subscriptions
        on months.livemode = subscriptions.livemode
        and months.currency = subscriptions.currency
        and months.month = subscriptions.month
)

select
    livemode,
    currency,
    month,
    {{ amounts([
        'mrr', 'gross_mrr', 'discount', 'trial_mrr', 'past_due_mrr', 'scheduled_churn_mrr', 'arpu'
    ]) }},
    active_customers,
    active_subscriptions,
    is_running_month,
    mrr_source
from {{ with_currencies('monthly') }}
