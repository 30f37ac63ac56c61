with ends as (
    select livemode, currency, customer_id, month, mrr_minor as after_minor, 0 as before_minor
    from {{ ref('mrr_customer_monthly') }}

    union all

    select
        customers.livemode,
        customers.currency,
        customers.customer_id,
        {{ add_months('customers.month', 1) }} as month,
        0 as after_minor,
        customers.mrr_minor as before_minor
    from {{ ref('mrr_customer_monthly') }} as customers
    inner join {{ ref('int_clock') }} as clock on customers.month < clock.running_month
),

changes as (
    select
        livemode,
        currency,
        customer_id,
        month,
        {{ total('before_minor') }} as mrr_before_minor,
        {{ total('after_minor') }} as mrr_after_minor
    from ends
    group by livemode, currency, customer_id, month
    having sum(before_minor) <> sum(after_minor)
),

firsts as (
    select livemode, currency, customer_id, min(month) as month
    from {{ ref('mrr_customer_monthly') }}
    where mrr_minor > 0
    group by livemode, currency, customer_id
),

movements as (
    select
        changes.*,
        {{ movement('changes.mrr_before_minor', 'changes.mrr_after_minor', 'firsts.month < changes.month') }} as movement,
        changes.mrr_after_minor - changes.mrr_before_minor as change_minor
    from changes
    inner join firsts
        on changes.livemode = firsts.livemode
        and changes.currency = firsts.currency
        and changes.customer_id = firsts.customer_id
)

select
    livemode,
    currency,
    month,
    customer_id,
    movement,
    {{ amounts(['change', 'mrr_before', 'mrr_after']) }}
from {{ with_currencies('movements') }}
