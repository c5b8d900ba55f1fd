-- What each day up to `as_of` added to and took from a client's MRR and what stands; one row a client, currency, tier, subscription
-- (or agreement) and day. `counts_delta` counts what stands, and in its higher digits what of it is comped (from 2^20) and paused
-- (from 2^40): one number to be summed up instead of three. `subscription` is the id's hash: a number is far quicker to compare.
-- per client: client_key
-- kept as: nothing
select
    client_key, currency, tier, hash(subscription_id) as subscription, change_on,
    sum(delta_minor)::bigint as delta_minor,
    sum(sign * case standing when 'comped' then 1 + (1::bigint << 20) when 'paused' then 1 + (1::bigint << 40) else 1::bigint end)::bigint as counts_delta
from mrr_deltas
group by all
