-- Lines that show an item otherwise than the line before it did: renewals that repeat what stands are left out, so that what
-- follows has little to read; one row as in recurring_lines.
with lines as (
    select
        subscription_id, subscription_item_id, period_start_at, period_end_at, price_id, quantity, is_proration, is_credit, invoice_id,
        lag(price_id) over item as price_before, lag(quantity) over item as quantity_before,
        lag(is_proration) over item or lag(is_credit) over item as was_proration
    from recurring_lines
    window item as (partition by subscription_item_id order by period_start_at, is_credit desc)
)

select * exclude (price_before, quantity_before, was_proration)
from lines
where is_proration or is_credit or was_proration is not false or price_id <> price_before or quantity <> quantity_before
