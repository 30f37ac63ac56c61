with turns as (
    select livemode, currency, customer_id, subscription_id, valid_from as occurred_at, mrr_minor as change_minor
    from {{ ref('int_mrr_stretches') }}
    where mrr_minor <> 0

    union all

    select livemode, currency, customer_id, subscription_id, valid_to as occurred_at, -mrr_minor as change_minor
    from {{ ref('int_mrr_stretches') }}
    where mrr_minor <> 0 and valid_to is not null
),

changes as (
    select
        turns.livemode,
        turns.currency,
        turns.customer_id,
        turns.subscription_id,
        turns.occurred_at,
        {{ total('turns.change_minor') }} as change_minor
    from turns
    inner join {{ ref('int_clock') }} as clock on turns.occurred_at <= clock.as_of
    group by turns.livemode, turns.currency, turns.customer_id, turns.subscription_id, turns.occurred_at
    having sum(turns.change_minor) <> 0
),

ledger as (
    select
        *,
        row_number() over story as sequence,
        cast(sum(change_minor) over story as bigint) as mrr_after_minor
    from changes
    window story as (
        partition by livemode, currency, customer_id
        -- What replaces something comes before what it replaces, or the customer would be gone between.
        order by occurred_at, change_minor < 0, {{ in_byte_order('subscription_id') }}
    )
),

named as (
    select
        ledger.livemode,
        ledger.currency,
        ledger.customer_id,
        ledger.subscription_id,
        ledger.occurred_at,
        ledger.sequence,
        -- The first change of a customer is the first time of any MRR.
        {{ movement('ledger.mrr_after_minor - ledger.change_minor', 'ledger.mrr_after_minor', 'ledger.sequence > 1') }} as movement,
        ledger.change_minor,
        ledger.mrr_after_minor - ledger.change_minor as mrr_before_minor,
        ledger.mrr_after_minor,
        case
            when ledger.occurred_at < clock.first_seen then 'invoice_lines'
            when ledger.occurred_at = clock.first_seen then 'first_seen'
            else 'events'
        end as source
    from ledger
    cross join {{ ref('int_clock') }} as clock
)

select
    livemode,
    currency,
    customer_id,
    subscription_id,
    occurred_at,
    sequence,
    movement,
    {{ amounts(['change', 'mrr_before', 'mrr_after']) }},
    source
from {{ with_currencies('named') }}
