-- title: Collections
-- unit: minor units of the currency; attempts; days
-- grain: one row an invoice whose payment failed or is disputed, or that was sent and is past its due date, or was given up; with start and end: those of these months
-- definition: What became of each payment that failed, of any age: Stripe tries again, it has stopped, the money came in after all, it was given up, or the client’s bank took it back. An invoice that was voided is no claim any more.
-- formula: state is retrying (Stripe tries again), failed (it does not), overdue (sent, past due), disputed (paid, and the bank has yet to decide), recovered (paid after a failure, or a dispute won), charged_back (a dispute lost) or uncollectible; amount due = what is still to pay (of a recovered one: what was; of a dispute: what it is about). Age counts from the first failure, else the due date or the dispute. MRR = what the client pays a month now
with disputed as (
    select
        *, case state when 'lost' then 'charged_back' when 'won' then 'recovered' else 'disputed' end as became
    from disputes_fct
    where invoice_id is not null and state <> 'closed'
    qualify row_number() over (partition by invoice_id order by disputed_on desc, dispute_id desc) = 1
),

-- A dispute is about money that came in; an invoice that is still unpaid stays with what became of that.
cases as (
    select cases.*
    from invoice_cases as cases
    left join disputed using (invoice_id)
    where disputed.invoice_id is null or cases.state <> 'recovered'
    union all by name
    select
        disputed.invoice_id, invoices.number, disputed.customer_id, disputed.currency, disputed.became as state, disputed.amount_minor as amount_due_minor,
        cases.failed_at, coalesce(cases.tries, 0) as tries, disputed.disputed_on as since_on, disputed.returned_on as recovered_on
    from disputed
    join stg_stripe__invoices as invoices using (invoice_id)
    left join invoice_cases as cases using (invoice_id)
    where cases.state is null or cases.state = 'recovered'
)

select
    coalesce(cases.number, cases.invoice_id) as invoice, clients.client_id, cases.currency, cases.amount_due_minor,
    strftime(cases.failed_at, '%Y-%m-%dT%H:%M:%SZ') as first_failed_at, cases.tries as attempts,
    strftime(cases.tries_again_at, '%Y-%m-%dT%H:%M:%SZ') as next_attempt_at, cases.state,
    clients.client_name, cases.invoice_id, strftime(cases.since_on, '%Y-%m-%d') as since_on,
    coalesce(cases.recovered_on, params.today) - cases.since_on as age_days,
    strftime(day_in(cases.tries_again_at, params.time_zone), '%Y-%m-%d') as next_attempt_on,
    strftime(cases.recovered_on, '%Y-%m-%d') as recovered_on,
    coalesce(now_.mrr_minor, 0) as mrr_minor, clients.email
from cases
cross join params
join client_parties as parties on parties.party_id = cases.customer_id
join clients_dim as clients using (client_key)
left join clients_now as now_ on now_.client_key = clients.client_key and now_.currency = cases.currency
where ($start is null or cases.since_on >= $start::date) and ($end is null or cases.since_on < $end::date + interval 1 month)
    and ($currency is null or cases.currency = $currency)
order by list_position(['recovered', 'charged_back', 'uncollectible'], cases.state) nulls first, cases.since_on, invoice
