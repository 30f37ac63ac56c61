{#- An id to order by: by its bytes, as DuckDB does. PostgreSQL's own order is that of a language. -#}
{% macro in_byte_order(id) %}{{ return(adapter.dispatch('in_byte_order')(id)) }}{% endmacro %}

{% macro duckdb__in_byte_order(id) -%}
{{ id }}
{%- endmacro %}

{% macro postgres__in_byte_order(id) -%}
{{ id }} collate "C"
{%- endmacro %}
