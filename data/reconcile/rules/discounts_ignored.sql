-- title: Lasting coupons are not taken off there
-- ours: A coupon that stands is taken off for as long as it does.
select client_key, currency, from_at, to_at, to_whole(gross_minor * net_of_tax * per_month) - full_mrr_minor as delta_minor
from item_values
where mode = 'on' and gross_minor > left_minor
