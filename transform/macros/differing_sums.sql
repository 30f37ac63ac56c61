{#- The modes and currencies in which a column of one relation does not add up to that of another. -#}
{% macro differing_sums(one, one_column, other, other_column) %}
with ones as (
    select livemode, currency, {{ total(one_column) }} as {{ one_column }}
    from {{ one }}
    group by livemode, currency
),

others as (
    select livemode, currency, {{ total(other_column) }} as {{ other_column }}
    from {{ other }}
    group by livemode, currency
)

select *
from ones
full join others using (livemode, currency)
where coalesce(ones.{{ one_column }}, 0) is distinct from coalesce(others.{{ other_column }}, 0)
{% endmacro %}
