{%- set tables = [
    'balance_transactions', 'charges', 'coupon_currency_options', 'coupon_products', 'coupons', 'customers',
    'discounts', 'disputes', 'events', 'invoice_line_items', 'invoice_payments', 'invoices',
    'price_currency_options', 'price_tiers', 'prices', 'refunds', 'subscription_items', 'subscriptions', 'tax_rates'
] %}
with tables as (
    {% for table in tables %}
    select
        '{{ table }}' as table_name,
        count(*) filter (where _sdc_deleted_at is null) as rows,
        count(*) filter (where _sdc_deleted_at is not null) as deleted_rows,
        max(created) as newest_created,
        max(_sdc_batched_at) as newest_loaded
    from (
        {{ stripe_table(table, {
            'created': 'timestamp', '_sdc_deleted_at': 'timestamp', '_sdc_batched_at': 'timestamp'
        }) }}
    ) as {{ table }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    tables.*,
    cast({{ seconds_between('tables.newest_created', 'clock.as_of') }} / 3600.0 as decimal(12, 1)) as hours_behind
from tables
cross join {{ ref('int_clock') }} as clock
