{#-
  The columns that a model needs of one of the tap's tables, in these types, of the rows that count.

  What the warehouse lacks is made up: a table that was not selected is empty, a column that was not
  selected is null. `columns` maps a column to text, bigint, boolean, timestamp, double or json. Moments are cut
  to naive UTC. Rows of other accounts than `account_id` do not count, nor do deleted ones, except where they
  still mean something to what refers to them: `with_deleted`.
-#}
{% macro stripe_table(name, columns, with_deleted=false) %}
{%- set declared = source('stripe', name) -%}
{#- So that nothing is built where accounts must be told apart first. -#}
{%- do ref('stg_counted_accounts') -%}
select *
from (
    {{ read_table(load_relation(declared) if execute else none, dict(
        columns, account_id='text', _sdc_deleted_at='timestamp'
    )) }}
) as all_rows
where {{ in_account() }}{{ ' and _sdc_deleted_at is null' if not with_deleted }}
{%- endmacro %}

{#- The columns of all rows of a relation, or of none. -#}
{% macro read_table(found, columns) %}
{%- set there = (adapter.get_columns_in_relation(found) | map(attribute='name') | list) if found else [] -%}
select
{%- for column, type in columns.items() %}
    {% if column in there -%}
    {{ cast_column(adapter.quote(column), type) }}
    {%- else -%}
    cast(null as {{ column_type(type) }})
    {%- endif %} as {{ adapter.quote(column) }}
    {{- ',' if not loop.last }}
{%- endfor %}
{% if found -%}
from {{ found }}
{%- else -%}
where false
{%- endif %}
{% endmacro %}

{% macro cast_column(column, type) -%}
{%- if type == 'json' -%}
{{ 'to_jsonb(' ~ column ~ ')' if target.type == 'postgres' else column }}
{%- else -%}
cast({{ column }} as {{ column_type(type) }})
{%- endif -%}
{%- endmacro %}

{% macro column_type(type) -%}
{%- set types = {
    'text': 'varchar', 'bigint': 'bigint', 'boolean': 'boolean', 'timestamp': 'timestamp',
    'double': 'double precision', 'json': 'json' if target.type == 'duckdb' else 'jsonb'
} -%}
{{ types[type] }}
{%- endmacro %}
