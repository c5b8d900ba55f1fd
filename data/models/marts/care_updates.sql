-- Updates made on sites, from every source that records them; one row an update, each counted once.
-- Where two sources tell of the same component of a site on the same day, or of the same new version a day apart, the one named first
-- here counts: what the user wrote down, then what made the update, then logs. Columns as stg_maintenance__updates, with `source`.
with told as (
    select 'maintenance' as source, 1 as rank, * from stg_maintenance__updates
),

named as (
    select told.*, regexp_replace(strip_accents(lower(told.component)), '[^a-z0-9]+', '', 'g') as component_key from told
)

select named.* exclude (rank, component_key)
from named
anti join named as better
    on better.site = named.site and better.component_key = named.component_key and better.rank < named.rank
    and (
        better.happened_on = named.happened_on
        or better.to_version = named.to_version and abs(better.happened_on - named.happened_on) <= 1
    )
