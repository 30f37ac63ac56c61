-- What customers and guests paid is what was collected.
{{ differing_sums(
    ref('top_customers'), 'lifetime_paid_minor', ref('collected_revenue_monthly'), 'charges_gross_minor'
) }}
