-- To whom a care report is owed (F28, F29): clients who pay or are comped, with a site in care or something agreed, how they are
-- reported to, and the last period that is over; one row a client.
with standing as (
    select client_key, min(since_on) as since_on, max(mrr_minor) as mrr_minor
    from clients_now
    where standing in ('paying', 'comped')
    group by client_key
),

cared as (
    select distinct client_key from care_sites where is_in_care and client_key is not null
),

locales as (
    select parties.client_key, max(lower(left(customers.locale, 2))) as locale
    from stg_stripe__customers as customers
    join client_parties as parties on parties.party_id = customers.customer_id
    group by parties.client_key
)

select
    standing.client_key, clients.client_id, clients.client_name, clients.email, standing.since_on, locales.locale,
    cared.client_key is not null as has_sites
from standing
join clients_dim as clients using (client_key)
left join cared using (client_key)
left join locales using (client_key)
