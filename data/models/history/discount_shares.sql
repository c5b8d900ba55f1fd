-- What an amount off took from an item's line, from the period on in which that changed: where the items of a subscription are billed
-- at different intervals, each invoice shares the amount among those on it. One row an item, discount and step.
-- per client: subscription_id
-- kept as: nothing
-- empty without: discount_spans
with lines as (
    select lowered.subscription_id, lowered.subscription_item_id, lowered.discount_id, lowered.period_start_at, max(lowered.amount_minor) as amount_minor
    from lowered_lines as lowered
    semi join (select discount_id from discount_spans where percent_off is null or percent_off = 0) as amounts using (discount_id)
    where not lowered.is_proration and not lowered.is_credit
    group by all
)

select subscription_id, subscription_item_id, discount_id, period_start_at as from_at, amount_minor
from lines
qualify amount_minor is distinct from lag(amount_minor) over (partition by subscription_item_id, discount_id order by period_start_at)
