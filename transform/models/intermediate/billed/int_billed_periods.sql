-- What each subscription item was billed for a period, and until when that holds.
{% set days = half_up(seconds_between('periods.period_start', 'periods.period_end'), 86400) %}
{% set months = half_up(product(days, 10000), 304375) %}
{% set is_months = "(" ~ months ~ " > 0 and abs(" ~ days ~ " * 10000 - " ~ months ~ " * 304375) <= 30000)" %}
with item_prices as (
    -- Inline prices are in no list, but inside the items.
    select
        {{ json_text('price', ['id']) }} as price_id,
        max({{ json_text('price', ['recurring', 'interval']) }}) as recurring_interval,
        max(cast({{ json_text('price', ['recurring', 'interval_count']) }} as bigint)) as interval_count,
        max({{ json_text('price', ['recurring', 'usage_type']) }}) as usage_type
    from {{ ref('stg_subscription_items') }}
    group by 1
),

periods as (
    select
        subscription_item_id,
        invoice_id,
        period_start,
        max(invoiced_at) as invoiced_at,
        max(period_end) as period_end,
        bool_or(livemode) as livemode,
        max(currency) as currency,
        max(customer_id) as customer_id,
        max(subscription_id) as subscription_id,
        max(price_id) as price_id,
        {{ total('amount') }} as amount,
        {{ total('net') }} as net,
        max(inclusive_millionths) as inclusive_millionths
    from {{ ref('int_billed_lines') }}
    where not is_proration and subscription_item_id is not null
    group by subscription_item_id, invoice_id, period_start
),

followed as (
    select
        *,
        lead(period_start) over (
            partition by subscription_item_id order by period_start, invoiced_at, {{ in_byte_order('invoice_id') }}
        ) as next_start
    from periods
),

newest_of_each as (
    -- Of two invoices for the same period the newer one counts.
    select *
    from followed
    where next_start is null or next_start > period_start
),

credited as (
    select distinct subscription_item_id
    from {{ ref('int_billed_lines') }}
    where is_proration and amount < 0
),

removals as (
    -- A credit that nothing replaces: the item was taken away.
    select lines.subscription_item_id, lines.period_start as removed_at
    from {{ ref('int_billed_lines') }} as lines
    inner join credited on lines.subscription_item_id = credited.subscription_item_id
    group by lines.subscription_item_id, lines.period_start
    having bool_and(lines.is_proration and lines.amount < 0)
),

first_removal as (
    select periods.subscription_item_id, periods.period_start, min(removals.removed_at) as removed_at
    from newest_of_each as periods
    inner join removals
        on periods.subscription_item_id = removals.subscription_item_id
        and periods.period_start < removals.removed_at
    group by periods.subscription_item_id, periods.period_start
)

select
    periods.subscription_item_id,
    periods.invoice_id,
    periods.livemode,
    periods.currency,
    periods.customer_id,
    periods.subscription_id,
    periods.period_start,
    periods.period_end,
    periods.next_start,
    removed.removed_at,
    {{ churned_at('subscriptions') }} as churned_at,
    coalesce(prices.usage_type, item_prices.usage_type) is not distinct from 'metered' as is_metered,
    coalesce(
        prices.recurring_interval, item_prices.recurring_interval,
        case when {{ is_months }} then 'month' else 'day' end
    ) as recurring_interval,
    coalesce(
        prices.interval_count, item_prices.interval_count,
        case when {{ is_months }} then {{ months }} else {{ days }} end
    ) as interval_count,
    periods.amount,
    greatest(periods.net, 0) as net,
    periods.inclusive_millionths
from newest_of_each as periods
left join first_removal as removed
    on periods.subscription_item_id = removed.subscription_item_id
    and periods.period_start = removed.period_start
left join {{ ref('stg_subscriptions') }} as subscriptions
    on periods.subscription_id = subscriptions.subscription_id
left join {{ ref('stg_prices') }} as prices on periods.price_id = prices.price_id
left join item_prices on periods.price_id = item_prices.price_id
