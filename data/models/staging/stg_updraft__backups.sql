-- UpdraftPlus's backup sets as its history lists them. It keeps a verdict of the latest job only; a set whose files it lists was made.
-- Grain: one row a set. Full: database, plugins, themes, uploads and others. Instants in UTC.
with sets as (
    select
        id,
        payload ->> '$.site' as site,
        instant(payload ->> '$.at') as happened_at,
        from_json(payload -> '$.parts', '["VARCHAR"]') as parts,
        from_json(payload -> '$.services', '["VARCHAR"]') as services,
        coalesce(try_cast(payload ->> '$.has_failed' as boolean), false) as has_failed,
        try_cast(payload ->> '$.size_bytes' as double) / 1048576 as size_mb,
        seen_at,
        changed_at as landed_at
    from raw_updraft__backups
    where gone_at is null
)

select
    id, site,
    case
        when list_has_all(parts, ['db', 'plugins', 'themes', 'uploads', 'others']) then 'full'
        when parts = ['db'] then 'database'
        else 'files'
    end as contents,
    if(has_failed, 'failed', 'done') as status,
    case when services is not null then len(list_filter(services, lambda service: service not in ('', 'none'))) > 0 end as is_off_site,
    true as is_kept,
    nullif(array_to_string(list_filter(services, lambda service: service not in ('', 'none')), ', '), '') as storage,
    size_mb,
    happened_at,
    day_in(happened_at, time_zone) as happened_on,
    seen_at,
    landed_at
from sets
cross join params
where happened_at is not null
