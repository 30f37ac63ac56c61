{#- Schemas stand beside the tap's, unless told otherwise: stripe_models, stripe_marts. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
{{ var('output_schema') or var('stripe_schema') }}{{ '_' ~ custom_schema_name if custom_schema_name }}
{%- endmacro %}
