-- title: Amounts unknown
-- unit: none
-- grain: one row a subscription item in force now
-- definition: Items whose price can't be told: its tiers are not known, and no invoice shows what was charged. They count as 0 in every figure until it is known, and are named so that the 0 is never taken for a price.
-- formula: an item in force with a price whose amount neither the price, its tiers nor a line of an invoice gives
select
    clients.client_id, clients.client_name, spans.currency, spans.subscription_id, spans.subscription_item_id, spans.price_id,
    products.name as product_name, strftime(spans.from_at, '%Y-%m-%d') as since_on
from mrr_spans as spans
join client_parties as parties on parties.party_id = spans.customer_id
join clients_dim as clients using (client_key)
left join stg_stripe__products as products on products.product_id = spans.product_id
cross join params
where spans.is_amount_unknown and spans.from_at <= params.as_of and (spans.to_at is null or spans.to_at > params.as_of)
    and ($currency is null or spans.currency = $currency)
order by clients.client_name, spans.subscription_item_id
