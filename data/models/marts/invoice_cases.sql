-- Invoices whose payment failed, that are past their due date, or that were given up, with how each stands; one row a case.
-- kept as: view
with tried as (
    select
        invoice_id, min(created_at) filter (is_failure) as first_failed_at, max(created_at) filter (is_failure) as last_failed_at,
        count(*) filter (is_failure) as failed_charges, max(created_at) filter (status = 'pending' and created_at <= as_of) as pending_at,
        min(created_at) filter (created_at > as_of) as next_charge_at
    from (select *, status = 'failed' and created_at <= as_of as is_failure from stg_stripe__charges cross join params)
    where invoice_id is not null
    group by all
),

-- How each invoice stood at the instant that is looked from, which may be before its last change.
stood as (
    select
        invoices.*, tried.* exclude (invoice_id), params.as_of, params.time_zone, params.today,
        if(told.failed_at <= params.as_of, told.failed_at, null) as told_at,
        case
            when invoices.status = 'paid' and coalesce(invoices.paid_at <= params.as_of, true) then 'paid'
            when invoices.status = 'void' and coalesce(invoices.voided_at <= params.as_of, true) then 'void'
            when invoices.given_up_at <= params.as_of or (invoices.status = 'uncollectible' and invoices.given_up_at is null) then 'uncollectible'
            when invoices.status = 'draft' then 'draft'
            else 'open'
        end as standing,
        if(invoices.collection_method = 'send_invoice', coalesce(invoices.due_at, coalesce(invoices.finalized_at, invoices.created_at) + interval 30 day), null) as pay_by_at,
        invoices.status = standing and tried.next_charge_at is null as is_as_now
    from stg_stripe__invoices as invoices cross join params
    left join tried using (invoice_id)
    left join stg_stripe__payment_failures as told using (invoice_id)
    where not invoices.is_gone and coalesce(invoices.finalized_at, invoices.created_at) <= params.as_of
),

-- Without a charge, an attempt failed where none is under way and the invoice is still open, or more than one was needed.
dated as (
    select
        *,
        coalesce(first_failed_at, told_at, if(
            is_as_now and collection_method <> 'send_invoice' and pending_at is null and attempts > if(standing = 'paid', 1, 0), coalesce(finalized_at, created_at), null
        )) as failed_at,
        coalesce(if(is_as_now, nullif(attempts, 0), null), failed_charges, 0) as tries,
        if(is_as_now, next_attempt_at, next_charge_at) as tries_again_at
    from stood
),

judged as (
    select *, case
            when standing = 'paid' and failed_at < coalesce(paid_at, as_of) then 'recovered'
            when amount_due_minor <= 0 or (is_as_now and amount_remaining_minor <= 0) then null
            when standing = 'uncollectible' then 'uncollectible'
            when standing = 'open' and pay_by_at < as_of then 'overdue'
            when standing <> 'open' or failed_at is null or pending_at > coalesce(last_failed_at, failed_at) then null
            when tries_again_at is not null then 'retrying'
            else 'failed'
        end as state,
        day_in(coalesce(failed_at, pay_by_at, given_up_at, created_at), time_zone) as since_on
    from dated
)

select
    invoice_id, number, customer_id, currency, state,
    if(state = 'recovered' or not is_as_now, amount_due_minor, amount_remaining_minor) as amount_due_minor,
    failed_at, tries, if(state = 'retrying', tries_again_at, null) as tries_again_at, since_on,
    if(state = 'recovered', day_in(paid_at, time_zone), null) as recovered_on
from judged
where state is not null
