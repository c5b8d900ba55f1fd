-- Agreements (contracts) on record with their terms; one row an agreement and revision, a draft as the revision that it will be.
-- Written anew whenever one of them changes, and with every build. Retainers paid outside Stripe are in agreement_spans.
with kept as (
    select agreement_id, revision, content::json -> '$.terms' as terms, recorded_at, false as is_draft from contract_revisions
    union all
    select
        drafts.agreement_id,
        1 + (select count(*) from contract_revisions as sent where sent.agreement_id = drafts.agreement_id),
        drafts.content::json, drafts.saved_at, true
    from contract_drafts as drafts
),

lives as (
    select
        agreement_id, revision, arg_max(event, place) as state,
        max(happened_on) filter (event = 'sent') as sent_on, max(happened_on) filter (event = 'signed') as signed_on,
        max(detail::json ->> '$.author') as author, max(detail::json ->> '$.note') filter (event = 'sent') as note,
        max(detail::json ->> '$.by') as signed_by, max(detail::json ->> '$.pdf_sha256') as sha256
    from contract_events
    cross join params
    where recorded_at::date <= as_of::date
    group by all
),

told as (
    select
        kept.agreement_id, kept.revision, if(is_draft, 'draft', lives.state) as state, lives.* exclude (agreement_id, revision, state),
        coalesce(chosen.client_id, terms ->> '$.client_id') as party_id, terms ->> '$.client.name' as party,
        lower(terms ->> '$.client.email') as email, terms ->> '$.language' as language, terms ->> '$.proposal_id' as proposal_id,
        coalesce(nullif(terms ->> '$.billed_as', ''), nullif(terms ->> '$.tier', '')) as tier,
        (terms ->> '$.monthly_minor')::bigint as monthly_minor, terms ->> '$.currency' as currency,
        (terms ->> '$.hours')::double as hours, (terms ->> '$.parameters.repairs')::integer as repairs,
        (terms ->> '$.parameters.restores')::integer as restores, terms ->> '$.parameters.allowance_period' as period,
        (terms ->> '$.starts_on')::date as starts_on, (terms ->> '$.parameters.term_months')::integer as term,
        terms ->> '$.parameters.renewal' as renewal, params.today
    from kept
    cross join params
    left join lives using (agreement_id, revision)
    left join contract_clients as chosen using (agreement_id)
    where recorded_at::date <= as_of::date and (is_draft or lives.state is not null)
),

found as (
    select
        told.*, coalesce(parties.client_key, handles.client_key, named.client_key) as client_key,
        starts_on + to_months(term) as first_end,
        starts_on + to_months(term * (1 + greatest(0, date_sub('month', starts_on, today)) // nullif(term, 0))::integer) as next_end
    from told
    left join client_parties as parties on parties.party_id = told.party_id
    left join client_handles as handles on handles.way = 'email' and handles.handle = told.email and told.party_id is null
    left join (
        select client_name, min(client_key) as client_key from clients_dim group by client_name having count(*) = 1
    ) as named on named.client_name = told.party and told.party_id is null
)

select
    found.* exclude (client_key, today, first_end, next_end, renewal, term),
    clients.client_key, coalesce(clients.client_id, party_id, nullif(party, '')) as client_id, coalesce(clients.client_name, party) as client_name,
    case when state <> 'signed' or term = 0 then null when renewal = 'none' then first_end else next_end end::date as renews_on,
    state = 'signed' and (term = 0 or renewal <> 'none' or today < first_end) as is_in_force
from found
left join clients_dim as clients using (client_key)
