-- title: Uptime by month
-- unit: share of 1
-- grain: one row a month and site with a reading near the month's end
-- definition: The uptime over 30 days that a source told of a site nearest to a month's end: from 3 days before to 7 days after it, or, in the running month, the newest one. Without such a reading the month has no uptime.
-- formula: as the source told it on its day; nothing is worked out from the absence of incidents
with months as (
    select distinct date_trunc('month', unnest([known_on, known_on - 7]))::date as month from uptime_readings
),

near as (
    select
        months.month, readings.*,
        least((months.month + interval 1 month)::date - 1, params.today) as ends_on
    from months
    cross join params
    join uptime_readings as readings
        on readings.known_on <= params.today
        and case
            when months.month = date_trunc('month', params.today) then readings.known_on >= months.month
            else readings.known_on between (months.month + interval 1 month)::date - 4 and (months.month + interval 1 month)::date + 6
        end
)

select
    strftime(near.month, '%Y-%m') as month, near.site, sites.client_id, near.uptime_30d, strftime(near.known_on, '%Y-%m-%d') as known_on
from near
join care_sites as sites on sites.site = near.site
where ($start is null or near.month >= $start::date) and ($end is null or near.month <= $end::date)
qualify row_number() over (partition by near.month, near.site order by abs(near.known_on - near.ends_on), near.known_on) = 1
order by near.month, near.site
