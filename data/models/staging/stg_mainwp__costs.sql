-- Costs that are kept in MainWP: premium plugins and other licences (F7c). It names no currency.
-- Grain: one row a cost. `site_ids` are MainWP's own, however the list is written; `sites_said` is that text.
with answers as (
    select id as cost_id, payload, coalesce(payload ->> '$.sites', '') as sites_said, seen_at
    from raw_mainwp__costs
    where gone_at is null
)

select
    cost_id,
    coalesce(said(payload ->> '$.name'), 'Cost ' || cost_id) as name,
    said(payload ->> '$.type') as type,
    try_cast(said(payload ->> '$.price') as decimal(18, 4)) as price,
    said(payload ->> '$.renewal_type') as renewal_type,
    instant(payload ->> '$.last_renewal')::date as last_renewal_on,
    instant(payload ->> '$.next_renewal')::date as next_renewal_on,
    case
        when sites_said like '%"id"%' then regexp_extract_all(sites_said, '"id"\s*:\s*"?([0-9]+)', 1)
        when regexp_matches(sites_said, '^[\[\]"0-9, ]*$') then regexp_extract_all(sites_said, '[0-9]+')
        else []
    end as site_ids,
    sites_said,
    seen_at
from answers
