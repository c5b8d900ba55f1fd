-- What each quantity of each price costs a billing period, before discounts, in (possibly fractional) minor units;
-- null where the price's tiers are unknown, with what else the price says; one row a price, currency and quantity.
-- per client: shared
with wanted as (
    select distinct states.price_id, subscriptions.currency, states.quantity
    from item_states as states
    join subscriptions using (subscription_id)
    where states.is_present
    union
    select scheduled.price_id, subscriptions.currency, scheduled.quantity
    from stg_stripe__scheduled_items as scheduled
    join subscriptions using (subscription_id)
),

units as (
    select
        wanted.*, prices.price_id is not null as is_price_known, prices.product_id, prices.interval_unit, prices.interval_count,
        coalesce(prices.is_metered, false) as is_metered, prices.unit_amount, prices.is_tiered, prices.tiers_mode,
        case
            when prices.divide_by is null then wanted.quantity
            when prices.divide_round = 'up' then ceil(wanted.quantity / prices.divide_by)
            else floor(wanted.quantity / prices.divide_by)
        end as billed_units
    from wanted
    left join stg_stripe__prices as prices using (price_id, currency)
),

stepped as (
    select
        units.price_id, units.currency, units.quantity,
        case units.tiers_mode
            when 'graduated' then sum(
                (least(units.billed_units, coalesce(steps.up_to_units, units.billed_units)) - steps.from_units) * steps.unit_amount + steps.flat_amount
            ) filter (units.billed_units > steps.from_units or steps.step_no = 1)
            else sum(units.billed_units * steps.unit_amount + steps.flat_amount) filter (
                units.billed_units <= coalesce(steps.up_to_units, units.billed_units)
                and (units.billed_units > steps.from_units or steps.step_no = 1)
            )
        end as gross_minor
    from units
    join stg_stripe__price_tiers as steps using (price_id, currency)
    group by units.price_id, units.currency, units.quantity, units.tiers_mode
)

select
    units.price_id, units.currency, units.quantity, units.is_price_known, units.product_id, units.interval_unit, units.interval_count,
    units.is_metered,
    if(units.is_tiered, stepped.gross_minor, units.unit_amount * units.billed_units) as gross_minor
from units
left join stepped using (price_id, currency, quantity)
