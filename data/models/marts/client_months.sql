-- Clients at each month's end (the current month's at `as_of`): their MRR and standing; one row a client, currency and month in
-- which something stands. A client comped from day one is shown as comped; one that never had MRR otherwise is no client.
-- per client: client_key
with days as (
    select * from client_spells where is_standing and (is_client or is_comped)
)

select
    months.month, days.client_key, days.currency, days.mrr_minor,
    case when days.mrr_minor > 0 then 'paying' when days.is_paused then 'paused' else 'comped' end as standing,
    days.is_client
from days
join months_dim as months
    on months.currency = days.currency
    and months.month + interval 1 month > days.change_on
    and (days.next_change_on is null or months.month + interval 1 month <= days.next_change_on)
