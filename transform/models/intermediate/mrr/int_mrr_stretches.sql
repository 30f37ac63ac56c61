-- MRR of each subscription item, from when until when: as billed until the event feed was followed,
-- from then on as agreed.
with agreed as (
    select
        states.livemode,
        states.currency,
        states.customer_id,
        states.subscription_id,
        items.subscription_item_id,
        moments.valid_from,
        moments.valid_to,
        states.is_trialing or coalesce(items.trial_end > moments.valid_from, false) as is_trial,
        states.is_past_due,
        states.is_ending,
        items.amount,
        coalesce(discounted.net, items.amount) as net,
        items.recurring_interval,
        items.interval_count,
        case when customers.tax_exempt in ('exempt', 'reverse') then 0 else coalesce(taxes.inclusive_millionths, 0) end
            as inclusive_millionths
    from {{ ref('int_state_moments') }} as moments
    inner join {{ ref('int_subscription_states') }} as states on moments.state_id = states.state_id
    inner join {{ ref('int_agreed_items') }} as items on moments.state_id = items.state_id
    left join {{ ref('int_discounted_items') }} as discounted
        on moments.state_id = discounted.state_id
        and moments.valid_from = discounted.valid_from
        and items.subscription_item_id = discounted.subscription_item_id
    left join {{ ref('int_agreed_taxes') }} as taxes
        on moments.state_id = taxes.state_id
        and items.subscription_item_id = taxes.subscription_item_id
    left join {{ ref('stg_customers') }} as customers on states.customer_id = customers.customer_id
),

billed as (
    select
        periods.*,
        periods.period_start as valid_from,
        -- least() passes over what is null.
        least(
            periods.period_end, periods.next_start, periods.removed_at, periods.churned_at, clock.first_seen
        ) as valid_to
    from {{ ref('int_billed_periods') }} as periods
    cross join {{ ref('int_clock') }} as clock
    where not periods.is_metered
),

{% if var('mrr_include_metered') %}
metered as (
    -- Usage is billed when its period is over; it stands for what follows, until more is billed.
    select
        periods.*,
        periods.period_end as valid_from,
        least(
            lead(periods.period_end) over (
                partition by periods.subscription_item_id order by periods.period_start
            ),
            periods.period_end + (periods.period_end - periods.period_start) + interval '7 day',
            periods.churned_at
        ) as valid_to
    from {{ ref('int_billed_periods') }} as periods
    where periods.is_metered
),
{% endif %}

stretches as (
    select
        'agreed' as known_as,
        livemode, currency, customer_id, subscription_id, subscription_item_id, valid_from, valid_to,
        is_trial, is_past_due, is_ending, amount, net, recurring_interval, interval_count, inclusive_millionths
    from agreed
    {% for billed in ['billed', 'metered'] if billed == 'billed' or var('mrr_include_metered') %}
    union all

    select
        '{{ billed }}' as known_as,
        livemode, currency, customer_id, subscription_id, subscription_item_id, valid_from, valid_to,
        false as is_trial, false as is_past_due, false as is_ending,
        amount, net, recurring_interval, interval_count, inclusive_millionths
    from {{ billed }}
    where valid_from < valid_to
    {% endfor %}
),

grossed as (
    select
        *,
        {{ monthly('amount', 'recurring_interval', 'interval_count', 'inclusive_millionths') }} as gross
    from stretches
),

valued as (
    select
        *,
        case
            when net = amount then gross
            else {{ monthly('net', 'recurring_interval', 'interval_count', 'inclusive_millionths') }}
        end as value
    from grossed
)

select
    known_as,
    livemode,
    currency,
    customer_id,
    subscription_id,
    subscription_item_id,
    valid_from,
    valid_to,
    case when is_trial then 0 else gross end as gross_mrr_minor,
    case when is_trial then 0 else value end as mrr_minor,
    case when is_trial then value else 0 end as trial_mrr_minor,
    case when is_past_due and not is_trial then value else 0 end as past_due_mrr_minor,
    case when is_ending and not is_trial then value else 0 end as scheduled_churn_mrr_minor
from valued
where gross > 0
