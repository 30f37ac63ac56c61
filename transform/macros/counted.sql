{#- Which rows count: those of the account and the mode that are asked for, and of what is there. -#}

{#- The condition that a row is of the account that is asked for. -#}
{% macro in_account() -%}
{%- if var('account_id') -%}
{{ account_of_row() }} = '{{ var('account_id') }}'
{%- else -%}
true
{%- endif -%}
{%- endmacro %}

{#- Whose a row is: where it doesn't say so, the key could not tell its own account at that time. -#}
{% macro account_of_row() -%}
coalesce(account_id, (
    select account_id
    from ({{ sync_log({'account_id': 'text', 'started_at': 'timestamp'}) }}) as runs
    where account_id is not null
    order by started_at desc
    limit 1
))
{%- endmacro %}

{#- What the tap says of its runs, whose rows are about all accounts. -#}
{% macro sync_log(columns) %}
{%- set declared = source('stripe', 'sync_log') -%}
{{ read_table(load_relation(declared) if execute else none, columns) }}
{%- endmacro %}

{#- The condition that a row is of the mode that is asked for. -#}
{% macro in_mode(livemode='livemode') -%}
{%- if var('stripe_livemode') == 'both' -%}
true
{%- elif var('stripe_livemode') in ('live', 'test') -%}
{{ 'not ' if var('stripe_livemode') == 'test' }}{{ livemode }}
{%- else -%}
{{ exceptions.raise_compiler_error("stripe_livemode is '" ~ var('stripe_livemode') ~ "': live, test or both") }}
{%- endif -%}
{%- endmacro %}

{#- The condition that a subscription is not deleted: what is left of one that is counts in no month. -#}
{% macro is_there(subscription_id) -%}
not exists (
    select 1
    from ({{ stripe_table('subscriptions', {'id': 'text'}, with_deleted=true) }}) as subscriptions
    where subscriptions.id = {{ subscription_id }} and subscriptions._sdc_deleted_at is not null
)
{%- endmacro %}

{#- The tables that the models read, but the tap's own. -#}
{% macro tables_of_models() -%}
{{ return([
    'balance_transactions', 'charges', 'coupon_currency_options', 'coupon_products', 'coupons', 'customers',
    'discounts', 'disputes', 'events', 'invoice_line_items', 'invoice_payments', 'invoices',
    'price_currency_options', 'price_tiers', 'prices', 'refunds', 'subscription_items', 'subscriptions', 'tax_rates'
]) }}
{%- endmacro %}
