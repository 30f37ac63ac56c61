{#- What a change of a customer's MRR is called. A return is tested before an expansion. -#}
{% macro movement(before, after, had_mrr_earlier) -%}
case
    when {{ before }} = 0 and {{ had_mrr_earlier }} then 'reactivated'
    when {{ before }} = 0 then 'new'
    when {{ after }} = 0 then 'churned'
    when {{ after }} > {{ before }} then 'expansion'
    else 'contraction'
end
{%- endmacro %}
