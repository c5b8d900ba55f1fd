-- Client days with the spell they belong to (something stands without a break) and what came before; one row as in client_days.
-- per client: client_key
with spells as (
    select *, count(*) filter (is_standing and not was_standing) over client as spell
    from client_days
    window client as (partition by client_key, currency order by change_on)
)

select
    *,
    coalesce(max(mrr_minor) over (
        partition by client_key, currency order by change_on rows between unbounded preceding and 1 preceding
    ), 0) > 0 as had_mrr_before,
    coalesce(max(mrr_minor) over (
        partition by client_key, currency, spell order by change_on rows between unbounded preceding and 1 preceding
    ), 0) > 0 as had_mrr_in_spell,
    max(mrr_minor) over (partition by client_key, currency, spell order by change_on) > 0 as is_client
from spells
