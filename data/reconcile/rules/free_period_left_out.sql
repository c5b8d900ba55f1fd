-- title: A free period of a paying client is left out there
-- ours: A free period given later on a subscription that was already paid keeps its MRR.
with free as (
    select distinct versions.subscription_id, versions.trial_start_at, versions.trial_end_at
    from stg_stripe__subscription_versions as versions
    join subscriptions using (subscription_id)
    where versions.trial_end_at > coalesce(subscriptions.trial_until_at, subscriptions.start_at) + interval 1 day
)

select items.client_key, items.currency, greatest(items.from_at, free.trial_start_at) as from_at, least(items.to_at, free.trial_end_at) as to_at,
    -items.mrr_minor as delta_minor
from free
join item_values as items
    on items.subscription_id = free.subscription_id
    and items.from_at < free.trial_end_at and (items.to_at is null or items.to_at > free.trial_start_at)
