-- Money that came in, money that went back, each on its own day, and charges that failed; one row a month and currency in which there was some.
-- kept as: view
with moved as (
    select charged_on as moved_on, currency, status, amount_minor from payments_fct
    union all
    select day_in(refunds.created_at, params.time_zone), refunds.currency, 'refunded', refunds.amount_minor
    from stg_stripe__refunds as refunds
    cross join params
    where refunds.created_at <= params.as_of
    union all
    select taken_on, currency, 'disputed', amount_minor from disputes_fct where taken_on is not null
    union all
    select returned_on, currency, 'disputed', -amount_minor from disputes_fct where returned_on is not null
    union all
    select day_in(notes.created_at, params.time_zone), notes.currency, 'credited', notes.paid_outside_minor
    from stg_stripe__credit_notes as notes
    cross join params
    where notes.created_at <= params.as_of and notes.paid_outside_minor > 0
    union all
    select
        day_in(invoices.paid_at, params.time_zone), invoices.currency, 'outside',
        if(invoices.is_paid_out_of_band, invoices.total_minor, invoices.amount_paid_off_stripe_minor)
    from stg_stripe__invoices as invoices
    cross join params
    where invoices.paid_at <= params.as_of and (invoices.is_paid_out_of_band or invoices.amount_paid_off_stripe_minor > 0)
)

select
    date_trunc('month', moved_on)::date as month, currency,
    coalesce(sum(amount_minor) filter (status = 'succeeded'), 0)::bigint as collected_minor,
    coalesce(sum(amount_minor) filter (status = 'refunded'), 0)::bigint as refunded_minor,
    count(*) filter (status = 'failed') as failed_charges,
    coalesce(sum(amount_minor) filter (status = 'failed'), 0)::bigint as failed_minor,
    coalesce(sum(amount_minor) filter (status = 'outside'), 0)::bigint as outside_stripe_minor,
    coalesce(sum(amount_minor) filter (status = 'disputed'), 0)::bigint as disputed_minor,
    coalesce(sum(amount_minor) filter (status = 'credited'), 0)::bigint as credited_outside_minor
from moved
group by all
