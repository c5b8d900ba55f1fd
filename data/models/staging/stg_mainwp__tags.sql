-- MainWP's tags of sites.
-- Grain: one row a tag.
select id as tag_id, said(payload ->> '$.name') as tag, said(payload ->> '$.color') as colour
from raw_mainwp__tags
where gone_at is null
