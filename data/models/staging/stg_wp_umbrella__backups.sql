-- WP Umbrella's backups: database and files, in its own store. One that is under way is none yet; one that its list has dropped was made,
-- but is not kept any more.
-- Grain: one row a backup. Instants in UTC.
select
    id,
    payload ->> '$.project_id' as project_id,
    coalesce(instant(payload ->> '$.date_finished'), instant(payload ->> '$.date')) as finished_at,
    if(upper(payload ->> '$.status') = 'FINISHED', 'done', 'failed') as status,
    try_cast(payload ->> '$.size_bytes' as double) / 1048576 as size_mb,
    gone_at is null and upper(payload ->> '$.status') = 'FINISHED' as is_kept,
    seen_at,
    changed_at as landed_at
from raw_wp_umbrella__backups
where upper(payload ->> '$.status') in ('FINISHED', 'ERROR', 'FAILED')
