-- Price changes that the user plans: a scenario of the what-if, and each client to be told, with what it will be told.
create table if not exists price_changes (
    change_id varchar primary key, name varchar, currency varchar, scenario json, planned_at timestamp
);

-- `content` holds the lines whose price changes; told and withdrawn are the days on which the user said so.
create table if not exists price_change_clients (
    change_id varchar, client_id varchar, content json, effective_on date, tell_by date, told_on date, withdrawn_on date,
    primary key (change_id, client_id)
);
