-- Work as the exports of time trackers list it. A project or client that is written as an address is the site.
-- Grain: one row an entry of a tracker (source). row_mark: the row as it stood in the file. An `*_at` is an instant in UTC, empty where
-- only the day is known; `*_on` is its day in the account's time zone.
with entries as (
    select 'toggl' as source, * from raw_toggl__entries
    union all
    select 'clockify' as source, * from raw_clockify__entries
    union all
    select 'harvest' as source, * from raw_harvest__entries
),

fields as (
    select
        source, id, payload ->> '$.at' as started, said(payload ->> '$.site') as site, said(payload ->> '$.client') as client,
        said(payload ->> '$.project') as project, try_cast(payload ->> '$.hours' as double) as hours,
        coalesce(said(payload ->> '$.kind'), 'other') as kind, said(payload ->> '$.person') as person,
        said(payload ->> '$.task') as task, said(payload ->> '$.work') as work, payload ->> '$.row' as row_mark, seen_at
    from entries
    where gone_at is null
)

select
    fields.* exclude (started, site, client),
    site_of(site) as site, coalesce(client, if(site is null, project, null)) as client,
    local_instant(started, time_zone) as happened_at,
    coalesce(day_in(local_instant(started, time_zone), time_zone), try_cast(left(started, 10) as date)) as happened_on
from fields
cross join params
where try_cast(left(started, 10) as date) is not null
