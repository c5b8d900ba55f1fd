-- title: Care reports
-- unit: dates
-- grain: one row a client to whom a report is owed
-- definition: The care report of each client for the last month or quarter that is over: when it is due, and whether it was reviewed, sent or skipped. Clients reported to never, and those of whom nothing is recorded or agreed, have none.
-- formula: due on the day of the settings in the month after; every month or quarter as set for the client, else for all; language as set for the client, else of its Stripe customer, else of the settings
with told as (
    select prefs.*, parties.client_key
    from report_clients as prefs
    join client_parties as parties on parties.party_id = prefs.client_id
    qualify row_number() over (partition by parties.client_key order by prefs.saved_at desc) = 1
),

agreed as (
    select distinct parties.client_key
    from report_promises as promises
    join client_parties as parties on parties.party_id = promises.client_id
),

owed as (
    select
        periods.*, told.contact, told.expectations, told.next_steps, params.today, params.report_day,
        coalesce(told.every, params.report_every) as every,
        coalesce(told.language, periods.locale, params.report_language) as language,
        agreed.client_key is not null as has_promises,
        date_trunc(if(coalesce(told.every, params.report_every) = 'quarterly', 'quarter', 'month'), params.today)::date as ended_on
    from report_periods as periods
    cross join params
    left join told using (client_key)
    left join agreed using (client_key)
    where coalesce(told.every, params.report_every) <> 'never'
),

dated as (
    select
        *, (ended_on - case every when 'quarterly' then interval 3 month else interval 1 month end)::date as starts_on, ended_on - 1 as ends_on,
        ended_on + report_day - 1 as due_on
    from owed
),

named as (
    select
        *,
        case every when 'quarterly' then year(starts_on) || '-Q' || quarter(starts_on) else strftime(starts_on, '%Y-%m') end as period
    from dated
    where since_on <= ends_on
),

events as (
    select report_id, arg_max(event, place) as event, arg_max(happened_on, place) as happened_on, arg_max(revision, place) as revision
    from report_events
    group by report_id
)

select
    named.client_id, named.client_name, named.email, named.every, named.language, named.contact, named.expectations, named.next_steps,
    named.period, strftime(named.starts_on, '%Y-%m-%d') as starts_on, strftime(named.ends_on, '%Y-%m-%d') as ends_on,
    strftime(named.due_on, '%Y-%m-%d') as due_on,
    case
        when events.event in ('sent', 'skipped') then events.event
        when drafts.report_id is not null then 'reviewed'
        when named.due_on <= named.today then 'due'
        else 'waiting'
    end as state,
    case when events.event = 'sent' then strftime(events.happened_on, '%Y-%m-%d') end as sent_on,
    case when events.event = 'sent' then events.revision end as revision,
    named.has_promises
from named
left join events on events.report_id = named.client_id || ':' || named.period
left join report_drafts as drafts on drafts.report_id = named.client_id || ':' || named.period
where named.has_promises or exists (
    select 1 from care_months as months
    where months.client_key = named.client_key and months.month between named.starts_on and named.ends_on
)
order by named.due_on, named.client_name, named.client_id
