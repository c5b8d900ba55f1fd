-- MainWP's child sites. Older servers write numbers and flags as text, and plugins and updates as JSON inside text.
-- Grain: one row a site. `*_waiting` is empty where the answer doesn't say; instants in UTC.
with answers as (
    select
        id as site_id, payload, seen_at,
        unpacked(payload -> '$.wp_upgrades') as wp,
        unpacked(payload -> '$.plugin_upgrades') as plugins,
        unpacked(payload -> '$.theme_upgrades') as themes
    from raw_mainwp__sites
    where gone_at is null
)

select
    site_id,
    site_of(payload ->> '$.url') as site,
    said(payload ->> '$.name') as site_name,
    nullif(said(payload ->> '$.client_id'), '0') as mainwp_client_id,
    said(payload ->> '$.wp_version') as wp_version,
    said(payload ->> '$.php_version') as php_version,
    least(entries(wp), 1) as core_waiting,
    entries(plugins) as plugins_waiting,
    entries(themes) as themes_waiting,
    flag(payload ->> '$.is_staging') as is_staging,
    flag(payload ->> '$.suspended') as is_suspended,
    said(payload ->> '$.status') as status,
    instant(payload ->> '$.last_sync') as checked_at,
    seen_at
from answers
where site_of(payload ->> '$.url') is not null
