-- What has no rate in its month, which makes the figure null in `reporting_monthly`: put the rates
-- into seeds/exchange_rates.csv.
{{ config(severity='warn', enabled=var('reporting_currency') is not none) }}
select currency, month, figure, amount_minor
from {{ ref('int_reporting_amounts') }}
where amount_minor <> 0 and rate_trillionths is null
