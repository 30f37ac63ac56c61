-- The movements of all months up to one add up to its MRR.
with movements as (
    select livemode, currency, month, {{ total('change_minor') }} as change_minor
    from {{ ref('mrr_movements') }}
    group by livemode, currency, month
),

running as (
    select
        months.livemode,
        months.currency,
        months.month,
        months.mrr_minor,
        sum(coalesce(movements.change_minor, 0)) over (
            partition by months.livemode, months.currency order by months.month
        ) as moved_minor
    from {{ ref('mrr_monthly') }} as months
    left join movements
        on months.livemode = movements.livemode
        and months.currency = movements.currency
        and months.month = movements.month
)

select *
from running
where moved_minor <> mrr_minor
