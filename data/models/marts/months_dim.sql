-- Months of each currency from its first change to the month of `as_of`; one row a currency and month (its first day).
-- per client: shared
with firsts as (
    select currency, min(change_on) as first_on from client_spells where is_client or is_comped group by currency
),

first_sync as (
    select min(finished_at) as happened_at from syncs where source = 'stripe' and status = 'ok'
)

select
    firsts.currency,
    unnest(generate_series(date_trunc('month', firsts.first_on)::timestamp, date_trunc('month', params.today)::timestamp, interval 1 month))::date as month,
    coalesce(month >= first_sync.happened_at::date, false) as is_observed
from firsts
cross join params
cross join first_sync
