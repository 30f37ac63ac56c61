-- The accounts whose rows count.
with accounts as (
    {% for name in tables_of_models() %}
    {%- set declared = source('stripe', name) %}
    select distinct account_id
    from ({{ read_table(load_relation(declared) if execute else none, {'account_id': 'text'}) }}) as {{ name }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select distinct {{ account_of_row() }} as account_id
from accounts
where {{ in_account() }} and {{ account_of_row() }} is not null
