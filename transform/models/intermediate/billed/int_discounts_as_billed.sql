-- What discounts whose coupon is not in the tables take off each item: what they took off the newest
-- of its periods that shows them. A coupon that was deleted before the first load is in no list, but
-- what it gave goes on.
with periods as (
    select
        lines.subscription_item_id,
        discounts.discount_id,
        {{ total('discounts.amount') }} as amount,
        row_number() over (
            partition by lines.subscription_item_id, discounts.discount_id
            order by lines.period_start desc, lines.invoiced_at desc, {{ in_byte_order('lines.invoice_id') }} desc
        ) as age
    from {{ ref('int_billed_discounts') }} as discounts
    inner join {{ ref('int_billed_lines') }} as lines on discounts.line_id = lines.line_id
    where
        not discounts.is_coupon_known
        and not lines.is_proration
        and lines.subscription_item_id is not null
    group by
        lines.subscription_item_id, discounts.discount_id,
        lines.period_start, lines.invoiced_at, lines.invoice_id
)

select subscription_item_id, discount_id, amount
from periods
where age = 1
