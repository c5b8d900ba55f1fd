-- title: Proposals
-- unit: minor units of the currency, a month; days
-- grain: one row a proposal and revision; a draft stands as the revision that it will be
-- definition: Every proposal on record: what was sent to whom, its state, when to follow up, what came of it, and what Stripe measures since.
-- formula: Due for a follow-up: sent, unanswered, and its follow-up day is today or past. Accepted MRR = price of the accepted tier as it was sent. Measured MRR = what that client pays a month now in the proposal’s currency
with revisions as (
    select proposal_id, revision, content::json as content, sha256, recorded_at from proposal_revisions
    union all
    select
        drafts.proposal_id, 1 + (select count(*) from proposal_revisions as sent where sent.proposal_id = drafts.proposal_id),
        drafts.content::json, null, drafts.saved_at
    from proposal_drafts as drafts
),

events as (
    select proposal_events.*
    from proposal_events
    cross join params
    where recorded_at::date <= as_of::date
),

lives as (
    select
        proposal_id, revision, arg_max(event, place) as last_event, arg_max(follow_up_on, place) as follow_up_on,
        min(happened_on) filter (event = 'sent') as sent_on, arg_max(happened_on, place) as last_on,
        arg_max(tier, place) as tier, arg_max(reason, place) as reason, count(*) filter (event = 'followed_up') as follow_ups
    from events
    group by all
),

told as (
    select
        proposal_id, revision, sha256, recorded_at, content,
        content ->> '$.contact.name' as contact_name, content ->> '$.contact.company' as company, content ->> '$.contact.email' as email,
        content ->> '$.offer.language' as language, lower(content ->> '$.offer.currency') as currency,
        content ->> '$.offer.recommended_tier' as recommended_tier,
        array_to_string(from_json(content -> '$.offer.added_value', '["varchar"]'), ', ') as objections,
        from_json(content -> '$.offer.tiers', '[{"id": "varchar", "name": "varchar", "price_minor": "bigint"}]') as tiers
    from revisions
    cross join params
    where recorded_at::date <= as_of::date
),

named as (
    select told.*, coalesce(chosen.client_id, by_email.client_id) as client_id
    from told
    left join proposal_clients as chosen using (proposal_id)
    left join client_handles as handles on handles.way = 'email' and handles.handle = lower(told.email)
    left join clients_dim as by_email on by_email.client_key = handles.client_key
),

found as (
    select
        named.*, lives.* exclude (proposal_id, revision), params.today,
        case
            when lives.last_event is null then 'drafted'
            when lives.last_event in ('accepted', 'declined', 'withdrawn', 'superseded') then lives.last_event
            when lives.follow_up_on <= params.today then 'follow_up_due'
            else 'sent'
        end as state,
        list_filter(named.tiers, lambda one: one.id = lives.tier)[1] as taken
    from named
    left join lives using (proposal_id, revision)
    cross join params
)

select
    proposal_id, revision, state, company, contact_name, found.email, client_id, clients.client_name, language, found.currency,
    recommended_tier, if(state = 'accepted', taken.name, null) as tier, objections,
    strftime(sent_on, '%Y-%m-%d') as sent_on, if(state in ('sent', 'follow_up_due'), strftime(follow_up_on, '%Y-%m-%d'), null) as follow_up_on,
    follow_ups, if(state in ('accepted', 'declined'), strftime(last_on, '%Y-%m-%d'), null) as answered_on,
    if(state in ('accepted', 'declined'), date_diff('day', sent_on, last_on), null) as days_to_answer, reason,
    if(state = 'accepted', taken.price_minor, null) as accepted_mrr_minor,
    if(state = 'accepted', paying.mrr_minor, null) as measured_mrr_minor,
    if(state = 'accepted', paying.mrr_minor - taken.price_minor, null) as difference_minor, sha256
from found
left join clients_dim as clients using (client_id)
left join clients_now as paying on paying.client_key = clients.client_key and paying.currency = found.currency
where $currency is null or found.currency = $currency
order by recorded_at desc, proposal_id desc, revision desc
