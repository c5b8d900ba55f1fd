-- title: Disputes
-- unit: minor units of the currency
-- grain: one row a dispute; with start and end: those that began in these months
-- definition: Charges that a client’s bank took back or asks about, with the day until which you can answer in Stripe. MRR does not change by a dispute; cash does.
-- formula: state is to answer, under review (the bank decides), won (the money came back), lost, or closed (an inquiry that went no further). MRR = what the client pays a month now
select
    clients.client_id, clients.client_name, disputes.currency, disputes.amount_minor, disputes.reason, disputes.state,
    strftime(disputes.disputed_on, '%Y-%m-%d') as disputed_on,
    if(disputes.state = 'to answer', strftime(disputes.answer_by_on, '%Y-%m-%d'), null) as answer_by_on,
    strftime(disputes.returned_on, '%Y-%m-%d') as returned_on,
    coalesce(invoices.number, disputes.invoice_id, '') as invoice, disputes.invoice_id, disputes.charge_id, disputes.dispute_id,
    coalesce(now_.mrr_minor, 0) as mrr_minor
from disputes_fct as disputes
left join clients_dim as clients using (client_key)
left join clients_now as now_ on now_.client_key = clients.client_key and now_.currency = disputes.currency
left join stg_stripe__invoices as invoices on invoices.invoice_id = disputes.invoice_id
where ($start is null or disputes.disputed_on >= $start::date) and ($end is null or disputes.disputed_on < $end::date + interval 1 month)
    and ($currency is null or disputes.currency = $currency)
order by disputes.state <> 'to answer', disputes.state <> 'under review', disputes.disputed_on desc, disputes.dispute_id
