-- title: Licences
-- unit: dates; price in the currency that the source keeps to itself
-- grain: one row a licence and site
-- definition: Premium plugins and other licences that are kept in MainWP, with the day on which each renews. They are paid by you only while the client stays on the plan.
-- formula: as the source states it
select
    licences.site, sites.client_id, sites.client_name, licences.component, licences.type, licences.price::double as price,
    licences.renewal_type, strftime(licences.renews_on, '%Y-%m-%d') as renews_on
from care_licences as licences
left join care_sites as sites using (site)
order by licences.renews_on nulls last, licences.component, licences.site
