-- What a client's subscriptions and agreements in force are worth at `as_of`; one row a client, currency and subscription or agreement.
-- per client: client_key
-- kept as: view
select client_key, currency, subscription_id, sum(mrr_minor)::bigint as mrr_minor
from client_spans
cross join params
where from_at <= params.as_of and (to_at is null or to_at > params.as_of)
group by all
