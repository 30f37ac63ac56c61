-- Items that count 0 because the tables lack what they cost: a price without tiers, or without an
-- amount in the subscription's currency. Select prices, price_tiers and price_currency_options.
{{ config(severity='warn') }}
select *
from {{ ref('int_agreed_items') }}
where not is_priced
