-- What the user said of what is due: done, snoozed until a day, or dismissed; by the item's own stable id.
create table if not exists due_marks (
    item_id varchar primary key, mark varchar, until_on date, marked_at timestamp, marked_by varchar
);

-- Every item that has been due, as last seen, and why it closed; content is the item itself.
create table if not exists due_items (
    item_id varchar primary key, content json, first_seen_at timestamp, closed_at timestamp, closed_why varchar
);

-- What calendars were told: the sequence of an entry rises whenever its content changes.
create table if not exists calendar_entries (uid varchar primary key, content varchar, sequence integer, changed_at timestamp);
