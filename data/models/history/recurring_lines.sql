-- Invoice lines of subscriptions, each tied to its subscription item, graduated lines of one price added up;
-- one row an invoice, item, price, period and direction. `line_no` tells them apart within one build.
-- per client: subscription_id
-- kept as: view
with straight as (
    select price_id from stg_stripe__prices where interval_unit is not null group by price_id having not bool_or(is_tiered)
)

select
    lines.rowid as line_no, lines.invoice_id, lines.customer_id, lines.subscription_id, lines.subscription_item_id, lines.price_id, lines.currency,
    lines.period_start_at, lines.period_end_at, lines.is_proration, lines.is_credit, lines.quantity, lines.amount_minor,
    lines.discounted_minor, lines.inclusive_tax_minor, lines.discount_amounts
from stg_stripe__invoice_lines as lines
semi join straight on straight.price_id = lines.price_id
where lines.subscription_item_id is not null and not lines.is_one_off
union all by name
select -1 - rowid as line_no, * from tied_lines
