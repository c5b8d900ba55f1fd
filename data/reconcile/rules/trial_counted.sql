-- title: A trial is counted there
-- ours: A trial is not MRR until it ends and the subscription goes on.
with trials as (
    select subscription_id, customer_id, currency, start_at, least(trial_until_at, ended_at) as until_at
    from subscriptions
    where has_stood and trial_until_at > start_at
),

priced as (
    select
        trials.*, states.subscription_item_id, states.from_at, states.to_at,
        if(prices.is_metered, 0, gross.gross_minor) * case prices.interval_unit when 'week' then 52 when 'day' then 365 else 1 end
            / (case prices.interval_unit when 'month' then 1 else 12 end * prices.interval_count) as monthly
    from trials
    join item_states as states on states.subscription_id = trials.subscription_id and states.is_present
    join stg_stripe__prices as prices on prices.price_id = states.price_id and prices.currency = trials.currency
    join quantities_priced as gross
        on gross.price_id = states.price_id and gross.currency = trials.currency and gross.quantity = states.quantity
),

then_worth as (
    select subscription_item_id, arg_min(full_mrr_minor, from_at) as mrr_minor from item_values group by subscription_item_id
)

select
    parties.client_key, priced.currency, greatest(priced.start_at, priced.from_at) as from_at, least(priced.until_at, priced.to_at) as to_at,
    coalesce(then_worth.mrr_minor, to_whole(priced.monthly)) as delta_minor
from priced
join client_parties as parties on parties.party_id = priced.customer_id
left join then_worth using (subscription_item_id)
where priced.from_at < priced.until_at
