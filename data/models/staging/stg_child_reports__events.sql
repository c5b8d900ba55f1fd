-- What MainWP Child Reports logged on a site: updates, backups, and the rest (`other`). Its times are the site's own, taken as the account's.
-- The new version is the last word of an update's summary. A backup's contents are known only where the summary says them.
-- Grain: one row an event. Instants in UTC.
with events as (
    select
        id,
        payload ->> '$.site' as site,
        payload ->> '$.at' as started,
        coalesce(payload ->> '$.summary', '') as summary,
        lower(coalesce(payload ->> '$.connector', '')) as connector,
        lower(coalesce(payload ->> '$.context', '')) as context,
        lower(coalesce(payload ->> '$.action', '')) as action,
        seen_at
    from raw_child_reports__events
    where gone_at is null
),

read as (
    select
        *,
        case
            when connector = 'installer' and action = 'updated' then 'update'
            when context = 'backups' or action like '%backup' then 'backup'
            else 'other'
        end as what,
        nullif(regexp_extract(summary, '(\S*[0-9]\S*)\s*$', 1), '') as to_version
    from events
)

select
    id, site, what,
    case when what = 'update' then case context when 'plugins' then 'plugin' when 'themes' then 'theme' else 'core' end end as kind,
    case
        when what = 'update' and context not in ('plugins', 'themes') then 'WordPress'
        when what = 'update'
            then coalesce(nullif(trim(regexp_replace(regexp_replace(summary, '^[^:]*:\s*', ''), '\s*\S*[0-9]\S*\s*$', '')), ''), summary)
    end as component,
    case when what = 'update' then to_version end as to_version,
    case
        when what = 'backup' and regexp_matches(lower(summary), '(fail|error|échec|echec|eșuat|esuat)') then 'failed'
        when what <> 'other' then 'done'
    end as status,
    case
        when what = 'backup' and regexp_matches(lower(summary), '(full|complet|whole)') then 'full'
        when what = 'backup' and lower(summary) like '%database%' then 'database'
        when what = 'backup' then 'unknown'
    end as contents,
    local_instant(started, time_zone) as happened_at,
    coalesce(day_in(local_instant(started, time_zone), time_zone), try_cast(left(started, 10) as date)) as happened_on,
    seen_at
from read
cross join params
where try_cast(left(started, 10) as date) is not null
