-- Outages that WP Umbrella confirmed, as they stand in the answer on uptime, of which only the last 30 days are told.
-- Grain: one row an outage. Instants in UTC.
select
    (answers.payload ->> '$.project_id') || '-' || coalesce(entry.value ->> '$.id', entry.value ->> '$.started_at') as id,
    answers.payload ->> '$.project_id' as project_id,
    instant(entry.value ->> '$.started_at') as started_at,
    instant(entry.value ->> '$.ended_at') as ended_at,
    try_cast(entry.value ->> '$.duration_seconds' as double) as seconds,
    replace(said(entry.value ->> '$.description'), '_', ' ') as summary,
    answers.seen_at
from raw_wp_umbrella__uptime as answers, json_each(answers.payload -> '$.incidents') as entry
where instant(entry.value ->> '$.started_at') is not null
