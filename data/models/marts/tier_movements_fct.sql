-- What a day's change of a client's MRR did to each tier; one row a client, currency, tier and day on which the tier's part changed.
-- What one tier lost and another won on the day has moved; only the rest is the client's movement, so both sums stay exact.
-- Shares of several tiers are told apart by running sums, which round to whole minor units and add up.
-- per client: client_key
-- kept as: view
with changes as (
    select
        days.client_key, days.currency, days.tier, days.change_on, days.mrr_minor, days.delta_minor, moves.kind,
        greatest(days.delta_minor, 0)::hugeint as gained, greatest(-days.delta_minor, 0)::hugeint as lost
    from tier_days as days
    left join movements_fct as moves using (client_key, currency, change_on)
),

sums as (
    select
        *, sum(gained) over day as all_gained, sum(lost) over day as all_lost,
        sum(gained) over in_order as gained_so_far, sum(lost) over in_order as lost_so_far
    from changes
    window
        day as (partition by client_key, currency, change_on),
        in_order as (partition by client_key, currency, change_on order by tier rows unbounded preceding)
),

moved as (
    select
        client_key, currency, tier, change_on, mrr_minor, delta_minor, kind,
        if(all_gained = 0, 0, gained_so_far * least(all_gained, all_lost) // all_gained
            - (gained_so_far - gained) * least(all_gained, all_lost) // all_gained)::bigint as moved_in_minor,
        if(all_lost = 0, 0, lost_so_far * least(all_gained, all_lost) // all_lost
            - (lost_so_far - lost) * least(all_gained, all_lost) // all_lost)::bigint as moved_out_minor
    from sums
)

select
    client_key, currency, tier, change_on, date_trunc('month', change_on)::date as month, kind, moved_in_minor, moved_out_minor,
    abs(delta_minor - moved_in_minor + moved_out_minor)::bigint as amount_minor, delta_minor, mrr_minor
from moved
