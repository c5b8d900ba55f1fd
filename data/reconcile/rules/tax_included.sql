-- title: Tax inside the price is counted there
-- ours: Tax is never MRR; tax inside a price is taken out.
select client_key, currency, from_at, to_at, to_whole(left_minor * per_month) - full_mrr_minor as delta_minor
from item_values
where mode = 'on' and net_of_tax < 1
