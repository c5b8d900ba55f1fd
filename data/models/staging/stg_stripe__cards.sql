-- Cards on file; one row a payment method. A card works until the last day of its month.
select
    id as payment_method_id,
    coalesce(payload ->> '$.customer.id', payload ->> '$.customer') as customer_id,
    payload ->> '$.card.last4' as card_last4,
    last_day(make_date((payload ->> '$.card.exp_year')::integer, (payload ->> '$.card.exp_month')::integer, 1)) as expires_on,
    to_timestamp((payload ->> '$.created')::bigint)::timestamp as created_at
from raw_stripe__payment_methods
where gone_at is null and (payload ->> '$.card.exp_year') is not null
