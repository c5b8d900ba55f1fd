-- title: Clients that may be one
-- unit: pairs of clients
-- grain: one row a pair of clients that share a name or an e-mail domain
-- definition: Stripe customers and agreements that look like the same client, to be linked or left apart by you.
-- formula: the same name without legal form and accents, or the same e-mail domain, unless it is a free mail provider's or more than five clients have it
with known as (
    select
        clients.client_id, clients.client_name, names.plain_name,
        nullif(split_part(lower(trim(clients.email)), '@', 2), '') as domain
    from clients_dim as clients
    left join care_names as names on names.name = clients.client_name
),

shared as (
    select domain from known
    where domain is not null
    group by domain
    having count(distinct client_id) <= 5  -- a domain of many is their provider's, and pairs of it would bury all others
),

pairs as (
    select one.client_id, one.client_name, other.client_id as other_client_id, other.client_name as other_client_name, 'same name' as reason, 1 as rank
    from known as one
    join known as other on other.plain_name = one.plain_name and other.client_id > one.client_id
    where length(one.plain_name) >= 3
    union all
    select one.client_id, one.client_name, other.client_id, other.client_name, 'e-mail at ' || one.domain, 2
    from known as one
    join known as other on other.domain = one.domain and other.client_id > one.client_id
    semi join shared on shared.domain = one.domain
    anti join free_mail_domains as free_mail on free_mail.domain = one.domain
)

select client_id, client_name, other_client_id, other_client_name, reason
from pairs
qualify row_number() over (partition by client_id, other_client_id order by rank) = 1
order by client_name, other_client_name, client_id, other_client_id
