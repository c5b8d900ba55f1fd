-- What the weekly round asks of each site in care (F25), and what proves it without a tick; one row a site, week (named by its Monday) and task,
-- of the last 13 weeks. Updates are proven by updates made in the week, unless a check since then says that some wait, or by a check that
-- found none waiting; the off-site store by a full backup of the week that its source says is off-site.
-- empty without: care_sites
with weeks as (
    select unnest(generate_series(date_trunc('week', today)::timestamp - interval 84 day, date_trunc('week', today)::timestamp, interval 7 day))::date as week_on
    from params
),

gone as (
    select client_key from clients_now group by client_key having bool_and(standing = 'churned')
),

sites as (
    select
        site, client_key, client_id, client_name, since_on, waiting_on,
        case when waiting_on is not null then coalesce(core_updates, 0) + coalesce(plugin_updates, 0) + coalesce(theme_updates, 0) end as waiting
    from care_sites
    anti join gone using (client_key)
    where is_in_care
),

made as (
    select
        site, date_trunc('week', happened_on)::date as week_on, count(*) as number, max(happened_on) as last_on,
        array_to_string(list_sort(list(distinct source)), ',') as sources
    from care_updates
    cross join params
    where status = 'done' and happened_on <= params.today
    group by all
),

stored as (
    select
        site, date_trunc('week', happened_on)::date as week_on, count(*) as number, max(happened_on) as last_on,
        array_to_string(list_sort(list(distinct source)), ',') as sources
    from care_backups
    cross join params
    where status = 'done' and contents = 'full' and is_off_site and happened_on <= params.today
    group by all
),

updates as (
    select
        weeks.week_on, sites.site, 'updates' as task, made.number, made.last_on, made.sources,
        case when date_trunc('week', sites.waiting_on) = weeks.week_on then sites.waiting end as waiting, sites.waiting_on
    from weeks
    cross join sites
    left join made on made.site = sites.site and made.week_on = weeks.week_on
),

proofs as (
    select
        week_on, site, task,
        case
            when number > 0 and not coalesce(waiting > 0 and waiting_on >= last_on, false) then 'made'
            when waiting = 0 then 'none_waiting'
            when waiting > 0 then 'waiting'
        end as proof,
        case when number > 0 and not coalesce(waiting > 0 and waiting_on >= last_on, false) then number else waiting end as number,
        case when number > 0 and not coalesce(waiting > 0 and waiting_on >= last_on, false) then last_on else waiting_on end as proof_on,
        sources
    from updates
    union all
    select weeks.week_on, sites.site, 'off_site', case when stored.number > 0 then 'stored' end, stored.number, stored.last_on, stored.sources
    from weeks
    cross join sites
    left join stored on stored.site = sites.site and stored.week_on = weeks.week_on
)

select proofs.*, sites.client_id, sites.client_name
from proofs
join sites using (site)
where coalesce(sites.since_on < proofs.week_on + 7, true)
