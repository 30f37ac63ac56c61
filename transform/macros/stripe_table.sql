{#-
  The columns that a model needs of one of the tap's tables, in these types.

  What the warehouse lacks is made up: a table that was not selected is empty, a column that was not
  selected is null. `columns` maps a column to text, bigint, boolean, timestamp, double or json. Moments are cut
  to naive UTC.
-#}
{% macro stripe_table(name, columns) %}
{%- set declared = source('stripe', name) -%}
{{ read_table(load_relation(declared) if execute else none, columns) }}
{%- endmacro %}

{#- The same of a relation, or of none. -#}
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

{#- The condition that a row is of the mode that is asked for. -#}
{% macro in_mode(livemode='livemode') -%}
{%- if var('stripe_livemode') == 'both' -%}
true
{%- elif var('stripe_livemode') in ('live', 'test') -%}
{{ 'not ' if var('stripe_livemode') == 'test' }}{{ livemode }}
{%- else -%}
{{ exceptions.raise_compiler_error("stripe_livemode is '" ~ var('stripe_livemode') ~ "': live, test or both") }}
{%- endif -%}
{%- endmacro %}
