-- When each currency has the first of anything.
with moments as (
    select livemode, currency, min(valid_from) as moment
    from {{ ref('int_mrr_stretches') }}
    group by livemode, currency
    {% for relation in ['stg_subscriptions', 'stg_invoices', 'stg_charges', 'stg_refunds', 'stg_disputes'] %}
    union all

    select livemode, currency, min(created_at) as moment
    from {{ ref(relation) }}
    group by livemode, currency
    {% endfor %}
    union all

    select livemode, currency, min(least(charged_at, paid_at)) as moment
    from {{ ref('int_settlements') }}
    group by livemode, currency
)

select livemode, currency, min(moment) as first_at
from moments
group by livemode, currency
