-- When each agreement that goes on is paid next, and for how long; one row an agreement that is not over. `base_on`: the day from
-- which terms are counted, the end of what is paid. `is_due_again`: that day counts although it is past (the grace).
select
    parties.client_key, agreements.agreement_id, agreements.currency, agreements.amount_minor, agreements.months, agreements.ends_on,
    coalesce(agreements.paid_until_on, agreements.starts_on) as base_on, agreements.paid_until_on is not null as is_due_again, params.today
from stg_agreements__agreements as agreements
join client_parties as parties on parties.party_id = agreements.client_id
join agreement_spans as spans using (agreement_id)
cross join params
where spans.to_at is null or spans.to_at > params.as_of
