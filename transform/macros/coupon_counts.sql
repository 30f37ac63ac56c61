{#- Whether a coupon's discounts count, by its duration. A coupon that is not in the tables counts. -#}
{% macro coupon_counts(duration) -%}
{%- set counted = [] -%}
{%- if var('mrr_subtract_recurring_discounts') %}{% do counted.extend(['forever', 'repeating']) %}{% endif -%}
{%- if var('mrr_subtract_once_discounts') %}{% do counted.append('once') %}{% endif -%}
({{ duration }} is null or {{ in_list(duration, counted) }})
{%- endmacro %}
