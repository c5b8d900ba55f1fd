-- title: Prices paid
-- unit: minor units of the currency
-- grain: one row a subscription item or agreement in force
-- definition: What each client pays now for each item: its tier, price, quantity, interval and what it is worth a month.
-- formula: monthly amount net of lasting discounts and tax
with in_force as (
    select spans.*
    from client_spans as spans
    cross join params
    where spans.from_at <= params.as_of and (spans.to_at is null or spans.to_at > params.as_of) and spans.mrr_minor > 0
),

agreed as (
    select agreement_id, months, paid_until_on from agreement_spans
)

select
    clients.client_id, clients.client_name, in_force.currency, in_force.tier, in_force.subscription_id, in_force.subscription_item_id,
    products.name as product_name, in_force.price_id, prices.unit_amount as unit_amount_minor, coalesce(in_force.quantity, 1) as quantity,
    coalesce(prices.interval_unit, 'month') as interval, coalesce(prices.interval_count, agreed.months, 1) as interval_count,
    in_force.mrr_minor, in_force.is_in_price_book,
    strftime(coalesce(subscriptions.period_end_at::date, agreed.paid_until_on), '%Y-%m-%d') as next_renewal_on,
    if(agreed.agreement_id is null, 'stripe', 'agreement') as paid_through
from in_force
join clients_dim as clients using (client_key)
left join subscriptions using (subscription_id)
left join stg_stripe__prices as prices on prices.price_id = in_force.price_id and prices.currency = in_force.currency
left join stg_stripe__products as products on products.product_id = in_force.product_id
left join agreed on agreed.agreement_id = in_force.subscription_id
where $currency is null or in_force.currency = $currency
order by in_force.mrr_minor desc, clients.client_name, in_force.subscription_item_id
