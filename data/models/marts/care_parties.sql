-- Whom a maintenance file means, unless the user linked the site: what it says of a client (Stripe id, e-mail, name) or a site's address, and the client found by
-- the first way that fits exactly one. One row a party; without a client where none is found.
with parties as (
    select stripe_customer, client_email, client, site from care_states
    union
    select stripe_customer, client_email, client, null from care_hours
    union
    select null, null, null, site from care_updates
    union
    select null, null, null, site from care_backups
    union
    select null, null, null, site from care_incidents
    union
    select null, null, null, site from care_hours where site is not null
),

hosts as (
    select *, string_split(regexp_replace(split_part(site, '/', 1), ':\d+$', ''), '.') as labels
    from parties
),

parents as (
    select *, unnest(range(1, greatest(len(labels), 1))) as cut
    from hosts
    where len(labels) >= 2
),

clues as (
    select parties.*, 0 as rank, 'link' as way, links.client_id as handle
    from parties
    join client_links as links on links.linked_id = 'site:' || parties.site
    union all
    select stripe_customer, client_email, client, site, 1 as rank, 'stripe' as way, stripe_customer as handle from parties
    union all
    select stripe_customer, client_email, client, site, 2, 'email', client_email from parties
    union all
    select parties.*, 3, 'name', names.plain_name
    from parties
    join care_names as names on names.name = parties.client
    union all
    select stripe_customer, client_email, client, site, 3 + cut, 'domain', array_to_string(labels[cut:], '.') from parents
),

found as (
    select clues.stripe_customer, clues.client_email, clues.client, clues.site, clues.way, handles.client_key
    from clues
    join client_handles as handles on handles.way = if(clues.way = 'link', 'stripe', clues.way) and handles.handle = clues.handle
    qualify row_number() over (partition by clues.stripe_customer, clues.client_email, clues.client, clues.site order by clues.rank) = 1
)

select parties.*, found.way as matched_by, found.client_key
from parties
left join found
    on found.stripe_customer is not distinct from parties.stripe_customer
    and found.client_email is not distinct from parties.client_email
    and found.client is not distinct from parties.client
    and found.site is not distinct from parties.site
