{#- Every table of the schema, also those that no model reads, and those that the models miss. -#}
{%- set found = [] -%}
{%- if execute -%}
    {%- set query -%}
        select table_name from information_schema.tables where table_schema = '{{ var('stripe_schema') }}'
    {%- endset -%}
    {%- set found = run_query(query).columns[0].values() | list -%}
{%- endif -%}
{%- set names = (tables_of_models() + found) | unique | reject('equalto', 'sync_log') | sort -%}
with tables as (
    {% for name in names %}
    select
        '{{ name }}' as table_name,
        count(*) filter (where _sdc_deleted_at is null) as rows,
        count(*) filter (where _sdc_deleted_at is not null) as deleted_rows,
        max(created) as newest_created,
        max(_sdc_batched_at) as newest_loaded
    from (
        {{ read_table(adapter.get_relation(target.database, var('stripe_schema'), name), {
            'created': 'timestamp', 'account_id': 'text', '_sdc_deleted_at': 'timestamp',
            '_sdc_batched_at': 'timestamp'
        }) }}
    ) as {{ adapter.quote(name) }}
    where {{ in_account() }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

runs as (
    select
        table_name,
        finished_at,
        outcome,
        synced_until,
        row_number() over (partition by table_name order by started_at desc, finished_at desc) as age
    from (
        {{ sync_log({
            'table_name': 'text', 'started_at': 'timestamp', 'finished_at': 'timestamp', 'outcome': 'text',
            'synced_until': 'timestamp'
        }) }}
    ) as sync_log
)

select
    tables.*,
    cast({{ seconds_between('tables.newest_created', 'clock.as_of') }} / 3600.0 as decimal(12, 1)) as hours_behind,
    runs.finished_at as last_run_at,
    runs.outcome as last_run_outcome,
    runs.synced_until,
    clock.as_of
from tables
cross join {{ ref('int_clock') }} as clock
left join runs on runs.table_name = tables.table_name and runs.age = 1
