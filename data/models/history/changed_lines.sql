-- Lines that show an item otherwise than the line before it did: renewals that repeat what stands are left out, so that what
-- follows has little to read; one row as in recurring_lines.
-- per client: subscription_id
-- kept as: nothing
-- Sorted as numbers, and joined to what they stand for afterwards: texts would be most of the work.
with lines as (
    select
        line_no, hash(subscription_item_id) as item, hash(price_id) as price, quantity, is_proration or is_credit as is_correction, is_credit,
        period_start_at, period_end_at, hash(invoice_id) as invoice
    from recurring_lines
),

changed as (
    select line_no
    from (select *, hash(price, quantity, is_correction) as shown from lines)
    window by_item as (partition by item order by period_start_at, is_credit desc, period_end_at, invoice, price, quantity)
    qualify is_correction or lag(shown) over by_item is distinct from shown
)

select
    subscription_id, subscription_item_id, period_start_at, period_end_at, price_id, quantity, is_proration, is_credit, invoice_id
from recurring_lines
where line_no in (select line_no from changed)
