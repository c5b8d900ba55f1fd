-- title: Clients without a site, by week
-- unit: hours; day of the last work
-- grain: one row a client with MRR and without a site in care
-- definition: Clients who pay every month and whom the weekly round does not meet, since no site of theirs is in care, as those on a content or social retainer. Whether they had their time this week shows in the hours recorded for them; where none is recorded there is no data.
-- formula: paying now, less the clients of sites in care; hours of the running week, and the newest day with work
with paying as (
    select client_key, max(mrr_minor) as mrr_minor
    from client_months
    cross join params
    where month = date_trunc('month', params.today) and mrr_minor > 0
    group by client_key
),

work as (
    select
        client_key, max(happened_on) as last_work_on,
        sum(hours) filter (happened_on >= date_trunc('week', params.today)) as hours_this_week
    from effort_work
    cross join params
    where hours is not null
    group by client_key
)

select
    clients.client_id, clients.client_name, strftime(date_trunc('week', params.today), '%Y-%m-%d') as week_on, work.hours_this_week,
    strftime(work.last_work_on, '%Y-%m-%d') as last_work_on,
    case when work.hours_this_week > 0 then 'worked' when work.client_key is not null then 'open' else 'no_data' end as state
from paying
join clients_dim as clients using (client_key)
cross join params
left join work using (client_key)
where paying.client_key not in (select client_key from care_sites where is_in_care and client_key is not null)
order by work.last_work_on nulls first, clients.client_name
