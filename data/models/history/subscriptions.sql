-- Subscriptions as they stand, with the span in which they can hold MRR (definitions.md, MRR); one row a subscription.
-- `trial_until_at` is the end of the original trial: a free period given later keeps MRR though Stripe overwrites `trial_end`.
-- per client: subscription_id
with newest as (
    select * from stg_stripe__subscription_versions where is_newest
),

-- What was paid when only matters where there was a trial.
lines as (
    select lines.*, prices.unit_amount > 0 or prices.is_tiered as is_priced
    from recurring_lines as lines
    semi join (select subscription_id from newest where trial_end_at is not null) as tried using (subscription_id)
    left join stg_stripe__prices as prices using (price_id, currency)
    where not lines.is_credit and not coalesce(prices.is_metered, false)
),

first_paid as (
    select subscription_id, min(period_start_at) as first_paid_at from lines where amount_minor > 0 group by all
),

trial_lines as (
    select lines.subscription_id, max(lines.period_end_at) as trial_line_end_at
    from lines
    join first_paid using (subscription_id)
    where lines.amount_minor = 0 and lines.period_start_at < first_paid_at and lines.is_priced
    group by all
),

-- Paused at the end of its trial, a subscription is billed from its resumption, and nothing in between.
resumed as (
    select newest.subscription_id, first_paid.first_paid_at
    from newest
    join first_paid using (subscription_id)
    where first_paid.first_paid_at > newest.trial_end_at + interval 1 day and not exists (
        select 1 from stg_stripe__invoices as invoices
        where invoices.subscription_id = newest.subscription_id
            and invoices.created_at between newest.trial_end_at - interval 1 hour and newest.trial_end_at + interval 2 day
    )
),

finalized as (
    select subscription_id, min(finalized_at) as finalized_at
    from stg_stripe__invoices
    semi join (select subscription_id from newest where collection_method = 'send_invoice') as sent using (subscription_id)
    where finalized_at is not null
    group by all
)

select
    newest.subscription_id,
    newest.customer_id,
    newest.status,
    newest.currency,
    newest.collection_method,
    newest.created_at,
    newest.start_at,
    newest.ended_at,
    case
        when newest.trial_end_at is null then null
        when first_paid.first_paid_at < newest.trial_end_at - interval 1 day then trial_lines.trial_line_end_at
        else coalesce(resumed.first_paid_at, newest.trial_end_at)
    end as trial_until_at,
    newest.cancel_at,
    newest.is_leaving_at_period_end,
    newest.period_end_at,
    newest.cancellation_reason,
    newest.cancellation_feedback,
    newest.cancellation_comment,
    newest.tax_rates,
    newest.status not in ('incomplete', 'incomplete_expired')
        and (newest.collection_method <> 'send_invoice' or finalized.finalized_at is not null) as has_stood
from newest
left join first_paid using (subscription_id)
left join trial_lines using (subscription_id)
left join resumed using (subscription_id)
left join finalized using (subscription_id)
