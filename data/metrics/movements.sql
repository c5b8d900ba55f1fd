-- title: Movements
-- unit: minor units of the currency; customers
-- grain: one row a client, currency and day with a change
-- definition: Each change of a client's MRR, on its day, with what caused it, and what it did to the number of customers and to ARPA.
-- formula: MRR at the day's end − MRR at the end of the day before; ARPA step = (that − ARPA at opening × customers step) ÷ customers at closing, rounded along their running sum, so that the month's steps add up to its change of ARPA
with moves as (
    select *, (to_minor > 0)::hugeint - (from_minor > 0)::hugeint as customers_step
    from movements_fct
    where kind <> 'lost_while_paused'
        and ($start is null or month >= $start::date) and ($end is null or month <= $end::date)
        and ($currency is null or currency = $currency)
),

stepped as (
    select
        moves.*, months.customers_opening > 0 and months.customers_closing > 0 as has_arpa,
        2 * months.customers_opening::hugeint * months.customers_closing as whole,
        2 * months.opening_minor::hugeint * months.customers_closing + months.customers_opening::hugeint * months.customers_closing as before,
        2 * (months.customers_opening * (to_minor - from_minor)::hugeint - months.opening_minor * customers_step) as step
    from moves
    join mrr_months as months using (month, currency)
),

summed as (
    select
        *, sum(step) over (partition by month, currency order by change_on, client_key rows unbounded preceding) as steps
    from stepped
)

select
    strftime(moves.change_on, '%Y-%m-%d') as date, strftime(moves.month, '%Y-%m') as month, clients.client_id, moves.currency, moves.kind,
    moves.amount_minor, moves.from_minor, moves.to_minor, moves.cause, clients.client_name, moves.subscription_id, moves.evidence, moves.proof,
    moves.customers_step::bigint as customers_step,
    if(has_arpa, (before + steps) // whole - (before + steps - step) // whole, null)::bigint as arpa_step_minor
from summed as moves
join clients_dim as clients using (client_key)
order by moves.change_on, clients.client_id, moves.currency
