-- Work and costs recorded with hours, with the client they are for; one row as in care_hours, of those whose client is known.
select
    coalesce(parties.client_key, sites.client_key) as client_key,
    date_trunc('month', hours.happened_on)::date as month,
    hours.happened_on, hours.site, hours.kind, hours.hours, hours.cost_minor, hours.currency
from care_hours as hours
cross join params
left join care_parties as parties
    on parties.site is null
    and parties.stripe_customer is not distinct from hours.stripe_customer
    and parties.client_email is not distinct from hours.client_email
    and parties.client is not distinct from hours.client
left join care_sites as sites on sites.site = hours.site
where hours.happened_on <= params.today and coalesce(parties.client_key, sites.client_key) is not null
