with parts as (
    select
        mrr.livemode,
        mrr.customer_id,
        mrr.currency,
        mrr.mrr_minor,
        0 as lifetime_net_minor,
        0 as last_12m_net_minor,
        0 as open_minor,
        0 as past_due_minor
    from {{ ref('mrr_customer_monthly') }} as mrr
    inner join {{ ref('int_clock') }} as clock on mrr.month = clock.running_month
    where mrr.mrr_minor > 0

    union all

    select livemode, customer_id, currency, 0, lifetime_net_minor, last_12m_net_minor, 0, 0
    from {{ ref('int_customer_cash') }}

    union all

    select
        invoices.livemode,
        invoices.customer_id,
        invoices.currency,
        0,
        0,
        0,
        invoices.amount_remaining,
        coalesce(past_due.amount_remaining_minor, 0)
    from {{ ref('stg_invoices') }} as invoices
    left join {{ ref('past_due') }} as past_due on invoices.invoice_id = past_due.invoice_id
    where invoices.status = 'open'
),

money as (
    select
        parts.livemode,
        parts.customer_id,
        parts.currency,
        {% for name in ['mrr', 'lifetime_net', 'last_12m_net', 'open', 'past_due'] -%}
        {{ total('parts.' ~ name ~ '_minor') }} as {{ name }}_minor
        {{- ',' if not loop.last }}
        {% endfor %}
    from parts
    inner join {{ ref('int_customers') }} as customers on parts.customer_id = customers.customer_id
    group by parts.livemode, parts.customer_id, parts.currency
)

select
    livemode,
    customer_id,
    currency,
    {{ amounts(['mrr', 'lifetime_net', 'last_12m_net', 'open', 'past_due']) }}
from {{ with_currencies('money') }}
