-- title: Cash expected
-- unit: minor units of the currency
-- grain: one row a month and currency: the rest of this month and the twelve months after it
-- definition: Payments to expect, in the month in which they fall due, beside the MRR known for that month’s end. A yearly client pays once and weighs on MRR each month. Nobody is taken to join or leave unless it is planned.
-- formula: each renewal of a subscription (of one sent as an invoice: its due date) at its price then, net of lasting discounts and without tax, until it is set to end; each renewal of an agreement; open invoices that are not late. Failed and overdue ones stand in Collections instead. Usage is left out
with counted as (select unnest(range(400))::integer as n),

renewals as (
    select
        terms.*,
        case interval_unit
            when 'day' then renews_at + to_days(n * interval_count) when 'week' then renews_at + to_days(n * interval_count * 7)
            else date_trunc('month', renews_at) + to_months(n * interval_count * if(interval_unit = 'year', 12, 1))
        end as bare_at,
        case when interval_unit in ('day', 'week') then bare_at
            else bare_at + to_days(least(anchor_day, day(last_day(bare_at))) - 1) + (renews_at - date_trunc('day', renews_at))
        end as at_
    from renewal_terms as terms
    cross join counted
    where n * interval_count * case interval_unit when 'day' then 1 when 'week' then 7 when 'month' then 30 else 365 end <= 430
),

expected as (
    select
        renewals.client_key, spans.currency, 'subscriptions' as source,
        timezone(params.time_zone, timezone('UTC', at_))::date + if(collection_method = 'send_invoice', days_until_due, 0) as pay_on,
        if(planned.starts_at <= at_, floor(spans.period_minor * planned.later_minor / planned.mrr_minor + 0.5), spans.period_minor) as amount_minor
    from renewals cross join params
    join mrr_spans as spans
        on spans.subscription_item_id = renewals.subscription_item_id and spans.subscription_id = renewals.subscription_id
        and at_ >= spans.from_at and (spans.to_at is null or at_ < spans.to_at)
    left join scheduled_changes as planned on planned.subscription_id = renewals.subscription_id and planned.mrr_minor > 0
    where spans.mrr_minor > 0 and at_ > params.as_of and (leaves_at is null or at_ < leaves_at)
    union all
    select client_key, currency, 'agreements', greatest(base_on + to_months(n * months), today)::date, amount_minor
    from agreement_terms
    cross join counted
    where (n = 0 and is_due_again or base_on + to_months(n * months) >= today) and (ends_on is null or base_on + to_months(n * months) < ends_on)
    union all
    select
        parties.client_key, invoices.currency, 'invoices',
        timezone(params.time_zone, timezone('UTC', greatest(coalesce(next_attempt_at, if(collection_method = 'send_invoice', due_at, null), params.as_of), params.as_of)))::date,
        invoices.amount_remaining_minor
    from stg_stripe__invoices as invoices
    join client_parties as parties on parties.party_id = invoices.customer_id
    cross join params
    where invoices.status = 'open' and not invoices.is_gone and invoices.amount_remaining_minor > 0 and invoices.created_at <= params.as_of
        and if(collection_method = 'send_invoice', due_at >= params.as_of, next_attempt_at is not null or attempts = 0)
),

months as (
    select (date_trunc('month', today) + to_months(n))::date as month, timezone('UTC', timezone(time_zone, (month + to_months(1))::timestamp)) as ends_at
    from params cross join counted
    where n <= 12
),

-- MRR that is known today for the end of each month: without those who are set to leave by then, with the changes that are planned.
known as (
    select
        months.month, spans.currency,
        sum(if(planned.starts_at < months.ends_at, floor(spans.mrr_minor * planned.later_minor / planned.mrr_minor + 0.5), spans.mrr_minor))::bigint as mrr_minor
    from months join client_spans as spans on spans.from_at < months.ends_at and (spans.to_at is null or spans.to_at >= months.ends_at) and spans.mrr_minor > 0
    left join (select subscription_id, min(leaves_at) as leaves_at from renewal_terms group by all) as going using (subscription_id)
    left join scheduled_changes as planned on planned.subscription_id = spans.subscription_id and planned.mrr_minor > 0
    where going.leaves_at is null or going.leaves_at >= months.ends_at
    group by all
)

select
    strftime(month, '%Y-%m') as month, currency,
    coalesce(sum(amount_minor) filter (source = 'subscriptions'), 0)::bigint as subscriptions_minor,
    coalesce(sum(amount_minor) filter (source = 'agreements'), 0)::bigint as agreements_minor,
    coalesce(sum(amount_minor) filter (source = 'invoices'), 0)::bigint as invoices_minor,
    coalesce(sum(amount_minor), 0)::bigint as expected_minor, coalesce(any_value(known.mrr_minor), 0)::bigint as mrr_minor
from (select months.month, known.currency from months cross join (select distinct currency from (select currency from known union all select currency from expected)) as known)
left join known using (month, currency)
left join (select *, date_trunc('month', pay_on)::date as month from expected) as expected using (month, currency)
where $currency is null or currency = $currency
group by all
order by month, currency
