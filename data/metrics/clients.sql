-- title: Clients
-- unit: minor units of the currency
-- grain: one row a client and currency in which it is or was one
-- definition: Each client with what it pays a month now, its tier, how long it has been one, and whether it is at risk.
-- formula: since = the first day with MRR; paid in all = succeeded charges less refunds
with paid as (
    select
        client_key, currency, sum(amount_minor - refunded_minor)::bigint as paid_total_minor, max(charged_on) as last_paid_on
    from payments_fct
    where status = 'succeeded'
    group by all
)

select
    clients.client_id, clients.client_name, clients.email, now_.currency, now_.mrr_minor, now_.tier, now_.standing,
    strftime(now_.since_on, '%Y-%m-%d') as since_on,
    date_diff('month', now_.since_on, if(now_.standing = 'churned', now_.changed_on, params.today)) as months,
    now_.is_past_due, strftime(now_.leaves_on, '%Y-%m-%d') as leaves_on, now_.leaving_minor,
    coalesce(paid.paid_total_minor, 0) as paid_total_minor, strftime(paid.last_paid_on, '%Y-%m-%d') as last_paid_on
from clients_now as now_
join clients_dim as clients using (client_key)
cross join params
left join paid on paid.client_key = now_.client_key and paid.currency = now_.currency
where $currency is null or now_.currency = $currency
order by now_.mrr_minor desc, clients.client_name, clients.client_id
