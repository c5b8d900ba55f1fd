-- What the product itself keeps: everything else is rebuilt from raw.
create table if not exists raw_versions (source varchar, entity varchar, id varchar, seen_at timestamp, payload json);

create table if not exists syncs (
    source varchar, started_at timestamp, finished_at timestamp, status varchar,
    objects bigint, message varchar, bookmark json, missing json
);

-- One client for several Stripe customers, agreements or sites; undoing a link deletes its row.
create table if not exists client_links (linked_id varchar primary key, client_id varchar, linked_at timestamp);

-- Which tier a Stripe price or product belongs to, as mapped by the user; beats the price book's own claims.
create table if not exists tier_mappings (stripe_id varchar primary key, tier varchar, mapped_at timestamp);
