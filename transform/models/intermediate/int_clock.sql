-- One row: now, and from when on the event feed has been followed.
with newest as (
    {% for table in ['balance_transactions', 'charges', 'customers', 'events', 'invoices',
                     'invoice_payments', 'refunds', 'subscriptions'] %}
    select max(created) as created_at
    from ({{ stripe_table(table, {'created': 'timestamp'}) }}) as {{ table }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

feed as (
    select min(created) as first_at
    from ({{ stripe_table('events', {'created': 'timestamp'}) }}) as events
),

clock as (
    {% if var('as_of') %}
    select timestamp '{{ var('as_of') }}' as as_of
    {% else %}
    select max(created_at) as as_of
    from newest
    {% endif %}
)

select
    clock.as_of,
    least(coalesce(feed.first_at, clock.as_of), clock.as_of) as first_seen,
    {{ month_of('clock.as_of') }} as running_month
from clock
cross join feed
