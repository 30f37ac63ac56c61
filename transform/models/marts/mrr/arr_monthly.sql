with annual as (
    select livemode, currency, month, 12 * mrr_minor as arr_minor, is_running_month, mrr_source
    from {{ ref('mrr_monthly') }}
)

select livemode, currency, month, {{ amounts(['arr']) }}, is_running_month, mrr_source
from {{ with_currencies('annual') }}
