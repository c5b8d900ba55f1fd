-- title: Cards expiring
-- unit: minor units of the currency
-- grain: one row a client with MRR, card in use and currency, whose card expires within 60 days or has expired
-- definition: Cards that pay the retainers of clients and will stop working, with the days on which to remind. Replaced cards drop out, as do those of clients who pay by invoice.
-- formula: the card that a subscription in force is charged to: its own, else the customer’s default, else the newest on file. It works until the last day of its month; remind 30 and 14 days before. MRR = what the client pays a month now
with charged as (
    select distinct
        spans.client_key, spans.currency, subscriptions.customer_id,
        coalesce(versions.payment_method_id, customers.default_payment_method_id) as payment_method_id
    from client_spans as spans
    cross join params
    join subscriptions using (subscription_id)
    join stg_stripe__subscription_versions as versions on versions.subscription_id = spans.subscription_id and versions.is_newest
    left join stg_stripe__customers as customers on customers.customer_id = subscriptions.customer_id
    where spans.from_at <= params.as_of and (spans.to_at is null or spans.to_at > params.as_of) and spans.mrr_minor > 0
        and subscriptions.collection_method <> 'send_invoice'
),

newest as (
    select customer_id, arg_max(payment_method_id, (created_at, expires_on)) as payment_method_id
    from stg_stripe__cards
    where created_at is not null
    group by all
),

used as (
    select distinct charged.client_key, charged.currency, cards.card_last4, cards.expires_on
    from charged
    left join newest using (customer_id)
    join stg_stripe__cards as cards on cards.payment_method_id = coalesce(charged.payment_method_id, newest.payment_method_id)
)

select
    clients.client_id, used.card_last4, strftime(used.expires_on, '%Y-%m-%d') as expires_on,
    strftime(used.expires_on - 30, '%Y-%m-%d') as remind_30_on, strftime(used.expires_on - 14, '%Y-%m-%d') as remind_14_on,
    now_.mrr_minor, now_.currency, clients.client_name, clients.email
from used
join clients_dim as clients using (client_key)
join clients_now as now_ using (client_key, currency)
cross join params
where now_.mrr_minor > 0 and used.expires_on <= params.today + 60 and ($currency is null or now_.currency = $currency)
order by used.expires_on, now_.mrr_minor desc, clients.client_id, used.card_last4
