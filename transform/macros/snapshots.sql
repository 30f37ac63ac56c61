{#-
  A field of a snapshot: as it was before the event, where `before` (the event's previous
  attributes, or null) has it, else as the event shows it.
-#}
{% macro as_shown(key, json=false) -%}
{%- set value = json_value if json else json_text -%}
case when {{ json_has('before', key) }} then {{ value('before', [key]) }} else {{ value('shown', [key]) }} end
{%- endmacro %}
