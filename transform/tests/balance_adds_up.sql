-- What the categories say of the balance is what its transactions say: net is amount less fee, and
-- none is lost on the way. What becomes available after the running month is in none yet.
with transactions as (
    select currency, {{ total('net') }} as net_minor, {{ total('amount') }} - {{ total('fee') }} as kept_minor
    from {{ ref('stg_balance_transactions') }}
    cross join {{ ref('int_clock') }} as clock
    where {{ month_of('counted_at') }} <= clock.running_month
    group by currency
),

months as (
    select currency, {{ total('balance_change_minor') }} as change_minor
    from {{ ref('net_revenue_monthly') }}
    group by currency
)

select *
from transactions
full join months using (currency)
where
    transactions.net_minor is distinct from months.change_minor
    or transactions.kept_minor is distinct from transactions.net_minor
