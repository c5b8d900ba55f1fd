-- Clients at each month's end (the current month's at `as_of`): their MRR and standing; one row a client, currency and month in
-- which something stands. A client comped from day one is shown as comped; one that never had MRR otherwise is no client.
-- per client: client_key
-- kept as: view
-- Months as numbers (12 × year + month, from 0), so that each span gives its own and nothing is compared with every month.
with days as (
    select
        client_key, currency, mrr_minor, is_client,
        case when mrr_minor > 0 then 'paying' when is_paused then 'paused' else 'comped' end as standing,
        12 * year(change_on) + month(change_on) - 1 as from_no,
        coalesce(12 * year(next_change_on) + month(next_change_on) - 1, 12 * year(params.today) + month(params.today)) as to_no
    from client_spells
    cross join params
    where is_standing and (is_client or is_comped)
),

months as (
    select client_key, currency, mrr_minor, standing, is_client, unnest(range(from_no, to_no)) as month_no
    from days
    where to_no > from_no
)

select make_date(month_no // 12, month_no % 12 + 1, 1) as month, client_key, currency, mrr_minor, standing, is_client
from months
where currency is not null
