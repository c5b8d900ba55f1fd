-- Work as Harvest's export lists it. A project or client that is written as an address is the site.
-- Grain: one row an entry. An `*_at` is an instant in UTC, empty where only the day is known; `*_on` is its day in the account's time zone.
with entries as (
    select
        id, payload, payload ->> '$.at' as started, said(payload ->> '$.site') as site,
        said(payload ->> '$.client') as client, said(payload ->> '$.project') as project, seen_at
    from raw_harvest__entries
    where gone_at is null
)

select
    id, site_of(site) as site, coalesce(client, if(site is null, project, null)) as client,
    try_cast(payload ->> '$.hours' as double) as hours,
    coalesce(said(payload ->> '$.kind'), 'other') as kind,
    said(payload ->> '$.person') as person,
    said(payload ->> '$.task') as task,
    local_instant(started, time_zone) as happened_at,
    coalesce(day_in(local_instant(started, time_zone), time_zone), try_cast(left(started, 10) as date)) as happened_on,
    seen_at
from entries
cross join params
where try_cast(left(started, 10) as date) is not null
