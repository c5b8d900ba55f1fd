-- A client's MRR in a tier at the end of each day on which it changed; one row a client, currency, tier and such day.
-- per client: client_key
with daily as (
    select client_key, currency, tier, change_on, sum(delta_minor)::bigint as delta_minor
    from subscription_days
    group by all
    having sum(delta_minor) <> 0
)

select
    *, sum(delta_minor) over (partition by client_key, currency, tier order by change_on rows unbounded preceding)::bigint as mrr_minor
from daily
