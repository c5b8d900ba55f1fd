-- title: A price for several months counts there in the month it is billed
-- ours: A price for several months is spread evenly over them.
with long as (
    select * from item_values where mode = 'on' and per_month < 1 and mrr_minor > 0
),

billed as (
    select long.client_key, long.currency, long.subscription_item_id, to_whole(long.left_minor * long.net_of_tax) as amount_minor,
        date_trunc('month', timezone(params.time_zone, timezone('UTC', lines.period_start_at))) as month, params.time_zone
    from long
    join recurring_lines as lines
        on lines.subscription_item_id = long.subscription_item_id and not lines.is_credit and not lines.is_proration
        and lines.period_start_at >= long.from_at and (long.to_at is null or lines.period_start_at < long.to_at)
    cross join params
)

select client_key, currency, from_at, to_at, -mrr_minor as delta_minor from long
union all
select
    client_key, currency, timezone('UTC', timezone(time_zone, month)), timezone('UTC', timezone(time_zone, month + interval 1 month)),
    amount_minor
from billed
