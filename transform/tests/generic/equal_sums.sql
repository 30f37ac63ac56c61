{#- Two expressions are equal in every row. -#}
{% test equal_sums(model, expressions) %}
select *
from {{ model }}
where ({{ expressions[0] }}) is distinct from ({{ expressions[1] }})
{% endtest %}
