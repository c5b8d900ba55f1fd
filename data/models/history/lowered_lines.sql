-- By how much each discount lowered each line of a subscription; one row a line (as in recurring_lines) and discount.
-- per client: subscription_id
with given as (
    select
        subscription_id, subscription_item_id, price_id, currency, period_start_at, period_end_at, is_proration, is_credit,
        unnest(discount_amounts) as discount_amount
    from recurring_lines
    where discounted_minor <> 0
)

select
    * exclude (discount_amount),
    id_of(discount_amount.discount) as discount_id,
    discount_amount.amount as amount_minor
from given
