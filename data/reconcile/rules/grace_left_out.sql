-- title: A prepaid term counts there to its last paid day only
-- ours: A prepaid term that was not renewed goes on for the days of grace.
-- setting: grace_days
select parties.client_key, spans.currency, timezone('UTC', timezone(params.time_zone, spans.paid_until_on::timestamp)) as from_at, spans.to_at,
    -spans.mrr_minor as delta_minor
from agreement_spans as spans
join client_parties as parties on parties.party_id = spans.client_id
cross join params
where spans.is_renewal_overdue
