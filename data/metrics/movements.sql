-- title: Movements
-- unit: minor units of the currency
-- grain: one row a client, currency and day with a change
-- definition: Each change of a client's MRR, on its day, with what caused it.
-- formula: MRR at the day's end − MRR at the end of the day before
select
    strftime(moves.change_on, '%Y-%m-%d') as date, strftime(moves.month, '%Y-%m') as month, clients.client_id, moves.currency, moves.kind,
    moves.amount_minor, moves.from_minor, moves.to_minor, moves.cause, clients.client_name, moves.subscription_id, moves.evidence, moves.proof
from movements_fct as moves
join clients_dim as clients using (client_key)
where moves.kind <> 'lost_while_paused'
    and ($start is null or moves.month >= $start::date) and ($end is null or moves.month <= $end::date)
    and ($currency is null or moves.currency = $currency)
order by moves.change_on, clients.client_id, moves.currency
