-- Which column of a spreadsheet holds what, as the user mapped it once; found again by its headings.
create table if not exists column_mappings (signature varchar primary key, entity varchar, columns json, given json, saved_at timestamp);

-- The hosting check list of each site (mission.md F19, F21), as ticked by the user; rows are only added, the newest of an item counts.
-- is_met is empty where a tick was taken back.
create table if not exists hosting_checks (site varchar, item varchar, is_met boolean, checked_at timestamp, checked_by varchar);
