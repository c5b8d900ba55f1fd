-- title: Client contacts
-- unit: text
-- grain: one row a client
-- definition: To whom and in which language a client is written: its e-mail address, who is greeted, and its language: as entered for its care reports, else the person named in its latest proposal and the language set for it in Stripe, else that of the proposal.
-- formula: the language is the first two letters of the customer's first preferred locale; the client's own customer comes before those linked to it
with locales as (
    select
        parties.client_key, arg_min(lower(customers.locale[1:2]), (customers.customer_id <> clients.client_id, customers.customer_id)) as code
    from stg_stripe__customers as customers
    join client_parties as parties on parties.party_id = customers.customer_id
    join clients_dim as clients using (client_key)
    where coalesce(customers.locale, '') <> ''
    group by parties.client_key
),

proposed as (
    select
        coalesce(chosen.client_id, clients.client_id) as client_id,
        arg_max(revisions.content::json ->> '$.contact.name', revisions.recorded_at) as contact_name,
        arg_max(revisions.content::json ->> '$.offer.language', revisions.recorded_at) as code
    from proposal_revisions as revisions
    left join proposal_clients as chosen using (proposal_id)
    left join clients_dim as clients on clients.email = lower(revisions.content::json ->> '$.contact.email')
    where coalesce(chosen.client_id, clients.client_id) is not null
    group by all
)

select
    clients.client_id, clients.client_name, clients.email, coalesce(nullif(reported.contact, ''), proposed.contact_name) as contact_name,
    coalesce(nullif(reported.language, ''), locales.code, proposed.code) as language
from clients_dim as clients
left join locales using (client_key)
left join proposed using (client_id)
left join report_clients as reported using (client_id)
order by clients.client_name, clients.client_id
