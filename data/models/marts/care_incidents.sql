-- Incidents on sites, from every source that records them; one row an incident, each counted once.
-- Where two monitors tell of outages of a site that overlap, the one named first here counts: what the user wrote down, then dedicated
-- monitors. Columns as stg_maintenance__incidents, with `source`.
with told as (
    select 'maintenance' as source, 1 as rank, * from stg_maintenance__incidents
),

spans as (
    select
        told.*,
        coalesce(happened_at, happened_on::timestamp) as span_from,
        coalesce(
            ended_at, happened_at + to_seconds((60 * minutes)::bigint), happened_at, ended_on + interval 1 day, happened_on + interval 1 day
        ) as span_to
    from told
)

select spans.* exclude (rank, span_from, span_to)
from spans
anti join spans as better
    on better.site = spans.site and better.kind = spans.kind and better.rank < spans.rank
    and better.span_from <= spans.span_to + interval 5 minute and spans.span_from <= better.span_to + interval 5 minute
