-- Lines that show an item otherwise than the line before it did: renewals that repeat what stands are left out, so that what
-- follows has little to read; one row as in recurring_lines.
-- per client: subscription_id
-- Sorted as numbers, and joined to what they stand for afterwards: texts would be most of the work.
with lines as (
    select
        rowid as line_no, hash(subscription_item_id) as item, hash(price_id) as price, quantity, is_proration, is_credit,
        period_start_at, period_end_at, hash(invoice_id) as invoice
    from recurring_lines
),

in_order as (
    select
        line_no, price, quantity, is_proration or is_credit as is_correction,
        lag(price) over by_item as price_before, lag(quantity) over by_item as quantity_before,
        lag(is_proration or is_credit) over by_item as was_correction
    from lines
    window by_item as (partition by item order by period_start_at, is_credit desc, period_end_at, invoice, price, quantity)
),

changed as (
    select line_no from in_order
    where is_correction or was_correction is not false or price <> price_before or quantity <> quantity_before
)

select
    subscription_id, subscription_item_id, period_start_at, period_end_at, price_id, quantity, is_proration, is_credit, invoice_id
from recurring_lines
where rowid in (select line_no from changed)
