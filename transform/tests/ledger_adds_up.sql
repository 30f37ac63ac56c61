-- The ledger's changes before a month is measured add up to its MRR.
with turns as (
    select livemode, currency, occurred_at, change_minor
    from {{ ref('mrr_ledger') }}
),

told as (
    select months.livemode, months.currency, months.month, {{ total('turns.change_minor') }} as mrr_minor
    from {{ ref('int_months') }} as months
    left join turns
        on months.livemode = turns.livemode
        and months.currency = turns.currency
        and turns.occurred_at < months.measured_at
    group by months.livemode, months.currency, months.month
)

select *
from told
inner join {{ ref('mrr_monthly') }} as months using (livemode, currency, month)
where told.mrr_minor <> months.mrr_minor
