-- Sites as they are known: of each fact what the newest source says that says anything of it; one row a site that any source states
-- something of. Who owns it, and since when it is in care, says the source named first (care_statements.rank), the user's own file before all.
with ordered as (
    select *, (known_on, -rank, seen_at) as recency from care_statements
),

chosen as (
    select
        site,
        bool_or(is_listed) as is_listed,
        coalesce(max(known_on) filter (is_known and source not like '%_monitor'), max(known_on) filter (is_known)) as state_on,
        min_by({'id': stripe_customer, 'email': client_email, 'name': client}, rank)
            filter (coalesce(stripe_customer, client_email, client) is not null) as owner,
        max_by({'core': core_updates, 'plugins': plugin_updates, 'themes': theme_updates, 'on': known_on}, recency)
            filter (is_known and coalesce(core_updates, plugin_updates, theme_updates) is not null) as waiting,
        max_by({'share': uptime_30d, 'on': known_on}, recency) filter (is_known and uptime_30d is not null) as uptime,
        min_by({'minor': monthly_cost_minor, 'currency': currency}, rank) filter (monthly_cost_minor is not null) as cost,
        max_by(wp_version, recency) filter (is_known and wp_version is not null) as wp_version,
        max_by(php_version, recency) filter (is_known and php_version is not null) as php_version,
        max_by(certificate_expires_on, recency) filter (certificate_expires_on is not null) as certificate_expires_on,
        max_by(is_out, recency) filter (is_known and is_out is not null) as is_out,
        max(restore_tested_on) as restore_tested_on,
        min_by(uptime_promised, rank) filter (uptime_promised is not null) as uptime_promised,
        min_by(since_on, rank) filter (since_on is not null) as since_on,
        min_by(until_on, rank) filter (until_on is not null) as until_on,
        list_sort(list(distinct source)) as sources
    from ordered
    group by site
)

select
    site, is_listed, is_out, owner.id as stripe_customer, owner.email as client_email, owner.name as client,
    state_on, wp_version, php_version,
    waiting.core as core_updates, waiting.plugins as plugin_updates, waiting.themes as theme_updates, waiting.on as waiting_on,
    uptime.share as uptime_30d, uptime.on as uptime_on, uptime_promised, restore_tested_on, certificate_expires_on,
    since_on, until_on, cost.minor as monthly_cost_minor, cost.currency, sources
from chosen
