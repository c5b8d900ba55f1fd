-- title: A broken first period counts there with what was billed for it
-- ours: The full price counts from the first day of a broken first period.
with firsts as (
    select * from recurring_lines
    where not is_credit and amount_minor > 0
    qualify row_number() over (partition by subscription_item_id order by period_start_at, period_end_at) = 1
)

select items.client_key, items.currency, firsts.period_start_at as from_at, least(firsts.period_end_at, items.to_at) as to_at,
    to_whole((firsts.amount_minor - firsts.discounted_minor) * items.net_of_tax) - items.mrr_minor as delta_minor
from firsts
join item_values as items
    on items.subscription_item_id = firsts.subscription_item_id
    and items.from_at <= firsts.period_start_at and (items.to_at is null or items.to_at > firsts.period_start_at)
where items.per_month = 1 and firsts.amount_minor < items.gross_minor
