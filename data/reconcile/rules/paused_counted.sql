-- title: A paused subscription goes on counting there
-- ours: A paused subscription stands with 0 MRR.
select client_key, currency, from_at, to_at, full_mrr_minor as delta_minor from item_values where mode = 'paused'
