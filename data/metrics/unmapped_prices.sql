-- title: Prices not in the price book
-- unit: minor units of the currency; clients
-- grain: one row a Stripe price and currency that was ever paid and that neither the price book claims nor the user has mapped
-- definition: Prices that count under their Stripe product's name until they are given a tier, with the clients that pay them now and what they bring a month.
-- formula: clients and MRR of the items in force with that price
with paid as (
    select
        spans.price_id, spans.product_id, spans.currency,
        count(distinct spans.client_key) filter (spans.from_at <= params.as_of and (spans.to_at is null or spans.to_at > params.as_of)) as clients,
        coalesce(sum(spans.mrr_minor) filter (spans.from_at <= params.as_of and (spans.to_at is null or spans.to_at > params.as_of)), 0)::bigint as mrr_minor,
        count(distinct spans.client_key) as clients_ever
    from client_spans as spans
    cross join params
    where spans.price_id is not null and not spans.is_in_price_book
    group by all
    having max(spans.mrr_minor) > 0
)

select
    paid.price_id, paid.product_id, coalesce(products.name, paid.product_id, paid.price_id) as product_name, paid.currency,
    prices.unit_amount as unit_amount_minor, coalesce(prices.interval_unit, 'month') as interval, coalesce(prices.interval_count, 1) as interval_count,
    paid.clients, paid.mrr_minor, paid.clients_ever
from paid
left join stg_stripe__prices as prices using (price_id, currency)
left join stg_stripe__products as products on products.product_id = paid.product_id
where $currency is null or paid.currency = $currency
order by paid.mrr_minor desc, paid.clients_ever desc, product_name, paid.price_id
