-- Lines of invoices that bill subscriptions.
with source as (
    {{ stripe_table('invoice_line_items', {
        'id': 'text', 'invoice': 'text', 'subscription': 'text', 'livemode': 'boolean', 'currency': 'text', 'amount': 'bigint',
        'parent': 'json', 'period': 'json', 'pricing': 'json', 'discount_amounts': 'json',
        'taxes': 'json'
    }) }}
)

select
    id as line_id,
    invoice as invoice_id,
    livemode,
    currency,
    amount,
    subscription as subscription_id,
    {{ json_text('parent', ['subscription_item_details', 'subscription_item']) }} as subscription_item_id,
    {{ json_text('parent', ['subscription_item_details', 'proration']) }} = 'true' as is_proration,
    {{ json_text('pricing', ['price_details', 'price']) }} as price_id,
    cast({{ json_text('period', ['start']) }} as timestamp) as period_start,
    cast({{ json_text('period', ['end']) }} as timestamp) as period_end,
    discount_amounts,
    taxes
from source
where subscription is not null and {{ is_there('source.subscription') }} and {{ in_mode() }}
