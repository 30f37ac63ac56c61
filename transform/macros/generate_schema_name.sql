{#- Schemas stand beside the tap's: stripe_models, stripe_marts. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
{{ var('stripe_schema') }}{{ '_' ~ custom_schema_name if custom_schema_name }}
{%- endmacro %}
