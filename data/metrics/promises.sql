-- title: Agreed with clients
-- unit: as each line says
-- grain: one row a deliverable, KPI or expectation, and period for which an actual value was entered; one row without where none was
-- definition: What was agreed with a client to be delivered or reached each month, and what was entered of it. A line with a measure takes its actual value from the records instead.
-- formula: as entered
select
    promises.promise_id, clients.client_id, clients.client_name, promises.kind, promises.name, promises.measure, promises.target,
    promises.is_at_most, promises.unit, strftime(promises.from_month, '%Y-%m') as from_month,
    strftime(promises.until_month, '%Y-%m') as until_month, strftime(actuals.starts_on, '%Y-%m-%d') as starts_on,
    strftime(actuals.ends_on, '%Y-%m-%d') as ends_on, actuals.actual, actuals.is_met, actuals.note, actuals.told_by
from report_promises as promises
join client_parties as parties on parties.party_id = promises.client_id
join clients_dim as clients on clients.client_key = parties.client_key
left join report_actuals as actuals using (promise_id)
order by clients.client_name, promises.promise_id, actuals.starts_on
