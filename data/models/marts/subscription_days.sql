-- What each day up to `as_of` added to and took from a client's MRR and what stands; one row a client, currency, tier, subscription
-- (or agreement) and day.
-- per client: client_key
-- kept as: nothing
select
    client_key, currency, tier, subscription_id, change_on,
    sum(delta_minor)::bigint as delta_minor,
    sum(sign)::bigint as standing_delta,
    coalesce(sum(sign) filter (standing = 'comped'), 0)::bigint as comped_delta,
    coalesce(sum(sign) filter (standing = 'paused'), 0)::bigint as paused_delta
from mrr_deltas
group by all
