-- Lines that show an item otherwise than the line before it did: renewals that repeat what stands are left out, so that what
-- follows has little to read; one row as in recurring_lines.
-- per client: subscription_id
-- kept as: nothing
with lines as (
    select
        line_no, hash(subscription_item_id) as item, hash(price_id) as price, quantity, is_proration or is_credit as is_correction, is_credit,
        period_start_at, period_end_at, hash(invoice_id) as invoice
    from recurring_lines
),

-- What an item showed from when to when. Where that never overlaps, as for most items, the first line of each is all that counts.
shown as (
    select item, hash(item, price, quantity) as run, min(period_start_at) as first_at, max(period_start_at) as last_at, bool_or(is_correction) as is_corrected
    from lines
    group by all
),

overlapping as (
    select item from shown
    qualify is_corrected or first_at <= lag(last_at) over (partition by item order by first_at, last_at)
),

firsts as (
    select lines.line_no, lines.item, shown.run
    from lines
    join shown on shown.run = hash(lines.item, lines.price, lines.quantity) and shown.first_at = lines.period_start_at
),

tangled as (
    select item from overlapping
    union
    select any_value(item) from firsts group by run having count(*) > 1
),

in_order as (
    select line_no
    from (select *, hash(price, quantity, is_correction) as shown from lines where item in (select item from tangled))
    window by_item as (partition by item order by period_start_at, is_credit desc, period_end_at, invoice, price, quantity)
    qualify is_correction or lag(shown) over by_item is distinct from shown
)

select
    subscription_id, subscription_item_id, period_start_at, period_end_at, price_id, quantity, is_proration, is_credit, invoice_id
from recurring_lines
where line_no in (
    select line_no from in_order union all select line_no from firsts where item not in (select item from tangled)
)
