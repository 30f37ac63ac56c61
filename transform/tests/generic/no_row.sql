{#- The condition is true of no row. -#}
{% test no_row(model, condition) %}
select *
from {{ model }}
where {{ condition }}
{% endtest %}
