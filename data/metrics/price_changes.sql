-- title: Price changes planned
-- unit: minor units of the currency, a month
-- grain: one row a planned price change and client to be told
-- definition: Whom a new price concerns, from when, by when the client is to be told, and whether it was. Nothing changes in Stripe by planning.
-- formula: tell by = first day of the new price − days of notice. State: withdrawn, told, due (tell by is today or past), else planned
with clients_to_tell as (
    select
        changes.change_id, changes.name, changes.currency, told.client_id, told.effective_on, told.tell_by, told.content,
        told.told_on, told.withdrawn_on, changes.planned_at
    from price_change_clients as told
    join price_changes as changes using (change_id)
    cross join params
    where changes.planned_at::date <= params.as_of::date
)

select
    planned.change_id, planned.name, planned.client_id,
    coalesce(clients.client_name, planned.content ->> '$.client_name', planned.client_id) as client_name, clients.email,
    planned.currency, (planned.content ->> '$.now_minor')::bigint as now_minor, (planned.content ->> '$.then_minor')::bigint as then_minor,
    strftime(planned.effective_on, '%Y-%m-%d') as effective_on, strftime(planned.tell_by, '%Y-%m-%d') as tell_by,
    strftime(planned.told_on, '%Y-%m-%d') as told_on,
    case
        when planned.withdrawn_on is not null then 'withdrawn'
        when planned.told_on is not null then 'told'
        when planned.tell_by <= params.today then 'due'
        else 'planned'
    end as state,
    strftime(planned.planned_at, '%Y-%m-%d') as planned_on, planned.content::varchar as content
from clients_to_tell as planned
cross join params
left join clients_dim as clients using (client_id)
where $currency is null or planned.currency = $currency
order by planned.planned_at desc, planned.tell_by, client_name, planned.client_id
