-- A client's MRR and standing at the end of each day on which something changed; one row a client, currency and such day.
-- per client: client_key
-- kept as: nothing
with daily as (
    select
        client_key, currency, change_on,
        sum(delta_minor)::bigint as delta_minor, sum(standing_delta)::bigint as standing_delta,
        sum(comped_delta)::bigint as comped_delta, sum(paused_delta)::bigint as paused_delta
    from subscription_days
    group by all
),

running as (
    select
        *,
        sum(delta_minor) over client::bigint as mrr_minor,
        sum(standing_delta) over client as standing,
        sum(comped_delta) over client > 0 as is_comped,
        sum(paused_delta) over client > 0 as is_paused,
        lead(change_on) over client as next_change_on
    from daily
    window client as (partition by client_key, currency order by change_on rows unbounded preceding)
)

select
    client_key, currency, change_on, mrr_minor, standing > 0 as is_standing, is_comped, is_paused,
    mrr_minor - delta_minor as mrr_before_minor, standing - standing_delta > 0 as was_standing, next_change_on
from running
