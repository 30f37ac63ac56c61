-- Money that came from each customer, and went back.
with movements as (
    select
        livemode,
        currency,
        customer_id,
        created_at,
        billing_name,
        billing_email,
        amount_collected as paid,
        0 as refunded
    from {{ ref('stg_charges') }}
    where is_collected

    union all

    select
        refunds.livemode,
        refunds.currency,
        refunds.customer_id,
        refunds.created_at,
        null as billing_name,
        null as billing_email,
        0 as paid,
        refunds.amount as refunded
    from {{ ref('stg_refunds') }} as refunds
    inner join {{ ref('stg_charges') }} as charges on refunds.charge_id = charges.charge_id
    where charges.is_collected
)

select
    movements.livemode,
    movements.currency,
    movements.customer_id,
    max(movements.billing_name) as billing_name,
    max(movements.billing_email) as billing_email,
    min(case when movements.paid > 0 then movements.created_at end) as first_paid_at,
    max(case when movements.paid > 0 then movements.created_at end) as last_paid_at,
    {{ total('movements.paid') }} as lifetime_paid_minor,
    {{ total('movements.refunded') }} as lifetime_refunded_minor,
    {{ total('movements.paid - movements.refunded') }} as lifetime_net_minor,
    {{ total(
        'movements.paid - movements.refunded', "movements.created_at > clock.as_of - interval '12 month'"
    ) }} as last_12m_net_minor
from movements
cross join {{ ref('int_clock') }} as clock
group by movements.livemode, movements.currency, movements.customer_id
