-- Every refund is in a month.
{{ differing_sums(ref('stg_refunds'), 'amount', ref('collected_revenue_monthly'), 'refunds_minor') }}
