with monthly as (
    select
        livemode,
        currency,
        {{ month_of('counted_at') }} as month,
        coalesce(category, 'unknown') as category,
        count(*) as transactions,
        {{ total('amount') }} as amount_minor,
        {{ total('fee') }} as fee_minor,
        {{ total('net') }} as net_minor
    from {{ ref('stg_balance_transactions') }}
    group by 1, 2, 3, 4
)

select livemode, currency, month, category, transactions, {{ amounts(['amount', 'fee', 'net']) }}
from {{ with_currencies('monthly') }}
