-- Whether a subscription counts, is paused or is off (unpaid), from its start until its end; one row a subscription and span.
-- Dated by events and the log; a pause by its own instant; `unpaid` found at the first sync by the last failed charge before.
with stood as (
    select * from subscriptions where has_stood
),

failed as (
    select invoices.subscription_id, charges.created_at as failed_at
    from stg_stripe__charges as charges
    join stg_stripe__invoices as invoices using (invoice_id)
    where charges.status = 'failed'
),

seen as (
    select
        versions.subscription_id,
        versions.happened_at,
        case
            when versions.status = 'paused' or versions.is_collection_paused then 'paused'
            when versions.status = 'unpaid' then 'off'
            else 'on'
        end as mode,
        versions.status,
        versions.paused_at,
        row_number() over (partition by versions.subscription_id order by versions.happened_at) = 1 and versions.source = 'log' as is_first_log,
        versions.source
    from stg_stripe__subscription_versions as versions
    where versions.status not in ('canceled', 'incomplete', 'incomplete_expired')
),

dated as (
    select
        seen.subscription_id,
        seen.mode,
        case
            when seen.status = 'paused' then coalesce(seen.paused_at, seen.happened_at)
            when seen.status = 'unpaid' and seen.is_first_log then coalesce(max(failed.failed_at), seen.happened_at)
            else seen.happened_at
        end as happened_at
    from seen
    left join failed on failed.subscription_id = seen.subscription_id and failed.failed_at <= seen.happened_at and seen.status = 'unpaid'
    group by seen.subscription_id, seen.mode, seen.happened_at, seen.status, seen.paused_at, seen.is_first_log
),

all_marks as (
    select subscription_id, start_at as happened_at, 'on' as mode, 0 as rank from stood
    union all
    select dated.subscription_id, greatest(dated.happened_at, stood.start_at), dated.mode, 1
    from dated
    join stood using (subscription_id)
),

one_an_instant as (
    select subscription_id, happened_at, max_by(mode, rank) as mode from all_marks group by all
),

changes as (
    select * from one_an_instant
    qualify mode is distinct from lag(mode) over (partition by subscription_id order by happened_at)
)

select
    subscription_id, mode, happened_at as from_at,
    lead(happened_at) over (partition by subscription_id order by happened_at) as to_at
from changes
