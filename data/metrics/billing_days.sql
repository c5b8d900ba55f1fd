-- title: Billing days
-- unit: minor units of the currency; days
-- grain: one row a subscription with MRR that goes on and is billed by the month or year
-- definition: On which day of the month each client is charged, and the one prorated amount that moves it to the 1st.
-- formula: moved at its next renewal: the days from it to the next 1st ÷ days of that month × the monthly amount; from the 1st on, the full price
with sold as (
    select client_key, currency, subscription_id, sum(mrr_minor)::bigint as mrr_minor
    from client_spans
    cross join params
    where from_at <= params.as_of and (to_at is null or to_at > params.as_of) and mrr_minor > 0
    group by all
),

billed as (
    select
        sold.*, terms.collection_method, terms.interval_unit, terms.interval_count,
        timezone(params.time_zone, timezone('UTC', terms.renews_at))::date as next_charge_on
    from sold
    join renewal_terms as terms using (subscription_id)
    cross join params
    where terms.interval_unit in ('month', 'year') and (terms.leaves_at is null or terms.leaves_at > terms.renews_at)
    qualify row_number() over (partition by sold.subscription_id, sold.client_key, sold.currency order by terms.renews_at, terms.subscription_item_id) = 1
),

moved as (
    select
        *, day(next_charge_on) as billing_day, (date_trunc('month', next_charge_on) + interval 1 month)::date as first_on,
        if(billing_day = 1, 0, first_on - next_charge_on) as days, day(last_day(next_charge_on)) as days_in_month
    from billed
)

select
    clients.client_id, clients.client_name, moved.subscription_id, moved.currency, moved.mrr_minor, moved.billing_day,
    strftime(moved.next_charge_on, '%Y-%m-%d') as next_charge_on, moved.billing_day = 1 as is_on_the_first,
    moved.days::integer as days, moved.days_in_month::integer as days_in_month,
    floor(moved.mrr_minor * moved.days / moved.days_in_month + 0.5 + 1e-7)::bigint as moving_minor,
    if(moved.days > 0, strftime(moved.first_on, '%Y-%m-%d'), null) as moves_to_on,
    moved.interval_unit as interval, moved.interval_count, moved.collection_method
from moved
join clients_dim as clients using (client_key)
where $currency is null or moved.currency = $currency
order by moved.billing_day, moved.mrr_minor desc, clients.client_name
