-- What events, the log and failed charges say of the instants from which a subscription counts, is paused or is off (unpaid);
-- one row a subscription and mark. Only of those ever seen otherwise than counting: the others count from their start.
-- Dated by events and the log; a pause by its own instant; `unpaid` that nothing told of by the last failed charge before.
-- per client: subscription_id
-- kept as: nothing
with versions as (
    select
        *,
        case
            when status = 'paused' or is_collection_paused then 'paused'
            when status = 'unpaid' then 'off'
            else 'on'
        end as mode,
        if(status in ('paused', 'unpaid'), is_status_told, is_pause_told) as is_told
    from stg_stripe__subscription_versions
    where status not in ('canceled', 'incomplete', 'incomplete_expired')
),

seen as (
    select * from versions where subscription_id in (select subscription_id from versions where mode <> 'on')
),

failed as (
    select invoices.subscription_id, charges.created_at as failed_at
    from stg_stripe__charges as charges
    join stg_stripe__invoices as invoices using (invoice_id)
    where charges.status = 'failed' and invoices.subscription_id in (select subscription_id from seen)
),

-- Stripe pauses a subscription at the end of its trial where there is no card: of one that never paid, that is when.
never_paid as (
    select subscription_id, any_value(trial_end_at) as trial_end_at from seen
    where is_newest and status = 'paused' and subscription_id not in (select subscription_id from recurring_lines where amount_minor > 0)
    group by all
),

-- Until something is told, or differs from the first sighting, a state was there before anybody looked.
in_order as (
    select
        *,
        not bool_or(is_told) over so_far
            and bool_and(mode = first_mode) over so_far as was_there_before,
        lag(happened_at) over so_far as seen_before_at,
        coalesce(lag(mode) over so_far <> mode, true) as is_change
    from (select *, first_value(mode) over (partition by subscription_id order by happened_at, source, event_id) as first_mode from seen)
    window so_far as (partition by subscription_id order by happened_at, source, event_id)
)

select
    in_order.subscription_id,
    in_order.mode,
    case
        when in_order.status = 'paused' then coalesce(in_order.paused_at, any_value(never_paid.trial_end_at), in_order.happened_at)
        when in_order.status = 'unpaid' and not in_order.is_told and (in_order.is_change or in_order.was_there_before)
            then coalesce(max(failed.failed_at), in_order.happened_at)
        else in_order.happened_at
    end as happened_at
from in_order
left join never_paid on never_paid.subscription_id = in_order.subscription_id
left join failed
    on failed.subscription_id = in_order.subscription_id and in_order.status = 'unpaid'
    and failed.failed_at <= in_order.happened_at
    and (in_order.was_there_before or failed.failed_at > in_order.seen_before_at)
where in_order.mode = 'on' or in_order.status = 'paused' or not in_order.was_there_before or in_order.source = 'log'
group by
    in_order.subscription_id, in_order.mode, in_order.status, in_order.paused_at, in_order.happened_at,
    in_order.was_there_before, in_order.is_change, in_order.is_told
