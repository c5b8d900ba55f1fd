-- A client's MRR and standing at the end of each day on which something changed; one row a client, currency and such day.
-- per client: client_key
-- kept as: step
with daily as (
    select client_key, currency, change_on, sum(delta_minor)::bigint as delta_minor, sum(counts_delta)::bigint as counts_delta
    from subscription_days
    group by all
),

running as (
    select
        *,
        sum(delta_minor) over client::bigint as mrr_minor,
        sum(counts_delta) over client::bigint as counts,
        lead(change_on) over client as next_change_on
    from daily
    window client as (partition by client_key, currency order by change_on rows unbounded preceding)
)

select
    client_key, currency, change_on, mrr_minor,
    counts % (1 << 20) > 0 as is_standing,
    (counts >> 20) % (1 << 20) > 0 as is_comped,
    counts >> 40 > 0 as is_paused,
    mrr_minor - delta_minor as mrr_before_minor,
    (counts - counts_delta) % (1 << 20) > 0 as was_standing,
    next_change_on
from running
