-- Agreements: contracts with clients (retainers paid outside Stripe are another thing, raw_agreements__agreements). A draft may change;
-- revisions, events and files are only ever added. Each event's hash takes in the one before, the last one stands in `head`.
create table if not exists contracts (agreement_id varchar primary key, created_at timestamp, events integer, head varchar);

create table if not exists contract_drafts (agreement_id varchar primary key, content varchar, saved_at timestamp);

create table if not exists contract_revisions (
    agreement_id varchar, revision integer, content varchar, pdf blob, recorded_at timestamp, primary key (agreement_id, revision)
);

-- What became of each revision, in order: sent, signed, superseded, ended; `detail` is JSON.
create table if not exists contract_events (
    agreement_id varchar, place integer, revision integer, event varchar, happened_on date, recorded_at timestamp,
    detail varchar, sha256 varchar, primary key (agreement_id, place)
);

-- Scans of signed revisions.
create table if not exists contract_files (
    agreement_id varchar, revision integer, name varchar, content blob, sha256 varchar, recorded_at timestamp
);

-- Which client an agreement is with, as chosen by the user; beats what the agreement itself names.
create table if not exists contract_clients (agreement_id varchar primary key, client_id varchar, chosen_at timestamp);

-- Which wording of the clauses a lawyer has reviewed (mission.md F17).
create table if not exists contract_reviews (
    language varchar, template_sha256 varchar, reviewer varchar, reviewed_on date, recorded_at timestamp
);
