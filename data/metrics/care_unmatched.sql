-- title: Care work without a client
-- unit: hours; rows
-- grain: one row a site, or a client as a file names it, for which no client was found
-- definition: Sites and work that belong to no client: no Stripe id, e-mail address, name or e-mail domain fits exactly one. Their hours count for nobody until the file names the client as it is known here.
-- formula: records whose client is found by none of: Stripe id, e-mail address, name without legal form, site's domain
with work as (
    select parties.client_key, hours.site, coalesce(hours.client, hours.client_email, hours.stripe_customer) as stated_client, hours.hours
    from care_hours as hours
    left join care_parties as parties
        on parties.site is null
        and parties.stripe_customer is not distinct from hours.stripe_customer
        and parties.client_email is not distinct from hours.client_email
        and parties.client is not distinct from hours.client
),

unmatched as (
    select sites.site, sites.stated_client, null::double as hours from care_sites as sites where sites.client_key is null
    union all
    select work.site, case when work.site is null then work.stated_client end, work.hours
    from work
    left join care_sites as sites on sites.site = work.site
    where coalesce(work.client_key, sites.client_key) is null
)

select site, max(stated_client) as stated_client, sum(hours) as hours, count(hours) as entries
from unmatched
group by site, case when site is null then stated_client end
order by hours desc nulls last, site, stated_client
