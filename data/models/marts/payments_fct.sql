-- Charges with their client, cut into local days; one row a charge.
-- per client: customer_id
select
    charges.charge_id, charges.customer_id, parties.client_key, charges.currency, charges.status, charges.amount_minor, charges.refunded_minor,
    charges.invoice_id, charges.created_at,
    local_day(charges.created_at, zone_days.shift, params.time_zone) as charged_on
from stg_stripe__charges as charges
left join client_parties as parties on parties.party_id = charges.customer_id
cross join params
left join zone_days on zone_days.utc_day = charges.created_at::date
where charges.created_at <= params.as_of
