-- Clients: whom the user works for. Each Stripe customer and each agreement's client is one, until linked; one row a client.
-- per client: client_id
with parties as (
    select customer_id as party_id, name, email, created_at, 1 as rank from stg_stripe__customers
    union all
    select client_id, client_id, null, min(starts_on)::timestamp, 2
    from stg_agreements__agreements
    where client_id not in (select customer_id from stg_stripe__customers)
    group by client_id
),

linked as (
    select parties.*, coalesce(client_links.client_id, parties.party_id) as client_id
    from parties
    left join client_links on client_links.linked_id = parties.party_id
),

named as (
    select
        client_id,
        coalesce(
            max(name) filter (party_id = client_id), min(name), max(email) filter (party_id = client_id), min(email), client_id
        ) as client_name,
        coalesce(max(email) filter (party_id = client_id), min(email)) as email,
        min(created_at) as created_at
    from linked
    group by client_id
)

-- A key that no other client's coming or going moves; short enough for every reader's numbers.
select (md5_number_lower(client_id) >> 11)::bigint as client_key, *
from named
