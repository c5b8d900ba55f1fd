-- title: Lost while paused
-- unit: none: the MRR was 0 already
-- grain: one row a client, currency and day
-- definition: Clients who left for good while they paid nothing, because they were paused or had everything off. Their MRR went when the pause or the discount began, so they are no churned customers; they are told apart.
-- formula: nothing stands any more on that day, and MRR was 0 the day before
select
    strftime(moves.change_on, '%Y-%m-%d') as date, strftime(moves.month, '%Y-%m') as month, clients.client_id, moves.currency,
    clients.client_name, moves.cause, moves.subscription_id
from movements_fct as moves
join clients_dim as clients using (client_key)
where moves.kind = 'lost_while_paused'
    and ($start is null or moves.month >= $start::date) and ($end is null or moves.month <= $end::date)
    and ($currency is null or moves.currency = $currency)
order by moves.change_on, clients.client_id, moves.currency
