-- Premium plugins and other licences with the day on which they renew (F7c), from MainWP's costs; one row a licence and site, or one with no
-- site where none is named. MainWP names no currency, so the price has none.
with costs as (
    select costs.*, sites.site
    from stg_mainwp__costs as costs
    left join stg_mainwp__sites as sites
        on list_contains(costs.site_ids, sites.site_id) or costs.sites_said like '%' || sites.site || '%'
)

select cost_id as licence_id, site, name as component, type, price, renewal_type, next_renewal_on as renews_on
from costs
