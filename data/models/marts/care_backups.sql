-- Backups of sites, from every source that records them; one row a backup, each counted once.
-- Where two sources tell of a backup of a site with the same contents within a quarter of an hour, or one of them knows no more than
-- the same day, the one named first here counts. Columns as stg_maintenance__backups, with `source`.
with told as (
    select 'maintenance' as source, 1 as rank, * from stg_maintenance__backups
)

select told.* exclude (rank)
from told
anti join told as better
    on better.site = told.site and better.contents = told.contents and better.rank < told.rank
    and abs(better.happened_on - told.happened_on) <= 1
    and case
        when better.happened_at is null or told.happened_at is null then better.happened_on = told.happened_on
        else abs(date_diff('second', better.happened_at, told.happened_at)) <= 900
    end
