-- The tier of each Stripe price: as the user mapped it, else as the price book claims it, else its product under its own name,
-- flagged as not in the price book; one row a price.
with prices as (
    select price_id, any_value(product_id) as product_id, any_value(lookup_key) as lookup_key, any_value(nickname) as nickname
    from stg_stripe__prices
    group by price_id
),

keys as (
    select price_id, unnest([price_id, lookup_key, product_id, products.name]) as key, unnest([1, 2, 3, 4]) as rank,
        coalesce(products.name, product_id, nickname, price_id) as own_name
    from prices
    left join stg_stripe__products as products using (product_id)
),

found as (
    select keys.price_id, keys.own_name,
        arg_min(mappings.tier, (keys.rank, mappings.tier)) as mapped_tier,
        arg_min(claims.tier, (keys.rank, claims.tier_rank)) as claimed_tier
    from keys
    left join tier_mappings as mappings on mappings.stripe_id = keys.key
    left join tier_claims as claims on claims.claim = keys.key
    group by all
)

select
    found.price_id,
    coalesce(mapped_tier, claimed_tier, own_name) as tier,
    mapped_tier is not null or claimed_tier is not null as is_in_price_book
from found
