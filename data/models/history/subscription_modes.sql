-- Whether a subscription counts, is paused or is off (unpaid), from its start until its end; one row a subscription and span.
-- per client: subscription_id
with stood as (
    select subscription_id, start_at from subscriptions where has_stood
),

all_marks as (
    select subscription_id, greatest(marks.happened_at, stood.start_at) as happened_at, marks.mode, 1 as rank
    from mode_marks as marks
    join stood using (subscription_id)
    union all
    select subscription_id, start_at, 'on', 0 from stood where subscription_id in (select subscription_id from mode_marks)
),

one_an_instant as (
    select subscription_id, happened_at, max_by(mode, (rank, mode)) as mode from all_marks group by all
),

changes as (
    select * from one_an_instant
    qualify mode is distinct from lag(mode) over (partition by subscription_id order by happened_at)
)

select
    subscription_id, mode, happened_at as from_at,
    lead(happened_at) over (partition by subscription_id order by happened_at) as to_at,
    row_number() over (partition by subscription_id order by happened_at) = 1 as is_first
from changes
union all
select subscription_id, 'on', start_at, null, true from stood where subscription_id not in (select subscription_id from mode_marks)
