-- Closed months: each closing of a month is one revision, with the user's note and every figure as it stood; rows are only added.
create table if not exists month_closings (
    month date, revision integer, closed_at timestamp, closed_by varchar, as_of timestamp, note varchar, primary key (month, revision)
);
create table if not exists closed_rows (month date, revision integer, metric varchar, place integer, figures json);

-- The note of a month as it is being written; a closing keeps a copy of it.
create table if not exists month_notes (month date primary key, note varchar, saved_at timestamp);
