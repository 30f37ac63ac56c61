-- Movements of the account's balance, with what the business calls them.
with source as (
    {{ stripe_table('balance_transactions', {
        'id': 'text', 'livemode': 'boolean', 'type': 'text', 'reporting_category': 'text', 'currency': 'text',
        'amount': 'bigint', 'fee': 'bigint', 'net': 'bigint', 'created': 'timestamp',
        'available_on': 'timestamp'
    }) }}
)

select
    source.id as balance_transaction_id,
    coalesce(source.livemode, account.livemode) as livemode,
    source.currency,
    source.type,
    -- An adjustment says only in its reporting category what it adjusts.
    case
        when source.type <> 'adjustment' then types.category
        when source.reporting_category in ('dispute', 'dispute_reversal') then 'dispute'
        when source.reporting_category in ('charge', 'partial_capture_reversal') then 'charge'
        when source.reporting_category in ('refund', 'refund_failure') then 'refund'
        when source.reporting_category in ('fee', 'tax', 'network_cost') then 'fee'
        when source.reporting_category in ('payout', 'payout_reversal') then 'payout'
        else types.category
    end as category,
    source.amount,
    source.fee,
    source.net,
    source.created as created_at,
    {{ 'source.available_on' if var('net_revenue_month_by') == 'available_on' else 'source.created' }} as counted_at
from source
cross join {{ ref('stg_account') }} as account
left join {{ ref('balance_transaction_types') }} as types on source.type = types.type
where {{ in_mode('coalesce(source.livemode, account.livemode)') }}
