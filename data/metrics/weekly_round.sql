-- title: Weekly round
-- unit: state: ticked, proven, or open
-- grain: one row a week, of the last 13, site in care and task (updates, off_site)
-- definition: The round of each week: whether each site's updates were made and its off-site backup was seen. Ticked is what somebody ticked; proven is what a source shows, without a tick; the rest is open.
-- formula: the newest tick of that site, week and task counts; proven = updates of the week with none waiting since, or a check that found none; a full off-site backup of the week
with ticks as (
    select ticks.*
    from round_ticks as ticks
    cross join params
    where ticks.told_on <= params.today
    qualify row_number() over (partition by ticks.site, ticks.week_on, ticks.task order by ticks.place desc) = 1
)

select
    strftime(proofs.week_on, '%Y-%m-%d') as week_on,
    strftime(proofs.week_on + (params.round_day - 1), '%Y-%m-%d') as due_on,
    proofs.site, proofs.client_id, proofs.client_name, proofs.task,
    case when ticks.is_done then 'ticked' when proofs.proof in ('made', 'none_waiting', 'stored') then 'proven' else 'open' end as state,
    case when ticks.is_done then ticks.told_by end as told_by,
    case when ticks.is_done then strftime(ticks.told_on, '%Y-%m-%d') end as told_on,
    ticks.note,
    proofs.proof, proofs.number, strftime(proofs.proof_on, '%Y-%m-%d') as proof_on, proofs.sources
from round_proofs as proofs
cross join params
left join ticks on ticks.site = proofs.site and ticks.week_on = proofs.week_on and ticks.task = proofs.task
where ($start is null or proofs.week_on >= $start::date) and ($end is null or proofs.week_on < $end::date + interval 1 month)
order by proofs.week_on desc, proofs.site, proofs.task desc
