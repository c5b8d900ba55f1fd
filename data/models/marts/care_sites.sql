-- Sites, whichever record names them, with the client they belong to (none where no client was found); one row a site.
-- In care from `since_on` to `until_on`, unless its source sets it aside (suspended, staging); a site that only records or monitors name is
-- in care as long as its client has not left.
-- empty without: care_parties care_states
with named as (
    select site, max(client_key) as client_key, max(matched_by) as matched_by
    from care_parties
    where site is not null and stripe_customer is null and client_email is null and client is null
    group by site
),

stated as (
    select sites.*, parties.client_key, parties.matched_by
    from care_states as sites
    left join care_parties as parties
        on parties.site = sites.site
        and parties.stripe_customer is not distinct from sites.stripe_customer
        and parties.client_email is not distinct from sites.client_email
        and parties.client is not distinct from sites.client
),

gone as (
    select client_key
    from client_months
    cross join params
    where client_key in (select client_key from named)
    group by client_key
    having max(month) < date_trunc('month', max(params.today))
),

sites as (
    select site from named
    union
    select site from stated
)

select
    sites.site,
    coalesce(stated.client_key, named.client_key) as client_key,
    clients.client_id,
    clients.client_name,
    coalesce(stated.matched_by, named.matched_by) as matched_by,
    coalesce(stated.client, stated.client_email, stated.stripe_customer) as stated_client,
    case
        when not coalesce(stated.is_listed, false) then gone.client_key is null
        else coalesce(stated.since_on <= params.today, true) and coalesce(stated.until_on > params.today, true) and not coalesce(stated.is_out, false)
    end as is_in_care,
    stated.* exclude (site, client_key, matched_by, client, client_email, stripe_customer, is_listed, is_out)
from sites
left join named using (site)
left join stated using (site)
cross join params
left join gone on gone.client_key = named.client_key
left join clients_dim as clients on clients.client_key = coalesce(stated.client_key, named.client_key)
