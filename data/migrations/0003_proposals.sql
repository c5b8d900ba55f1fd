-- Proposals on record. A draft may change; a revision is what was sent: rows are only added, and each hash takes in the one before.
create table if not exists proposals (proposal_id varchar primary key, created_at timestamp);

create table if not exists proposal_drafts (proposal_id varchar primary key, content varchar, saved_at timestamp);

create table if not exists proposal_revisions (
    proposal_id varchar, revision integer, content varchar, sha256 varchar, recorded_at timestamp, primary key (proposal_id, revision)
);

-- What became of each revision, in order: sent, followed_up, accepted, declined, reopened, withdrawn, superseded; rows are only added.
create table if not exists proposal_events (
    proposal_id varchar, place integer, revision integer, event varchar, happened_on date, recorded_at timestamp,
    follow_up_on date, tier varchar, reason varchar, primary key (proposal_id, place)
);

-- Which client a proposal is for, as chosen by the user; beats the match by e-mail address.
create table if not exists proposal_clients (proposal_id varchar primary key, client_id varchar, chosen_at timestamp);
