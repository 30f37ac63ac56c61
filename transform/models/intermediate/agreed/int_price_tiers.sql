-- Tiers of prices in every currency, each with where the one before ends.
with options as (
    {{ json_elements(ref('stg_price_currency_options'), 'tiers', ['price_id', 'currency']) }}
),

tiers as (
    select tiers.price_id, prices.currency, tiers.tier, tiers.up_to, tiers.unit_amount, tiers.flat_amount
    from {{ ref('stg_price_tiers') }} as tiers
    inner join {{ ref('stg_prices') }} as prices on tiers.price_id = prices.price_id

    union all

    select
        options.price_id,
        options.currency,
        options.position as tier,
        cast({{ json_text('options.value', ['up_to']) }} as bigint) as up_to,
        cast({{ json_text('options.value', ['unit_amount_decimal']) }} as decimal(26, 12)) as unit_amount,
        cast({{ json_text('options.value', ['flat_amount_decimal']) }} as decimal(26, 12)) as flat_amount
    from options
    inner join {{ ref('stg_prices') }} as prices on options.price_id = prices.price_id
    -- A price's own currency is among its options too.
    where options.currency <> prices.currency
)

select
    price_id,
    currency,
    tier,
    lag(up_to) over (partition by price_id, currency order by tier) as starts_above,
    up_to,
    coalesce(unit_amount, 0) as unit_amount,
    coalesce(flat_amount, 0) as flat_amount
from tiers
