{#- numerator ÷ denominator (whole numbers, denominator > 0) as a whole number, halves away from zero. -#}
{% macro half_up(numerator, denominator) %}{{ return(adapter.dispatch('half_up')(numerator, denominator)) }}{% endmacro %}

{% macro duckdb__half_up(numerator, denominator) -%}
cast(sign({{ numerator }}) * (
    (2 * abs(cast({{ numerator }} as hugeint)) + ({{ denominator }})) // (2 * cast({{ denominator }} as hugeint))
) as bigint)
{%- endmacro %}

{% macro postgres__half_up(numerator, denominator) -%}
cast(round(cast({{ numerator }} as numeric(60, 0)) / ({{ denominator }})) as bigint)
{%- endmacro %}

{#- A product of whole numbers that may be larger than a bigint. -#}
{% macro product(left, right) %}{{ return(adapter.dispatch('product')(left, right)) }}{% endmacro %}

{% macro duckdb__product(left, right) -%}
(cast({{ left }} as hugeint) * ({{ right }}))
{%- endmacro %}

{% macro postgres__product(left, right) -%}
(cast({{ left }} as numeric) * ({{ right }}))
{%- endmacro %}

{#- The part that one whole number is of another, with six decimals; null if that is 0. -#}
{% macro rate(part, whole) -%}
case when {{ whole }} > 0 then
    cast({{ half_up(product(part, 1000000), whole) }} as decimal(18, 0)) * cast(0.000001 as decimal(7, 6))
end
{%- endmacro %}

{#-
  The columns `<name>_minor` and `<name>`, an exact decimal, for each of the names. The seed
  `currencies` must be joined; a currency that it doesn't hold has two decimals.
-#}
{% macro amounts(names) -%}
{%- for name in names %}
    {{ name }}_minor,
    cast(
        cast({{ name }}_minor as decimal(19, 0))
        * case currencies.exponent
            when 0 then cast(1 as decimal(4, 3))
            when 3 then cast(0.001 as decimal(4, 3))
            else cast(0.01 as decimal(4, 3))
        end as decimal(38, 3)
    ) as {{ name }}
    {{- ',' if not loop.last }}
{%- endfor %}
{%- endmacro %}

{#- A sum of bigints as a bigint, 0 for nothing. -#}
{% macro total(expression, condition=none) -%}
cast(coalesce(sum({{ expression }}) {%- if condition %} filter (where {{ condition }}){% endif %}, 0) as bigint)
{%- endmacro %}

{#- The value of the first argument that is true of a row with `value` in it. -#}
{% macro in_list(expression, values) -%}
{%- if values -%}
{{ expression }} in ({% for value in values %}'{{ value }}'{{ ', ' if not loop.last }}{% endfor %})
{%- else -%}
false
{%- endif -%}
{%- endmacro %}

{#- The monthly value of what one period costs, without the tax that is in it, in whole minor units. -#}
{% macro monthly(cost, recurring_interval, interval_count, inclusive_millionths) -%}
{{ half_up(
    product(cost, "(1000000 * case " ~ recurring_interval ~ " when 'day' then 365 when 'week' then 52 else 1 end)"),
    "(cast(case " ~ recurring_interval ~ " when 'month' then 1 else 12 end as bigint) * "
        ~ interval_count ~ " * (1000000 + " ~ inclusive_millionths ~ "))"
) }}
{%- endmacro %}

{#- What a quantity costs, in whole minor units. -#}
{% macro cost(unit_amount, quantity) -%}
cast(round({{ unit_amount }} * cast({{ quantity }} as decimal(12, 0))) as bigint)
{%- endmacro %}

{#- Joins the seed that `amounts` needs to a relation with a column `currency`. -#}
{% macro with_currencies(relation) -%}
{{ relation }}
left join {{ ref('currencies') }} as currencies using (currency)
{%- endmacro %}
