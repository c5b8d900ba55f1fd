-- title: Agreements outside Stripe
-- unit: minor units of the currency
-- grain: one row an agreement, ended ones too
-- definition: Retainers paid by transfer, cheque or in advance: what each is worth a month, until when it is paid, and whether its renewal is due (within 30 days) or overdue.
-- formula: amount ÷ months covered; overdue = paid until a day that is over, without an end, within the days of grace
with agreements as (
    select agreements.*, params.today, params.grace_days,
        coalesce(ends_on, if(today >= paid_until_on + grace_days, paid_until_on, null)) as over_on
    from stg_agreements__agreements as agreements
    cross join params
)

select
    agreement_id, clients.client_id, clients.client_name, agreements.client_id as party_id, tier, amount_minor, currency, months,
    floor(amount_minor / months + 0.5 + 1e-7)::bigint as mrr_minor,
    strftime(starts_on, '%Y-%m-%d') as starts_on, strftime(ends_on, '%Y-%m-%d') as ends_on,
    strftime(paid_until_on, '%Y-%m-%d') as paid_until, paid_by,
    case
        when over_on <= starts_on then 'cancelled'
        when over_on <= today then 'ended'
        when starts_on > today then 'not begun'
        when ends_on is null and today >= paid_until_on then 'renewal overdue'
        when ends_on is null and today >= paid_until_on - 30 then 'renewal due'
        else 'in force'
    end as state
from agreements
join client_parties as parties on parties.party_id = agreements.client_id
join clients_dim as clients using (client_key)
where $currency is null or currency = $currency
order by state in ('cancelled', 'ended'), paid_until_on nulls last, clients.client_name, agreement_id
