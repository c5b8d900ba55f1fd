-- Charges with their client, cut into local days; one row a charge.
-- per client: customer_id
select
    charges.charge_id, charges.customer_id, parties.client_key, charges.currency, charges.status, charges.amount_minor, charges.refunded_minor,
    charges.invoice_id, charges.created_at,
    timezone(params.time_zone, timezone('UTC', charges.created_at))::date as charged_on
from stg_stripe__charges as charges
left join client_parties as parties on parties.party_id = charges.customer_id
cross join params
where charges.created_at <= params.as_of
