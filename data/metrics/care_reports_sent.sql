-- title: Reports on record
-- unit: dates
-- grain: one row a report or notice, and revision
-- definition: Every care report and security notice that was marked as sent, as it was then: frozen, under a SHA-256 that takes in the revision before.
-- formula: state: sent; withdrawn where it was not sent after all; superseded where a later revision was sent
with events as (
    select report_id, revision, arg_max(event, place) as event, min(happened_on) filter (event = 'sent') as sent_on
    from report_events
    where revision > 0
    group by report_id, revision
)

select
    revisions.report_id, revisions.revision, clients.client_id, coalesce(clients.client_name, revisions.client_id) as client_name,
    revisions.kind, revisions.content::json ->> '$.period' as period, revisions.content::json ->> '$.language' as language,
    revisions.content::json ->> '$.subject' as subject,
    strftime(revisions.starts_on, '%Y-%m-%d') as starts_on, strftime(revisions.ends_on, '%Y-%m-%d') as ends_on,
    strftime(events.sent_on, '%Y-%m-%d') as sent_on,
    case
        when events.event = 'withdrawn' then 'withdrawn'
        when revisions.revision < max(revisions.revision) filter (events.event = 'sent') over (partition by revisions.report_id) then 'superseded'
        else 'sent'
    end as state,
    revisions.sha256
from report_revisions as revisions
join events using (report_id, revision)
left join client_parties as parties on parties.party_id = revisions.client_id
left join clients_dim as clients using (client_key)
order by events.sent_on desc, client_name, revisions.report_id, revisions.revision desc
