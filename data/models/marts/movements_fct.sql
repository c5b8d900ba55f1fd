-- Movements of MRR, netted by day (definitions.md, Clients and movements); one row a client, currency and day with a change.
-- `lost_while_paused` has amount 0 and counts as no churn.
-- per client: client_key
-- A client's day, and a subscription's, are told apart by a hash each: comparing one number is far quicker than three texts.
with kinds as (
    select
        hash(client_key, currency, change_on) as day, client_key, currency, change_on, mrr_before_minor as from_minor, mrr_minor as to_minor,
        case
            when mrr_before_minor = 0 and mrr_minor > 0 and was_standing and had_mrr_in_spell then 'expansion'
            when mrr_before_minor = 0 and mrr_minor > 0 and had_mrr_before then 'reactivation'
            when mrr_before_minor = 0 and mrr_minor > 0 then 'new'
            when mrr_before_minor > 0 and mrr_minor = 0 and not is_standing then 'churn'
            when mrr_minor < mrr_before_minor then 'contraction'
            when mrr_minor > mrr_before_minor then 'expansion'
            when mrr_before_minor = 0 and was_standing and not is_standing and had_mrr_in_spell then 'lost_while_paused'
        end as kind
    from client_spells
    where kind is not null
),

owners as materialized (
    select subscriptions.subscription_id, hash(subscriptions.subscription_id) as subscription, parties.client_key, subscriptions.currency
    from subscriptions
    join client_parties as parties on parties.party_id = subscriptions.customer_id
),

causes as (
    select
        hash(owners.client_key, owners.currency, local_day(causes.happened_at, zone_days.shift, params.time_zone)) as day,
        owners.subscription, causes.subscription_id, causes.rank, causes.cause, causes.evidence, causes.proof
    from change_causes as causes
    join owners using (subscription_id)
    cross join params
    left join zone_days on zone_days.utc_day = causes.happened_at::date
    where causes.happened_at <= params.as_of
),

candidates as materialized (
    select causes.*, kinds.kind
    from causes
    semi join (select hash(client_key, currency, change_on) as day, subscription from subscription_days) as touched using (day, subscription)
    join kinds using (day)
),

several as (
    select day from candidates group by day having count(*) > 1
),

told as (
    select day, cause, subscription_id, evidence, proof
    from candidates
    anti join several using (day)
    union all by name
    select day, unnest(arg_min(
        {'cause': cause, 'subscription_id': subscription_id, 'evidence': evidence, 'proof': proof},
        (abs((rank = 1)::integer - (kind in ('churn', 'contraction'))::integer), rank, cause, subscription_id, evidence, proof)
    ))
    from candidates
    semi join several using (day)
    group by day
)

select
    kinds.client_key, kinds.currency, kinds.change_on, date_trunc('month', kinds.change_on)::date as month,
    kinds.kind, abs(kinds.to_minor - kinds.from_minor)::bigint as amount_minor, kinds.from_minor, kinds.to_minor,
    coalesce(told.cause, 'agreement') as cause, told.subscription_id, told.evidence, told.proof
from kinds
left join told using (day)
