-- What each instant up to `as_of` added to and took from a client's MRR, with the local day it falls on; one row a span's end.
-- per client: client_key
-- kept as: view
with edges as (
    select client_key, currency, tier, subscription_id, from_at as happened_at, mrr_minor as delta_minor, standing, 1 as sign from client_spans
    union all
    select client_key, currency, tier, subscription_id, to_at, -mrr_minor, standing, -1 from client_spans where to_at is not null
)

select
    edges.*,
    local_day(edges.happened_at, zone_days.shift, params.time_zone) as change_on
from edges
cross join params
left join zone_days on zone_days.utc_day = edges.happened_at::date
where edges.happened_at <= params.as_of
