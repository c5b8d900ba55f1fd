-- title: Allowances of agreements
-- unit: hours a month; repairs and restores a period
-- grain: one row an agreement whose signed revision is in force
-- definition: What the signed agreement grants a client: hours of work a month, free repairs of what the client broke, and restores, the latter two by the month or the year.
-- formula: as stated in the clauses of the revision that is signed; period is that of repairs and restores
select client_id, hours, repairs, restores, period, revision, strftime(signed_on, '%Y-%m-%d') as signed_on
from written_agreements
where is_in_force
order by client_id, agreement_id
