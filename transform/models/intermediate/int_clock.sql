-- One row: now, and from when on the event feed has been followed.
{% set tables = [
    'balance_transactions', 'charges', 'customers', 'disputes', 'events', 'invoices', 'invoice_payments',
    'refunds', 'subscriptions'
] %}
with moments as (
    {% for table in tables %}
    select max(created) as moment
    from ({{ stripe_table(table, {'created': 'timestamp'}) }}) as {{ table }}

    union all
    {% endfor %}
    -- Where nothing happened since, that is known too.
    select max(synced_until) as moment
    from ({{ sync_log({'table_name': 'text', 'synced_until': 'timestamp'}) }}) as runs
    where {{ in_list('table_name', tables) }}
),

newest as (
    select max(moment) as newest_at
    from moments
),

feed as (
    select min(created) as first_at
    from ({{ stripe_table('events', {'created': 'timestamp'}) }}) as events
),

clock as (
    select
        newest_at,
        {{ "timestamp '" ~ var('as_of') ~ "'" if var('as_of') else 'newest_at' }} as as_of
    from newest
)

select
    clock.as_of,
    clock.newest_at,
    least(coalesce(feed.first_at, clock.as_of), clock.as_of) as first_seen,
    {{ month_of('clock.as_of') }} as running_month
from clock
cross join feed
