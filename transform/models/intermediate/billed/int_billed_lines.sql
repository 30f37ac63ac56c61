-- Lines of subscription items on invoices that stand, with what their discounts and taxes mean for MRR.
with lines as (
    select
        lines.*,
        invoices.created_at as invoiced_at,
        invoices.customer_id
    from {{ ref('stg_invoice_lines') }} as lines
    inner join {{ ref('stg_invoices') }} as invoices on lines.invoice_id = invoices.invoice_id
    where
        invoices.status in ('paid', 'open', 'uncollectible')
        {% if 'mark_uncollectible' in var('mrr_paused_collection_excluded') %}
        and coalesce(invoices.uncollectible_reason, '') <> 'subscription_paused'
        {% endif %}
),

discounted as (
    select line_id, {{ total('amount', 'is_counted') }} as amount
    from {{ ref('int_billed_discounts') }}
    group by line_id
),

taxed as (
    -- Most taxes are exclusive; to see that, they need not be read.
    select line_id, taxes
    from lines
    where cast(taxes as varchar) like '%"inclusive"%'
),

tax_entries as (
    {{ json_elements('taxed', 'taxes', ['line_id']) }}
),

inclusive_taxes as (
    select
        entries.line_id,
        {{ total('rates.millionths') }} as millionths
    from tax_entries as entries
    inner join {{ ref('stg_tax_rates') }} as rates
        on {{ json_id(json_value('entries.value', ['tax_rate_details', 'tax_rate'])) }} = rates.tax_rate_id
    where
        {{ json_text('entries.value', ['tax_behavior']) }} = 'inclusive'
        -- Who pays the tax himself has a tax of 0 on what is taxable. One of 0 on nothing is what a
        -- discount has left, which may be one that does not count.
        and (
            cast({{ json_text('entries.value', ['amount']) }} as bigint) <> 0
            or cast({{ json_text('entries.value', ['taxable_amount']) }} as bigint) = 0
        )
    group by entries.line_id
)

select
    lines.line_id,
    lines.invoice_id,
    lines.invoiced_at,
    lines.livemode,
    lines.currency,
    lines.customer_id,
    lines.subscription_id,
    lines.subscription_item_id,
    lines.price_id,
    coalesce(lines.is_proration, false) as is_proration,
    lines.period_start,
    lines.period_end,
    lines.amount,
    lines.amount - coalesce(discounted.amount, 0) as net,
    coalesce(inclusive_taxes.millionths, 0) as inclusive_millionths
from lines
left join discounted on lines.line_id = discounted.line_id
left join inclusive_taxes on lines.line_id = inclusive_taxes.line_id
