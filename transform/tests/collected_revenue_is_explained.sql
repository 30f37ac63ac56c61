-- Charges and invoice payments that differ in amount, or payments whose charge the warehouse lacks.
{{ config(severity='warn') }}
select *
from {{ ref('collected_revenue_monthly') }}
where reconciliation_difference_minor <> 0
