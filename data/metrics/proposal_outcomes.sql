-- title: Proposal outcomes
-- unit: proposals; rate of those answered; days
-- grain: one row a dimension (all, tier, recommended_tier, objection, language) and value
-- definition: How many proposals were sent, answered and accepted, over all and by tier, objection and language, and how long the answer took.
-- formula: acceptance rate = accepted ÷ answered (accepted or declined), with its 95 % Jeffreys interval from low to high; the newest sent revision of each proposal counts, withdrawn ones don’t. By tier: accepted at that tier ÷ answered proposals that offered it. Days = median from the first sending to the answer
with events as (
    select proposal_events.* from proposal_events cross join params where recorded_at::date <= as_of::date
),

lives as (
    select
        proposal_id, revision, arg_max(event, place) as last_event, arg_max(tier, place) as tier, arg_max(happened_on, place) as last_on
    from events
    group by all
),

begun as (
    select proposal_id, min(happened_on) filter (event = 'sent') as first_sent_on from events group by all
),

counted as (
    select
        lives.*, lives.last_event = 'accepted' as is_accepted, lives.last_event = 'declined' as is_declined,
        if(lives.last_event in ('accepted', 'declined'), date_diff('day', begun.first_sent_on, lives.last_on), null) as days,
        content::json as content
    from lives
    join begun using (proposal_id)
    join proposal_revisions using (proposal_id, revision)
    where lives.last_event not in ('withdrawn', 'superseded')
),

split as (
    select 'all' as dimension, 'all' as value, is_accepted as is_won, counted.* from counted
    union all
    select 'tier', tiers.each.id, is_accepted and counted.tier = tiers.each.id, counted.*
    from counted, unnest(from_json(content -> '$.offer.tiers', '[{"id": "varchar"}]')) as tiers (each)
    union all
    select 'recommended_tier', coalesce(content ->> '$.offer.recommended_tier', 'none'), is_accepted, counted.* from counted
    union all
    select 'objection', objections.kind, is_accepted, counted.*
    from counted, unnest(if(
        json_array_length(content -> '$.offer.added_value') = 0, ['none'], from_json(content -> '$.offer.added_value', '["varchar"]')
    )) as objections (kind)
    union all
    select 'language', content ->> '$.offer.language', is_accepted, counted.* from counted
),

totals as (
    select
        dimension, value, count(*) as sent, count(*) filter (is_accepted or is_declined) as answered, count(*) filter (is_won) as accepted,
        count(*) filter (is_declined) as declined, count(*) filter (not is_accepted and not is_declined) as waiting,
        median(days) filter (is_won or (dimension <> 'tier' and is_declined)) as median_days
    from split
    group by all
),

-- Beta(accepted + ½, others + ½) by angles whose sin² is the rate, as in the metric churn_interval.
weighed as (
    select counts.*, angle, pow(sin(angle), 2 * accepted) * pow(cos(angle), 2 * (answered - accepted)) as weight
    from (select distinct accepted, answered from totals where answered > 0) as counts
    cross join (select (unnest(range(0, 4000)) + 0.5) * pi() / 8000 as angle)
),

summed as (
    select *, sum(weight) over (partition by accepted, answered order by angle) / sum(weight) over (partition by accepted, answered) as below
    from weighed
),

bounds as (
    select
        accepted, answered, if(accepted = 0, 0, pow(sin(min(angle) filter (below >= 0.025)), 2)) as low,
        if(accepted = answered, 1, pow(sin(min(angle) filter (below >= 0.975)), 2)) as high
    from summed
    group by accepted, answered
)

select dimension, value, sent, answered, accepted, declined, waiting, accepted / nullif(answered, 0) as acceptance_rate, median_days, low, high
from totals
left join bounds using (accepted, answered)
order by dimension, sent desc, value
