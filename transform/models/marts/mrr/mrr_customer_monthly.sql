with customers as (
    select
        livemode,
        currency,
        month,
        customer_id,
        mrr_source,
        {{ total('mrr_minor') }} as mrr_minor,
        {{ total('gross_mrr_minor') }} as gross_mrr_minor,
        {% for amount in ['trial_mrr', 'past_due_mrr', 'scheduled_churn_mrr'] -%}
        case when mrr_source <> 'invoice_lines' then {{ total(amount ~ '_minor') }} end as {{ amount }}_minor
        {{- ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_subscription_months') }}
    group by livemode, currency, month, customer_id, mrr_source
)

select
    livemode,
    currency,
    month,
    customer_id,
    {{ amounts(['mrr', 'gross_mrr', 'trial_mrr', 'past_due_mrr', 'scheduled_churn_mrr']) }},
    mrr_source
from {{ with_currencies('customers') }}
