-- title: Committed changes
-- unit: minor units of the currency, a month
-- grain: one row a subscription that is scheduled to leave, and one a subscription that is scheduled to change
-- definition: What stands between MRR and committed MRR: who leaves, and whose price or quantity changes unless it leaves, with the day and the MRR that goes or comes.
-- formula: change = − its MRR where it leaves; MRR of the schedule's last phase − MRR now where it changes. The sum is committed MRR − MRR
with changes as (
    select client_key, currency, subscription_id, leaves_on as change_on, 'leaves' as what, -mrr_minor as change_minor from leaving
    union all
    select client_key, currency, subscription_id, local_day(starts_at, zone_days.shift, params.time_zone), 'changes', later_minor - mrr_minor
    from scheduled_changes
    anti join leaving using (subscription_id)
    cross join params
    left join zone_days on zone_days.utc_day = starts_at::date
)

select
    strftime(changes.change_on, '%Y-%m-%d') as date, clients.client_id, clients.client_name, changes.currency, changes.what,
    changes.change_minor::bigint as change_minor, changes.subscription_id
from changes
join clients_dim as clients using (client_key)
where $currency is null or changes.currency = $currency
order by changes.change_on, clients.client_name, changes.subscription_id
