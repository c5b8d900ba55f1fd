-- Movements of MRR, netted by day (definitions.md, Clients and movements); one row a client, currency and day with a change.
-- `lost_while_paused` has amount 0 and counts as no churn.
-- per client: client_key
with days as (
    select * from client_spells
),

kinds as (
    select
        client_key, currency, change_on, mrr_before_minor as from_minor, mrr_minor as to_minor,
        case
            when mrr_before_minor = 0 and mrr_minor > 0 and was_standing and had_mrr_in_spell then 'expansion'
            when mrr_before_minor = 0 and mrr_minor > 0 and had_mrr_before then 'reactivation'
            when mrr_before_minor = 0 and mrr_minor > 0 then 'new'
            when mrr_before_minor > 0 and mrr_minor = 0 and not is_standing then 'churn'
            when mrr_minor < mrr_before_minor then 'contraction'
            when mrr_minor > mrr_before_minor then 'expansion'
            when mrr_before_minor = 0 and was_standing and not is_standing and had_mrr_in_spell then 'lost_while_paused'
        end as kind
    from days
),

causes as (
    select
        parties.client_key, subscriptions.currency, causes.subscription_id, causes.rank, causes.cause, causes.evidence, causes.proof,
        local_day(causes.happened_at, zone_days.shift, params.time_zone) as change_on
    from change_causes as causes
    join subscriptions using (subscription_id)
    join client_parties as parties on parties.party_id = subscriptions.customer_id
    cross join params
    left join zone_days on zone_days.utc_day = causes.happened_at::date
    where causes.happened_at <= params.as_of
),

candidates as materialized (
    select kinds.client_key, kinds.currency, kinds.change_on, kinds.kind, causes.* exclude (client_key, currency, change_on)
    from causes
    semi join subscription_days as touched
        on touched.client_key = causes.client_key and touched.currency = causes.currency and touched.change_on = causes.change_on
        and touched.subscription_id = causes.subscription_id
    join kinds
        on kinds.client_key = causes.client_key and kinds.currency = causes.currency and kinds.change_on = causes.change_on
    where kinds.kind is not null
),

several as (
    select client_key, currency, change_on from candidates group by all having count(*) > 1
),

told as (
    select client_key, currency, change_on, cause, subscription_id, evidence, proof
    from candidates
    anti join several using (client_key, currency, change_on)
    union all by name
    select client_key, currency, change_on, unnest(arg_min(
        {'cause': cause, 'subscription_id': subscription_id, 'evidence': evidence, 'proof': proof},
        (abs((rank = 1)::integer - (kind in ('churn', 'contraction'))::integer), rank, cause, subscription_id, proof)
    ))
    from candidates
    semi join several using (client_key, currency, change_on)
    group by client_key, currency, change_on
)

select
    kinds.client_key, kinds.currency, kinds.change_on, date_trunc('month', kinds.change_on)::date as month,
    kinds.kind, abs(kinds.to_minor - kinds.from_minor)::bigint as amount_minor, kinds.from_minor, kinds.to_minor,
    coalesce(told.cause, 'agreement') as cause, told.subscription_id, told.evidence, told.proof
from kinds
left join told using (client_key, currency, change_on)
where kinds.kind is not null
