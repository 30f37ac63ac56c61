{#- The model has one row, or none. -#}
{% test at_most_one_row(model) %}
select *
from {{ model }}
where (select count(*) from {{ model }}) > 1
{% endtest %}
