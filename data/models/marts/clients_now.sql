-- Each client with its state at `as_of`, churned ones too; one row a client and currency in which it ever was one.
-- per client: client_key
with spells as (
    select * from client_spells where next_change_on is null
),

ever as (
    select client_key, currency, min(change_on) filter (mrr_minor > 0) as since_on, max(mrr_minor) > 0 as ever_paid
    from client_spells
    group by all
),

tiers as (
    select client_key, currency, arg_max(top_tier, (top_minor, top_tier)) as tier from in_force group by all
),

gone as materialized (
    select client_key, currency from spells anti join tiers using (client_key, currency)
),

last_tiers as (
    select client_key, currency, arg_max(tier, (from_at, mrr_minor, tier)) as tier
    from client_spans
    semi join gone using (client_key, currency)
    where exists (select 1 from gone)
    group by all
),

late as (
    select distinct parties.client_key
    from stg_stripe__subscription_versions as versions
    join client_parties as parties on parties.party_id = versions.customer_id
    where versions.is_newest and versions.status = 'past_due'
),

leaving as (
    select client_key, currency, min(leaves_on) as leaves_on, sum(mrr_minor)::bigint as leaving_minor from leaving group by all
)

select
    spells.client_key, spells.currency, spells.mrr_minor,
    coalesce(tiers.tier, last_tiers.tier) as tier,
    case
        when spells.mrr_minor > 0 then 'paying'
        when spells.is_standing and spells.is_paused then 'paused'
        when spells.is_standing then 'comped'
        else 'churned'
    end as standing,
    ever.since_on,
    late.client_key is not null and spells.mrr_minor > 0 as is_past_due,
    leaving.leaves_on, coalesce(leaving.leaving_minor, 0) as leaving_minor,
    spells.change_on as changed_on
from spells
join ever using (client_key, currency)
left join tiers using (client_key, currency)
left join last_tiers using (client_key, currency)
left join late on late.client_key = spells.client_key
left join leaving on leaving.client_key = spells.client_key and leaving.currency = spells.currency
where ever.ever_paid or (spells.is_standing and spells.is_comped)
