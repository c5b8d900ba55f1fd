-- title: Cards expiring
-- unit: minor units of the currency
-- grain: one row a client with MRR, card in use and currency, whose card expires within 60 days or has expired
-- definition: Cards of paying clients that will stop working, with the days on which to remind (F36). Replaced cards drop out.
-- formula: a card works until the last day of its month; remind 30 and 14 days before
with used as (
    select cards.*
    from stg_stripe__cards as cards
    left join stg_stripe__customers as customers using (customer_id)
    qualify row_number() over (
        partition by cards.customer_id
        order by (cards.payment_method_id = customers.default_payment_method_id) desc nulls last, cards.expires_on desc, cards.created_at desc
    ) = 1
)

select
    clients.client_id, used.card_last4, strftime(used.expires_on, '%Y-%m-%d') as expires_on,
    strftime(used.expires_on - 30, '%Y-%m-%d') as remind_30_on, strftime(used.expires_on - 14, '%Y-%m-%d') as remind_14_on,
    now_.mrr_minor, now_.currency, clients.client_name, clients.email
from used
join client_parties as parties on parties.party_id = used.customer_id
join clients_dim as clients using (client_key)
join clients_now as now_ using (client_key)
cross join params
where now_.mrr_minor > 0 and used.expires_on <= params.today + 60
    and ($currency is null or now_.currency = $currency)
order by used.expires_on, now_.mrr_minor desc, clients.client_id
