-- Client days with the spell they belong to (something stands without a break) and what came before; one row as in client_days.
-- per client: client_key
with days as (
    select
        *,
        count(*) filter (is_standing and not was_standing) over so_far as spell,
        max(change_on) filter (is_standing and not was_standing) over so_far as spell_began_on,
        max(change_on) filter (mrr_minor > 0) over before as last_paid_on
    from client_days
    window
        so_far as (partition by client_key, currency order by change_on rows unbounded preceding),
        before as (partition by client_key, currency order by change_on rows between unbounded preceding and 1 preceding)
)

select
    * exclude (spell_began_on, last_paid_on),
    last_paid_on is not null as had_mrr_before,
    coalesce(last_paid_on >= coalesce(spell_began_on, last_paid_on), false) as had_mrr_in_spell,
    mrr_minor > 0 or had_mrr_in_spell as is_client
from days
