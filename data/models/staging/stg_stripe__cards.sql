-- Cards on file, listed by themselves or shown inside a customer or a subscription, in either shape; one row a card.
-- A card works until the last day of its month.
-- per client: customer_id
with shown as (
    select id, coalesce(payload ->> '$.customer.id', payload ->> '$.customer') as customer_id, payload, 1 as rank
    from raw_stripe__payment_methods
    where gone_at is null
    union all
    select null, id, payload -> '$.invoice_settings.default_payment_method', 2 from raw_stripe__customers where gone_at is null
    union all
    select null, id, payload -> '$.default_source', 3 from raw_stripe__customers where gone_at is null
    union all
    select null, id, unnest(from_json(payload -> '$.sources.data', '["json"]')), 4 from raw_stripe__customers where gone_at is null
    union all
    select null, coalesce(payload ->> '$.customer.id', payload ->> '$.customer'), unnest([payload -> '$.default_payment_method', payload -> '$.default_source']), 5
    from raw_stripe__subscriptions
    where gone_at is null
),

-- A card as a source carries its numbers itself, a payment method under `card`.
read as (
    select
        coalesce(id, payload ->> '$.id') as payment_method_id, customer_id, rank,
        coalesce(payload ->> '$.card.last4', payload ->> '$.last4') as card_last4,
        coalesce(payload ->> '$.card.exp_year', payload ->> '$.exp_year')::integer as expires_year,
        coalesce(payload ->> '$.card.exp_month', payload ->> '$.exp_month')::integer as expires_month,
        to_timestamp((payload ->> '$.created')::bigint)::timestamp as created_at
    from shown
)

select payment_method_id, customer_id, card_last4, last_day(make_date(expires_year, expires_month, 1)) as expires_on, created_at
from read
where payment_method_id is not null and expires_year is not null and expires_month between 1 and 12
qualify row_number() over (
    partition by payment_method_id order by rank, customer_id, expires_year, expires_month, created_at, card_last4
) = 1
