-- Subscriptions in force that are scheduled to leave, with the day they go and the MRR that goes with them; one row a subscription.
-- per client: client_key
with in_force as (
    select client_key, currency, subscription_id, sum(mrr_minor)::bigint as mrr_minor
    from client_spans
    cross join params
    where from_at <= params.as_of and (to_at is null or to_at > params.as_of)
    group by all
)

select
    in_force.*,
    timezone(params.time_zone, timezone('UTC', coalesce(
        if(subscriptions.cancel_at > params.as_of, subscriptions.cancel_at, null), subscriptions.period_end_at
    )))::date as leaves_on
from in_force
join subscriptions using (subscription_id)
cross join params
where subscriptions.ended_at is null and (subscriptions.is_leaving_at_period_end or subscriptions.cancel_at > params.as_of)
