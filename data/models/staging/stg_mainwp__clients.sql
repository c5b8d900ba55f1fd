-- MainWP's clients.
-- Grain: one row a client.
select
    coalesce(said(payload ->> '$.client_id'), id) as mainwp_client_id,
    said(coalesce(payload ->> '$.name', payload ->> '$.client_name')) as client,
    lower(said(coalesce(payload ->> '$.client_email', payload ->> '$.email'))) as client_email
from raw_mainwp__clients
where gone_at is null
