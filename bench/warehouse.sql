-- A warehouse as a large subscription business leaves it: two years of monthly subscriptions in
-- three currencies, an invoice, a line, a charge, a payment and a balance transaction for each month.
-- A tenth has a discount, a seventh has ended, one charge in a hundred fails at first. The columns
-- are those that the models read; the variable `invoices` says how many.
set variable subscriptions = getvariable('invoices') // 24;

create temp table billed as
select
    number,
    number % getvariable('subscriptions') as subscription,
    number // getvariable('subscriptions') as month,
    timestamp '2024-12-01' + to_months(number // getvariable('subscriptions'))
        + to_seconds((number * 7919) % 2246400) as billed_at,
    (number % getvariable('subscriptions')) % 24 as price,
    (number * 104729) % 97 = 0 as failed,
    1000 + 500 * ((number % getvariable('subscriptions')) % 24) as amount,
    case (number % getvariable('subscriptions')) % 5 when 0 then 'eur' when 1 then 'gbp' else 'usd' end as currency
from range(getvariable('invoices')) as numbers(number);

create schema stripe;

create table stripe.customers as
select
    'cus_' || number as id, true as livemode, 'Customer ' || number as name,
    'mail@customer-' || number || '.example' as email, timestamp '2024-12-01' as created,
    'none' as tax_exempt, '{"crm_id": "C-1"}'::json as metadata, null::timestamp as _sdc_deleted_at
from range(getvariable('subscriptions')) as numbers(number);

create table stripe.prices as
select
    'price_' || number as id, 'prod_' || number as product, 'usd' as currency,
    '{"interval": "month", "interval_count": 1, "usage_type": "licensed"}'::json as recurring
from range(24) as numbers(number);

create table stripe.coupons as
select 'coupon_1' as id, 'forever' as duration, 10.0 as percent_off, null::bigint as amount_off,
    null::varchar as currency;

create table stripe.discounts as
select
    'di_' || number as id, 'subscription' as parent_type, 'sub_' || number as parent_id,
    'coupon_1' as coupon, timestamp '2024-12-01' as start, null::timestamp as "end",
    null::timestamp as _sdc_deleted_at
from range(0, getvariable('subscriptions'), 10) as numbers(number);

create table stripe.subscriptions as
select
    'sub_' || subscription as id, 'cus_' || subscription as customer, true as livemode, currency,
    case when subscription % 7 = 0 then 'canceled' else 'active' end as status, billed_at as created,
    case when subscription % 7 = 0 then billed_at + to_months(1 + subscription % 23) end as ended_at,
    false as cancel_at_period_end,
    case when subscription % 10 = 0 then json_array('di_' || subscription) else json_array() end
        as discounts,
    '[]'::json as default_tax_rates,
    '{"reason": "cancellation_requested"}'::json as cancellation_details
from billed where month = 0;

create table stripe.subscription_items as
select
    'si_' || subscription as id, 'sub_' || subscription as subscription, billed_at as created,
    1 as quantity, '[]'::json as discounts, '[]'::json as tax_rates, null::timestamp as _sdc_deleted_at,
    json_object(
        'id', 'price_' || price, 'currency', currency, 'billing_scheme', 'per_unit',
        'product', 'prod_' || price, 'unit_amount_decimal', amount::varchar,
        'recurring', json_object('interval', 'month', 'interval_count', 1, 'usage_type', 'licensed')
    ) as price
from billed where month = 0;

create table stripe.events as
select
    'evt_' || subscription || '_' || turn as id, 'customer.subscription.updated' as type,
    true as livemode, timestamp '2026-10-22' + to_seconds((subscription * 7919) % 2592000) as created,
    json_object(
        'object', json_object(
            'id', 'sub_' || subscription, 'object', 'subscription', 'customer', 'cus_' || subscription,
            'currency', currency, 'livemode', true, 'status', 'active', 'discounts', json_array(),
            'cancel_at_period_end', false, 'latest_invoice', 'in_' || turn,
            'items', json_object('data', json_array(json_object(
                'id', 'si_' || subscription, 'created', 1730000000, 'quantity', 1, 'discounts', json_array(),
                'price', json_object(
                    'id', 'price_' || price, 'currency', currency, 'billing_scheme', 'per_unit',
                    'product', 'prod_' || price, 'unit_amount_decimal', amount::varchar,
                    'recurring', json_object(
                        'interval', 'month', 'interval_count', 1, 'usage_type', 'licensed'
                    )
                )
            )))
        ),
        'previous_attributes', json_object('latest_invoice', 'in_' || (turn - 1))
    ) as data
from billed cross join range(1, 3) as turns(turn)
where month = 24 - 1 and subscription % 7 <> 0;

create table stripe.invoices as
select
    'in_' || number as id, true as livemode, 'N-' || number as number, 'cus_' || subscription as customer,
    'Customer ' || subscription as customer_name, 'mail@customer.example' as customer_email, currency,
    case when failed and number % 2 = 0 then 'uncollectible' else 'paid' end as status,
    'charge_automatically' as collection_method, billed_at as created, true as attempted, amount as amount_paid,
    0 as amount_remaining, 0 as amount_paid_off_stripe, null::timestamp as _sdc_deleted_at,
    json_object(
        'finalized_at', strftime(billed_at, '%Y-%m-%dT%H:%M:%SZ'), 'marked_uncollectible_at', null,
        'paid_at', strftime(billed_at + to_hours(1), '%Y-%m-%dT%H:%M:%SZ'), 'voided_at', null
    ) as status_transitions,
    json_object(
        'type', 'subscription_details', 'quote_details', null,
        'subscription_details', json_object('metadata', json_object(), 'subscription', 'sub_' || subscription)
    ) as parent
from billed;

create table stripe.invoice_line_items as
select
    'il_' || number as id, 'in_' || number as invoice, 'sub_' || subscription as subscription, true as livemode, currency, amount, billed_at as created,
    json_object(
        'type', 'subscription_item_details', 'invoice_item_details', null,
        'subscription_item_details', json_object(
            'invoice_item', null, 'proration', false, 'proration_details', json_object('credited_items', null),
            'subscription', 'sub_' || subscription, 'subscription_item', 'si_' || subscription
        )
    ) as parent,
    json_object(
        'start', strftime(billed_at, '%Y-%m-%dT%H:%M:%SZ'),
        'end', strftime(billed_at + to_months(1), '%Y-%m-%dT%H:%M:%SZ')
    ) as period,
    json_object(
        'type', 'price_details', 'unit_amount_decimal', amount::varchar,
        'price_details', json_object('price', 'price_' || price, 'product', 'prod_' || price)
    ) as pricing,
    case when subscription % 10 = 0
        then json_array(json_object('amount', amount // 10, 'discount', 'di_' || subscription))
        else json_array() end as discount_amounts,
    json_array(json_object(
        'amount', amount // 5, 'tax_behavior', 'exclusive', 'taxability_reason', 'standard_rated',
        'tax_rate_details', json_object('tax_rate', 'txr_1'), 'taxable_amount', amount,
        'type', 'tax_rate_details'
    )) as taxes,
    null::timestamp as _sdc_deleted_at
from billed;

create table stripe.charges as
select
    'ch_' || number || '_' || attempt as id, true as livemode, 'cus_' || subscription as customer, currency,
    case when failed and attempt = 0 then 'failed' else 'succeeded' end as status, amount,
    amount as amount_captured, not (failed and attempt = 0) as captured, billed_at + to_hours(1 + 24 * attempt) as created,
    'pi_' || number as payment_intent, case when failed and attempt = 0 then 'card_declined' end as failure_code,
    json_object('type', 'authorized', 'network_status', 'approved_by_network') as outcome,
    json_object('email', null, 'name', null) as billing_details
from billed cross join range(2) as attempts(attempt)
where attempt = 0 or failed;

create table stripe.invoice_payments as
select
    'inpay_' || number as id, 'in_' || number as invoice, true as livemode, currency, 'paid' as status,
    amount as amount_paid, billed_at as created,
    json_object('type', 'payment_intent', 'payment_intent', 'pi_' || number) as payment,
    json_object('canceled_at', null, 'paid_at', strftime(billed_at + to_hours(1), '%Y-%m-%dT%H:%M:%SZ'))
        as status_transitions
from billed;

create table stripe.refunds as
select
    're_' || number as id, 'ch_' || number || '_0' as charge, 'cus_' || subscription as customer, currency,
    'succeeded' as status, amount // 2 as amount, billed_at + to_days(9) as created
from billed where number % 50 = 0 and not failed;

create table stripe.balance_transactions as
select
    'txn_' || number as id, 'charge' as type, 'charge' as reporting_category, currency, amount,
    amount // 30 as fee, amount - amount // 30 as net, billed_at + to_hours(1) as created,
    billed_at + to_days(2) as available_on
from billed;
