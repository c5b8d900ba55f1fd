-- What each instant up to `as_of` added to and took from a client's MRR, with the local day it falls on; one row a span's end.
-- per client: client_key
-- kept as: view
with edges as (
    select
        client_key, currency, tier, subscription_id, if(sign > 0, from_at, to_at) as happened_at, sign * mrr_minor as delta_minor, standing, sign
    from client_spans
    cross join (values (1), (-1)) as signs(sign)
)

select
    edges.*,
    local_day(edges.happened_at, zone_days.shift, params.time_zone) as change_on
from edges
cross join params
left join zone_days on zone_days.utc_day = edges.happened_at::date
where edges.happened_at <= params.as_of
