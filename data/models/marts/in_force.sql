-- What a client's subscriptions and agreements in force are worth at `as_of`, and the tier of the dearest piece of each (`top_minor`);
-- one row a client, currency and subscription or agreement.
-- per client: client_key
select
    client_key, currency, subscription_id, sum(mrr_minor)::bigint as mrr_minor,
    arg_max(tier, (mrr_minor, tier)) as top_tier, max(mrr_minor) as top_minor
from client_spans
cross join params
where from_at <= params.as_of and (to_at is null or to_at > params.as_of)
group by all
