-- title: Changes of tiers, client by client
-- unit: minor units of the currency, a month
-- grain: one row a client, currency, tier and day on which its MRR in that tier changed
-- definition: Who changed a tier's MRR, when, and what caused it; a move from one tier to another stands once in each.
-- formula: a month's changes of a tier add up to its closing − its opening
select
    strftime(changes.change_on, '%Y-%m-%d') as date, strftime(changes.month, '%Y-%m') as month, changes.tier, clients.client_id,
    clients.client_name, changes.currency, changes.delta_minor::bigint as change_minor, coalesce(moves.cause, '') as cause,
    moves.subscription_id, moves.proof
from tier_movements_fct as changes
join clients_dim as clients using (client_key)
left join movements_fct as moves using (client_key, currency, change_on)
where ($start is null or changes.month >= $start::date) and ($end is null or changes.month <= $end::date)
    and ($currency is null or changes.currency = $currency)
order by changes.change_on, clients.client_name, clients.client_id, changes.tier
