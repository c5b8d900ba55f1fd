-- The steps of tiered prices: amounts for units above `from_units` up to `up_to_units` (null: without end); one row a step.
with steps as (
    select price_id, currency, unnest(from_json(tiers, '["json"]')) as step, generate_subscripts(from_json(tiers, '["json"]'), 1) as step_no
    from stg_stripe__prices
    where is_tiered and json_array_length(tiers) > 0
),

read as (
    select
        price_id, currency, step_no,
        (step ->> '$.up_to')::double as up_to_units,
        coalesce((step ->> '$.unit_amount_decimal')::double, (step ->> '$.unit_amount')::double, 0) as unit_amount,
        coalesce((step ->> '$.flat_amount_decimal')::double, (step ->> '$.flat_amount')::double, 0) as flat_amount
    from steps
)

select
    *,
    coalesce(lag(up_to_units) over (partition by price_id, currency order by step_no), 0) as from_units
from read
