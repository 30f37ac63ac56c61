with disputes as (
    select
        livemode,
        currency,
        {{ month_of('created_at') }} as month,
        amount,
        case
            when status = 'prevented' then 'prevented'
            when status like 'warning%' then 'inquiry'
            when status in ('won', 'lost') then status
            else 'pending'
        end as standing
    from {{ ref('stg_disputes') }}
),

monthly as (
    select
        livemode,
        currency,
        month,
        {% for standing in ['won', 'lost', 'pending'] -%}
        count(*) filter (where standing = '{{ standing }}') as {{ standing }}_disputes,
        {{ total('amount', "standing = '" ~ standing ~ "'") }} as {{ standing }}_minor,
        {% endfor %}
        count(*) filter (where standing = 'inquiry') as inquiries,
        count(*) filter (where standing = 'prevented') as prevented
    from disputes
    group by livemode, currency, month
),

disputed as (
    select
        months.livemode,
        months.currency,
        months.month,
        months.is_running_month,
        collected.charges_count,
        {% for name in ['won_disputes', 'lost_disputes', 'pending_disputes', 'won_minor', 'lost_minor', 'pending_minor', 'inquiries', 'prevented'] -%}
        coalesce(monthly.{{ name }}, 0) as {{ name }},
        {% endfor %}
        coalesce(monthly.won_disputes + monthly.lost_disputes + monthly.pending_disputes, 0) as disputes,
        coalesce(monthly.won_minor + monthly.lost_minor + monthly.pending_minor, 0) as disputed_minor
    from {{ ref('int_months') }} as months
    inner join {{ ref('collected_revenue_monthly') }} as collected
        on months.livemode = collected.livemode
        and months.currency = collected.currency
        and months.month = collected.month
    left join monthly
        on months.livemode = monthly.livemode
        and months.currency = monthly.currency
        and months.month = monthly.month
)

select
    livemode,
    currency,
    month,
    disputes,
    won_disputes,
    lost_disputes,
    pending_disputes,
    inquiries,
    prevented,
    {{ amounts(['disputed', 'won', 'lost', 'pending']) }},
    {{ rate('disputes', 'charges_count') }} as dispute_rate,
    is_running_month
from {{ with_currencies('disputed') }}
