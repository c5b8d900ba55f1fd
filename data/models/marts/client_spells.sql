-- Client days with what came before in the spell they belong to (something stands without a break) and before that; one row as in
-- client_days.
-- per client: client_key
with days as materialized (
    select * from client_days
),

-- Most clients pay from their first day until their last: what came before any other day is plain then.
interrupted as (
    select client_key, currency from days where mrr_minor = 0 and next_change_on is not null group by all
),

looked_back as (
    select
        *,
        max(change_on) filter (is_standing and not was_standing) over so_far as spell_began_on,
        max(change_on) filter (mrr_minor > 0) over before as last_paid_on
    from days
    semi join interrupted using (client_key, currency)
    window
        so_far as (partition by client_key, currency order by change_on rows unbounded preceding),
        before as (partition by client_key, currency order by change_on rows between unbounded preceding and 1 preceding)
),

known as (
    select
        * exclude (spell_began_on, last_paid_on),
        last_paid_on is not null as had_mrr_before,
        coalesce(last_paid_on >= coalesce(spell_began_on, last_paid_on), false) as had_mrr_in_spell
    from looked_back
    union all by name
    select *, mrr_before_minor > 0 as had_mrr_before, mrr_before_minor > 0 as had_mrr_in_spell
    from days
    anti join interrupted using (client_key, currency)
)

select *, mrr_minor > 0 or had_mrr_in_spell as is_client from known
