-- title: Coverage by agreements
-- unit: minor units of the currency, a month
-- grain: one row a client and currency with MRR, or with an agreement that is signed or awaits its signature
-- definition: Whether each client who pays has a signed agreement, and whether that says what is billed: the same fee and tier.
-- formula: missing = MRR and no agreement sent; awaiting = sent, none signed; expired = its term is over; differs = signed fee ≠ MRR, or signed tier ≠ the tier billed; unbilled = signed, no MRR; covered = the same. Several agreements of a client add up
with billed as (
    select client_key, currency, mrr_minor, tier from clients_now where mrr_minor > 0
),

agreed as (
    select
        client_key, any_value(client_id) as client_id, any_value(client_name) as client_name, currency,
        sum(monthly_minor) filter (is_in_force)::bigint as agreed_minor,
        string_agg(distinct tier, ', ') filter (is_in_force) as agreed_tier,
        count(*) filter (is_in_force) as in_force, count(*) filter (state = 'sent') as awaiting,
        count(*) filter (state = 'signed' and not is_in_force) as expired,
        arg_max(agreement_id, (is_in_force::integer, state = 'sent', agreement_id, revision)) as agreement_id,
        max(revision) filter (is_in_force) as revision, max(sent_on) filter (state = 'sent') as sent_on
    from written_agreements
    where state in ('sent', 'signed')
    group by client_key, if(client_key is null, agreement_id, null), currency
),

elsewhere as (
    select client_key, min(currency) as currency from agreed where in_force > 0 and client_key is not null group by client_key
),

found as (
    select
        coalesce(billed.client_key, agreed.client_key) as client_key, coalesce(billed.currency, agreed.currency) as currency,
        billed.mrr_minor, billed.tier, agreed.* exclude (client_key, currency), elsewhere.currency as agreed_currency
    from billed
    full join agreed on agreed.client_key = billed.client_key and agreed.currency = billed.currency
    left join elsewhere on elsewhere.client_key = billed.client_key
)

select
    coalesce(clients.client_id, found.client_id) as client_id, coalesce(clients.client_name, found.client_name) as client_name,
    found.currency, coalesce(found.mrr_minor, 0) as mrr_minor, found.tier, agreement_id, revision, agreed_minor, agreed_tier,
    strftime(sent_on, '%Y-%m-%d') as sent_on,
    case
        when coalesce(found.mrr_minor, 0) = 0 then if(coalesce(in_force, 0) > 0, 'unbilled', 'awaiting')
        when coalesce(in_force, 0) > 0
            then if(agreed_minor <> found.mrr_minor or (in_force = 1 and agreed_tier <> found.tier), 'differs', 'covered')
        when coalesce(awaiting, 0) > 0 then 'awaiting'
        when coalesce(expired, 0) > 0 then 'expired'
        when agreed_currency is not null then 'differs'
        else 'missing'
    end as state,
    coalesce(awaiting, 0) > 0 as is_awaiting, agreed_currency, strftime(standing.since_on, '%Y-%m-%d') as since_on
from found
left join clients_dim as clients using (client_key)
left join clients_now as standing on standing.client_key = found.client_key and standing.currency = found.currency
where ($currency is null or found.currency = $currency) and (found.mrr_minor > 0 or in_force > 0 or awaiting > 0)
order by found.mrr_minor desc nulls last, client_name
