-- Why a subscription's MRR may change at an instant, in words, with what proves it; one row a subscription, instant and cause,
-- the most telling (lowest `rank`) first.
-- per client: subscription_id
-- kept as: view
with stood as (
    select * from subscriptions where has_stood
),

ends as (
    select
        subscription_id, ended_at as happened_at, 1 as rank,
        'canceled' || coalesce(': ' || replace(coalesce(nullif(cancellation_feedback, ''), cancellation_reason), '_', ' '), '')
            || coalesce(' (' || nullif(trim(cancellation_comment), '') || ')', '') as cause,
        'subscription' as evidence, subscription_id as proof
    from stood
    where ended_at is not null
),

starts as (
    select
        subscription_id, if(trial_until_at > start_at, trial_until_at, start_at) as happened_at, 2 as rank,
        if(trial_until_at > start_at, 'trial ended, paying now', 'subscription started') as cause,
        'subscription' as evidence, subscription_id as proof
    from stood
),

modes as (
    select
        subscription_id, from_at as happened_at, 3 as rank,
        case mode when 'paused' then 'paused' when 'off' then 'unpaid after failed payments' else 'resumed' end as cause,
        'subscription' as evidence, subscription_id as proof
    from subscription_modes
    where not is_first
),

discounts as (
    select subscription_id, from_at as happened_at, 5 as rank, 'coupon ' || coupon_id || ' began' as cause, 'discount' as evidence, discount_id as proof
    from discount_spans
    union all
    select subscription_id, to_at, 5,
        'coupon ' || coupon_id || if(to_at = removed_at, ' was removed', ' ended'), 'discount', discount_id
    from discount_spans
    where to_at is not null
),

names as (
    select price_id, any_value(coalesce(products.name, prices.nickname, prices.price_id)) as name
    from stg_stripe__prices as prices
    left join stg_stripe__products as products using (product_id)
    group by all
),

items as (
    select
        steps.subscription_id, steps.from_at as happened_at, 4 as rank,
        case
            when steps.is_present is distinct from coalesce(steps.was_present, false) and swaps.cause is not null then swaps.cause
            when not steps.is_present then names.name || ' removed'
            when not coalesce(steps.was_present, false) then names.name || ' added'
            when steps.price_id = steps.old_price_id
                then names.name || ': quantity ' || format('{:g}', steps.old_quantity) || ' → ' || format('{:g}', steps.quantity)
            when names.name = old_names.name then names.name || ': price changed'
            else old_names.name || ' → ' || names.name
        end as cause,
        steps.evidence, steps.proof
    from item_states as steps
    left join item_swaps as swaps using (subscription_id, from_at)
    left join names on names.price_id = steps.price_id
    left join names as old_names on old_names.price_id = steps.old_price_id
)

select * from ends
union all
select * from starts
union all
select * from modes
union all
select * from items
union all
select * from discounts
