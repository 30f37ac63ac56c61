{#- When a subscription stops counting, whatever its status; null while it goes on. -#}
{% macro churned_at(subscription) -%}
{%- if var('churn_timing') == 'canceled_at' -%}
coalesce({{ subscription }}.canceled_at, {{ subscription }}.ended_at)
{%- else -%}
{{ subscription }}.ended_at
{%- endif -%}
{%- endmacro %}
