-- Items that others took the place of at one instant, as some callers change a plan; one row a subscription and such instant, with
-- what it was in words.
-- per client: subscription_id
-- kept as: view
with leaving as (
    select subscription_id, from_at from item_states where not is_present
),

steps as (
    select states.subscription_id, states.from_at, states.is_present, coalesce(products.name, prices.nickname, prices.price_id) as name
    from item_states as states
    semi join leaving using (subscription_id, from_at)
    join stg_stripe__prices as prices using (price_id)
    left join stg_stripe__products as products using (product_id)
    where states.is_present is distinct from coalesce(states.was_present, false)
)

select
    subscription_id, from_at,
    string_agg(distinct name, ', ' order by name) filter (not is_present) as gone,
    string_agg(distinct name, ', ' order by name) filter (is_present) as come,
    if(gone = come, gone || ': price changed', gone || ' → ' || come) as cause
from steps
group by all
having come is not null
