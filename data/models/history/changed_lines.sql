-- Lines that show an item otherwise than the line before it did: renewals that repeat what stands are left out, so that what
-- follows has little to read; one row as in recurring_lines.
-- per client: subscription_id
-- kept as: nothing
with lines as (
    select
        line_no, hash(subscription_item_id) as item, hash(price_id) as price, quantity, is_proration or is_credit as is_correction, is_credit,
        period_start_at, period_end_at, hash(invoice_id) as invoice,
        -- In seconds, with room for a line's number below: told so, a run's first line needs no second look.
        least(greatest(epoch_us(period_start_at) // 1000000, 0), 4294967295) * 2147483648 as place
    from recurring_lines
    where period_start_at is not null
),

-- What an item showed from when to when, with the lowest and the highest number of the lines that showed it first.
shown as (
    select
        item, min(period_start_at) as first_at, max(period_end_at) as end_at,
        min(place + line_no) - min(place) as lowest_no, min(place) - min(place - line_no) as highest_no,
        bool_or(is_correction or period_end_at <= period_start_at) as is_odd
    from lines
    group by item, hash(price, quantity)
),

-- Where one ends exactly as the next begins, as for most items, nothing overlaps, and the first line of each is all that counts:
-- then all ends but the last are all starts but the first.
tangled as (
    select item from shown
    group by item
    having bool_or(is_odd or lowest_no <> highest_no)
        or sum(hash(first_at)) - hash(min(first_at)) <> sum(hash(end_at)) - hash(max(end_at))
),

in_order as (
    select line_no
    from (select *, hash(price, quantity, is_correction) as shown from lines semi join tangled using (item))
    window by_item as (partition by item order by period_start_at, is_credit desc, period_end_at, invoice, price, quantity)
    qualify is_correction or lag(shown) over by_item is distinct from shown
)

select
    subscription_id, subscription_item_id, period_start_at, period_end_at, price_id, quantity, is_proration, is_credit, invoice_id
from recurring_lines
where line_no in (
    select line_no from in_order union all select lowest_no from shown anti join tangled using (item)
)
