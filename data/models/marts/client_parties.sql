-- Which client each Stripe customer and each agreement's client stands for; one row a party.
-- per client: party_id
with parties as (
    select customer_id as party_id from stg_stripe__customers
    union
    select client_id from stg_agreements__agreements
)

select parties.party_id, clients.client_key
from parties
left join client_links on client_links.linked_id = parties.party_id
join clients_dim as clients on clients.client_id = coalesce(client_links.client_id, parties.party_id)
