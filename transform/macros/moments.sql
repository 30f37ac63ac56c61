{#- Moments are naive timestamps in UTC; months are dates in the time zone `stripe_timezone`. -#}

{% macro from_epoch(seconds) %}{{ return(adapter.dispatch('from_epoch')(seconds)) }}{% endmacro %}

{% macro duckdb__from_epoch(seconds) -%}
make_timestamp(cast({{ seconds }} as bigint) * 1000000)
{%- endmacro %}

{% macro postgres__from_epoch(seconds) -%}
(to_timestamp(cast({{ seconds }} as bigint)) at time zone 'UTC')
{%- endmacro %}

{#- The wall clock of the time zone at a moment. -#}
{% macro local_time(moment) -%}
{%- if var('stripe_timezone') == 'UTC' -%}
{{ moment }}
{%- else -%}
(({{ moment }}) at time zone 'UTC' at time zone '{{ var('stripe_timezone') }}')
{%- endif -%}
{%- endmacro %}

{#- The moment at which a wall clock shows a time. -#}
{% macro moment_of(local) -%}
{%- if var('stripe_timezone') == 'UTC' -%}
cast({{ local }} as timestamp)
{%- else -%}
(cast({{ local }} as timestamp) at time zone '{{ var('stripe_timezone') }}' at time zone 'UTC')
{%- endif -%}
{%- endmacro %}

{#- The month that a moment belongs to. -#}
{% macro month_of(moment) -%}
cast(date_trunc('month', {{ local_time(moment) }}) as date)
{%- endmacro %}

{#- A date some months later. -#}
{% macro add_months(day, months) -%}
cast({{ day }} + interval '{{ months }} month' as date)
{%- endmacro %}

{#- Whole seconds from one moment to another. -#}
{% macro seconds_between(start, end) -%}
cast(extract(epoch from ({{ end }} - {{ start }})) as bigint)
{%- endmacro %}

{#- Whole months between two months. -#}
{% macro months_between(start, end) -%}
cast((extract(year from {{ end }}) - extract(year from {{ start }})) * 12
    + extract(month from {{ end }}) - extract(month from {{ start }}) as integer)
{%- endmacro %}

{#- A row for each month from one to another, as timestamps: stands in a select list. -#}
{% macro each_month(first, last) %}{{ return(adapter.dispatch('each_month')(first, last)) }}{% endmacro %}

{% macro duckdb__each_month(first, last) -%}
unnest(generate_series(cast({{ first }} as timestamp), cast({{ last }} as timestamp), interval '1 month'))
{%- endmacro %}

{% macro postgres__each_month(first, last) -%}
generate_series(cast({{ first }} as timestamp), cast({{ last }} as timestamp), interval '1 month')
{%- endmacro %}
