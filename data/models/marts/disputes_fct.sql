-- Disputes with whose they are and how each stands; one row a dispute that had begun.
-- kept as: view
select
    disputes.dispute_id, disputes.charge_id, charges.invoice_id, charges.customer_id, parties.client_key,
    disputes.currency, disputes.amount_minor, disputes.reason,
    case
        when disputes.decided_at > params.as_of then 'under review'
        when disputes.status = 'lost' then 'lost'
        when disputes.returned_at <= params.as_of then 'won'
        when disputes.status in ('warning_closed', 'prevented', 'charge_refunded') then 'closed'
        when disputes.status in ('needs_response', 'warning_needs_response') and coalesce(disputes.answer_by_at > params.as_of, true) then 'to answer'
        else 'under review'
    end as state,
    day_in(disputes.created_at, params.time_zone) as disputed_on,
    day_in(disputes.answer_by_at, params.time_zone) as answer_by_on,
    day_in(disputes.taken_at, params.time_zone) as taken_on,
    if(disputes.returned_at <= params.as_of, day_in(disputes.returned_at, params.time_zone), null) as returned_on
from stg_stripe__disputes as disputes
cross join params
left join stg_stripe__charges as charges on charges.charge_id = disputes.charge_id
left join client_parties as parties on parties.party_id = charges.customer_id
where disputes.created_at <= params.as_of
