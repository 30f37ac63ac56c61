{#- The two databases' ways into JSON, behind one face. A path is a list of keys. -#}

{#- The value at a path as text; null where there is none, or JSON's null. -#}
{% macro json_text(json, path=[]) %}{{ return(adapter.dispatch('json_text')(json, path)) }}{% endmacro %}

{% macro duckdb__json_text(json, path) -%}
json_extract_string(({{ json }}), '$
{%- for key in path %}."{{ key }}"{% endfor %}')
{%- endmacro %}

{% macro postgres__json_text(json, path) -%}
(({{ json }}) #>> '{ {{- path | join(',') -}} }')
{%- endmacro %}

{#- The value at a path as JSON. -#}
{% macro json_value(json, path) %}{{ return(adapter.dispatch('json_value')(json, path)) }}{% endmacro %}

{% macro duckdb__json_value(json, path) -%}
json_extract(({{ json }}), '$
{%- for key in path %}."{{ key }}"{% endfor %}')
{%- endmacro %}

{% macro postgres__json_value(json, path) -%}
(({{ json }}) #> '{ {{- path | join(',') -}} }')
{%- endmacro %}

{#- Whether an object has a key, be its value null. False where there is no object. -#}
{% macro json_has(json, key) %}{{ return(adapter.dispatch('json_has')(json, key)) }}{% endmacro %}

{% macro duckdb__json_has(json, key) -%}
coalesce(json_exists({{ json }}, '$."{{ key }}"'), false)
{%- endmacro %}

{% macro postgres__json_has(json, key) -%}
coalesce({{ json }} ? '{{ key }}', false)
{%- endmacro %}

{#-
  A row for each element of a JSON array: the columns `keep`, `value` (JSON) and `position` (from 1).
  Rows whose array is null or empty give none. `from_` is a relation or a CTE.
-#}
{% macro json_elements(from_, array, keep) %}{{ return(adapter.dispatch('json_elements')(from_, array, keep)) }}{% endmacro %}

{% macro duckdb__json_elements(from_, array, keep) %}
select
    {{ keep | join(', ') }},
    unnest(elements) as value,
    unnest(range(1, len(elements) + 1)) as position
from (
    select {{ keep | join(', ') }}, json_extract({{ array }}, '$[*]') as elements
    from {{ from_ }}
    where json_array_length({{ array }}) > 0
) as arrays
{% endmacro %}

{% macro postgres__json_elements(from_, array, keep) %}
select {{ keep | join(', ') }}, element.value, element.position
from {{ from_ }}
cross join lateral jsonb_array_elements(
    case when jsonb_typeof({{ array }}) = 'array' then {{ array }} else '[]' end
) with ordinality as element (value, position)
{% endmacro %}

{#- The id in a reference, which is the id itself or the object in full. -#}
{% macro json_id(json) -%}
coalesce({{ json_text(json, ['id']) }}, {{ json_text(json) }})
{%- endmacro %}

{#- How many elements a JSON array has; null where there is none. -#}
{% macro json_length(array) %}{{ return(adapter.dispatch('json_length')(array)) }}{% endmacro %}

{% macro duckdb__json_length(array) -%}
json_array_length({{ array }})
{%- endmacro %}

{% macro postgres__json_length(array) -%}
case when jsonb_typeof({{ array }}) = 'array' then jsonb_array_length({{ array }}) end
{%- endmacro %}
