-- title: Tiers given by hand
-- unit: none
-- grain: one row a Stripe price or product that the user gave a tier
-- definition: Which prices and products count as which tier because the user said so, against or beside the price book.
-- formula: the user's own mappings, newest first
select
    mappings.stripe_id, coalesce(products.name, priced.name, mappings.stripe_id) as product_name, mappings.tier,
    products.product_id is not null as is_product, strftime(mappings.mapped_at, '%Y-%m-%d') as mapped_on
from tier_mappings as mappings
left join stg_stripe__products as products on products.product_id = mappings.stripe_id
left join (
    select prices.price_id, any_value(products.name) as name
    from stg_stripe__prices as prices
    left join stg_stripe__products as products using (product_id)
    group by prices.price_id
) as priced on priced.price_id = mappings.stripe_id
order by mappings.mapped_at desc, mappings.stripe_id
