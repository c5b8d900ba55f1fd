-- Subscriptions in force that are scheduled to leave, with the day they go and the MRR that goes with them; one row a subscription.
-- per client: client_key
select
    in_force.* exclude (top_tier, top_minor),
    timezone(params.time_zone, timezone('UTC', coalesce(
        if(subscriptions.cancel_at > params.as_of, subscriptions.cancel_at, null), subscriptions.period_end_at
    )))::date as leaves_on
from in_force
join subscriptions using (subscription_id)
cross join params
where subscriptions.ended_at is null and (subscriptions.is_leaving_at_period_end or subscriptions.cancel_at > params.as_of)
