-- What a client can be recognised by: Stripe id, e-mail address, plain name, the domain of its e-mail address; one row a way and
-- handle. A handle that would fit two clients fits none.
with known as (
    select parties.client_key, parties.party_id, customers.name, customers.email
    from client_parties as parties
    left join stg_stripe__customers as customers on customers.customer_id = parties.party_id
    union all
    select client_key, client_id, client_name, email from clients_dim
),

handles as (
    select client_key, 'stripe' as way, party_id as handle from known
    union all
    select client_key, 'email', lower(trim(email)) from known
    union all
    select known.client_key, 'name', names.plain_name
    from known
    join care_names as names on names.name = known.name
    union all
    select known.client_key, 'domain', split_part(lower(trim(known.email)), '@', 2)
    from known
    anti join free_mail_domains as free_mail on free_mail.domain = split_part(lower(trim(known.email)), '@', 2)
)

select way, handle, min(client_key) as client_key
from handles
where handle <> ''
group by way, handle
having count(distinct client_key) = 1
