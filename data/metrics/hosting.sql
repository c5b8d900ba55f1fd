-- title: Hosting check list
-- unit: yes, no, or empty where it was not told
-- grain: one row a site and item that was ever ticked
-- definition: What you ticked of a site's hosting: a VPS or managed WordPress, a panel account of its own, services off that WordPress doesn't need, no e-mail on its server. What was not ticked is not known.
-- formula: the newest tick of each item
select
    checks.site, sites.client_id, checks.item, checks.is_met, strftime(checks.checked_at, '%Y-%m-%d') as checked_on, checks.checked_by
from hosting_checks as checks
cross join params
left join care_sites as sites using (site)
where checks.checked_at <= greatest(params.as_of, (select max(checked_at) from hosting_checks))
qualify row_number() over (partition by checks.site, checks.item order by checks.checked_at desc) = 1
order by checks.site, checks.item
