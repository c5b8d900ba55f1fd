-- The weekly round: what was ticked for a site in a week, by whom; rows are only added, the newest of a site, week and task counts.
create table if not exists round_ticks (
    place bigint primary key, site varchar, week_on date, task varchar, is_done boolean, told_by varchar, note varchar,
    told_on date, told_at timestamp
);

-- What a client costs beside the hours, as the user entered it: an amount every so many months.
create table if not exists client_costs (
    cost_id bigint primary key, client_id varchar, name varchar, kind varchar, amount_minor bigint, currency varchar,
    months integer, from_month date, until_month date, saved_at timestamp
);

-- Uptime over 30 days as it was known on a day: sources tell only the newest figure, and a report needs that of its own month.
create table if not exists uptime_readings (site varchar, known_on date, uptime_30d double, read_at timestamp, primary key (site, known_on));

-- How a client is reported to: how often, in which language, who is greeted, what they expect, what comes next.
create table if not exists report_clients (
    client_id varchar primary key, every varchar, language varchar, contact varchar, expectations varchar, next_steps varchar,
    saved_at timestamp
);

-- Deliverables, KPIs and expectations agreed with a client (R23, R24), and what came of each in a month or quarter.
create table if not exists report_promises (
    promise_id bigint primary key, client_id varchar, kind varchar, name varchar, measure varchar, target double,
    is_at_most boolean, unit varchar, from_month date, until_month date, saved_at timestamp
);
create table if not exists report_actuals (
    promise_id bigint, starts_on date, ends_on date, actual double, is_met boolean, note varchar, told_by varchar, told_at timestamp,
    primary key (promise_id, starts_on, ends_on)
);

-- Reports and notices to clients. A draft may change; a revision is what was sent, under a SHA-256 that takes in the one before.
create table if not exists report_drafts (report_id varchar primary key, content varchar, saved_at timestamp);
create table if not exists report_revisions (
    report_id varchar, revision integer, client_id varchar, kind varchar, starts_on date, ends_on date, content varchar, pdf blob,
    sha256 varchar, recorded_at timestamp, primary key (report_id, revision)
);

-- What became of a report, in order: sent, withdrawn, skipped, resumed; rows are only added.
create table if not exists report_events (
    report_id varchar, place integer, client_id varchar, kind varchar, starts_on date, ends_on date, revision integer,
    event varchar, happened_on date, recorded_at timestamp, primary key (report_id, place)
);
