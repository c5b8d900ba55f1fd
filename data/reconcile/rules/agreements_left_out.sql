-- title: Agreements outside Stripe are not counted there
-- ours: A retainer paid by transfer or in advance is MRR as any other.
select parties.client_key, spans.currency, spans.from_at, spans.to_at, -spans.mrr_minor as delta_minor
from agreement_spans as spans
join client_parties as parties on parties.party_id = spans.client_id
