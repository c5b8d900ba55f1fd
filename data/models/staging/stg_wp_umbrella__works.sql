-- WP Umbrella's custom works: work that was done, with the time that was estimated for it. Days are no hours, so those have none.
-- Grain: one row a work.
select
    id,
    payload ->> '$.project_id' as project_id,
    try_cast(left(payload ->> '$.execution_date', 10) as date) as worked_on,
    case upper(payload ->> '$.estimated_time_unit')
        when 'HOURS' then try_cast(payload ->> '$.estimated_time' as double)
        when 'MINUTES' then try_cast(payload ->> '$.estimated_time' as double) / 60
    end as hours,
    said(payload ->> '$.name') as task,
    seen_at
from raw_wp_umbrella__works
where gone_at is null
