-- A client's MRR and standing at the end of each day on which something changed; one row a client, currency and such day.
-- per client: client_key
-- kept as: nothing
with daily as (
    select
        client_key, currency, change_on,
        sum(delta_minor)::bigint as delta_minor,
        sum(sign)::integer as standing_delta,
        sum(sign) filter (standing = 'comped') as comped_delta,
        sum(sign) filter (standing = 'paused') as paused_delta
    from mrr_deltas
    group by all
),

running as (
    select
        client_key, currency, change_on,
        sum(delta_minor) over client::bigint as mrr_minor,
        sum(standing_delta) over client > 0 as is_standing,
        coalesce(sum(comped_delta) over client, 0) > 0 as is_comped,
        coalesce(sum(paused_delta) over client, 0) > 0 as is_paused
    from daily
    window client as (partition by client_key, currency order by change_on)
)

select
    *,
    coalesce(lag(mrr_minor) over client, 0) as mrr_before_minor,
    coalesce(lag(is_standing) over client, false) as was_standing,
    lead(change_on) over client as next_change_on
from running
window client as (partition by client_key, currency order by change_on)
