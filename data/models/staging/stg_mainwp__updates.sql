-- What waits on MainWP's child sites, less what the user told MainWP to ignore. An empty map is written as [].
-- Grain: one row a site; `waiting` lists the components (kind, component, slug, version, new_version).
with answers as (
    select
        id as site_id, seen_at,
        unpacked(payload -> '$.wp') as wp, unpacked(payload -> '$.plugins') as plugins, unpacked(payload -> '$.themes') as themes
    from raw_mainwp__updates
    where gone_at is null
),

components as (
    select answers.site_id, 'plugin' as kind, entry.key as slug, entry.value as said_of from answers, json_each(answers.plugins) as entry
    union all
    select answers.site_id, 'theme', entry.key, entry.value from answers, json_each(answers.themes) as entry
    union all
    select site_id, 'core', 'wordpress', wp from answers where entries(wp) > 0
),

listed as (
    select
        site_id,
        list({
            'kind': kind,
            'component': coalesce(
                said(said_of ->> '$.Name'), said(said_of ->> '$.name'), said(said_of ->> '$.Title'), if(kind = 'core', 'WordPress', slug)
            ),
            'slug': coalesce(said(said_of ->> '$.slug'), slug),
            'version': coalesce(said(said_of ->> '$.Version'), said(said_of ->> '$.version'), said(said_of ->> '$.current')),
            'new_version': coalesce(
                said(said_of ->> '$.update.new_version'), said(said_of ->> '$.new_version'), said(said_of ->> '$.new'),
                said(said_of ->> '$.update_version')
            )
        } order by kind, slug) as waiting
    from components
    group by site_id
)

select
    answers.site_id,
    least(entries(answers.wp), 1) as core_waiting,
    entries(answers.plugins) as plugins_waiting,
    entries(answers.themes) as themes_waiting,
    listed.waiting,
    answers.seen_at
from answers
left join listed using (site_id)
