-- Cash collected and charges failed; one row a month and currency with charges.
select
    date_trunc('month', charged_on)::date as month, currency,
    coalesce(sum(amount_minor) filter (status = 'succeeded'), 0)::bigint as collected_minor,
    coalesce(sum(refunded_minor), 0)::bigint as refunded_minor,
    count(*) filter (status = 'failed') as failed_charges,
    coalesce(sum(amount_minor) filter (status = 'failed'), 0)::bigint as failed_minor
from payments_fct
group by all
