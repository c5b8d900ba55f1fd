-- Work that another import already tells, so that it counts once: one row a piece of work of hours_told that is left out.
-- 1. The same row of a file, read as another kind, or with other columns or another order of dates: the tracker's reading counts, else the newest.
-- 2. The same work in two tools: same day and length, and the same minute by the same person; where one knows no time of day, the same
--    client or site, and nothing that contradicts it. A tracker counts before a spreadsheet.
-- 3. An entry that was changed in its tracker since: an earlier export's, no longer in a later one that has its like for the day.
with told as (
    select
        source, id, row_mark, happened_on, date_trunc('minute', happened_at) as minute_at, hours, seen_at,
        if(source = 'maintenance', 2, 1) as rank, bare(person) as person, bare(client) as client, site,
        bare(coalesce(task, '')) as task, project, work
    from hours_told
    where source <> 'wp_umbrella'
),

same_row as (
    select source, id
    from told
    where row_mark is not null
    qualify row_number() over (partition by row_mark order by rank, seen_at desc, source, id) > 1
),

rest as (
    select
        *,
        row_number() over (
            partition by source, seen_at, happened_on, minute_at, round(hours * 60), person, client, site, task order by id
        ) as place
    from told
    anti join same_row using (source, id)
    where hours is not null
),

pairs as (
    select
        later.source, later.id, later.place,
        later.minute_at = earlier.minute_at as is_same_minute,
        later.minute_at is null or earlier.minute_at is null as is_untimed,
        later.person = earlier.person as is_same_person,
        coalesce(later.person <> earlier.person, false) as is_other_person,
        coalesce(later.client <> earlier.client, false) or coalesce(later.site <> earlier.site, false) as is_other_client,
        later.client = earlier.client or later.site = earlier.site as is_same_client,
        contains(later.task, earlier.task) or contains(earlier.task, later.task) as is_same_task,
        later.source = earlier.source as is_same_tool,
        later.project is not distinct from earlier.project and later.work is not distinct from earlier.work as is_same_work
    from rest as later
    join rest as earlier
        on earlier.happened_on = later.happened_on and abs(earlier.hours - later.hours) < 0.0101
    where case
        when earlier.rank <> later.rank then earlier.rank < later.rank
        else later.rank = 1 and earlier.seen_at > later.seen_at
    end
)

select source, id
from pairs
group by source, id
having max(place) <= count(*) filter (
    case
        when is_other_person then false
        when is_same_minute then is_same_person or not is_other_client
        when not is_untimed or is_other_client or not coalesce(is_same_client, false) then false
        when is_same_tool then is_same_work
        else is_same_task
    end
)
union all
select source, id from same_row
