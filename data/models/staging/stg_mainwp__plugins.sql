-- Plugins and themes installed on MainWP's child sites, from the sites' own entries or, where those lack them, from their lists.
-- Grain: one row a site and component.
with answers as (
    select id as site_id, unpacked(payload -> '$.plugins') as plugins, unpacked(payload -> '$.themes') as themes, 1 as rank
    from raw_mainwp__plugins
    where gone_at is null
    union all
    select id, unpacked(payload -> '$.plugins'), unpacked(payload -> '$.themes'), 2
    from raw_mainwp__sites
    where gone_at is null
),

components as (
    select answers.site_id, answers.rank, 'plugin' as kind, entry.value as said_of from answers, json_each(answers.plugins) as entry
    union all
    select answers.site_id, answers.rank, 'theme', entry.value from answers, json_each(answers.themes) as entry
)

select
    site_id, kind,
    coalesce(said(said_of ->> '$.slug'), said(said_of ->> '$.name')) as slug,
    coalesce(said(said_of ->> '$.name'), said(said_of ->> '$.title'), said(said_of ->> '$.slug')) as component,
    said(said_of ->> '$.version') as version,
    coalesce(said(said_of ->> '$.update_version'), said(said_of ->> '$.new_version')) as new_version,
    flag(said_of ->> '$.active') as is_active
from components
where coalesce(said(said_of ->> '$.slug'), said(said_of ->> '$.name')) is not null
qualify row_number() over (partition by site_id, kind, slug order by rank) = 1
