-- Updates that WP-CLI made, or tried to make. It states no time: that of the file counts.
-- Grain: one row an update. Instants in UTC.
select
    id,
    payload ->> '$.site' as site,
    payload ->> '$.kind' as kind,
    payload ->> '$.component' as component,
    said(payload ->> '$.from_version') as from_version,
    said(payload ->> '$.to_version') as to_version,
    payload ->> '$.status' as status,
    instant(payload ->> '$.at') as happened_at,
    day_in(instant(payload ->> '$.at'), time_zone) as happened_on,
    seen_at
from raw_wp_cli__updates
cross join params
where gone_at is null and instant(payload ->> '$.at') is not null
