-- title: Survival
-- unit: share of the clients that began (1 = all of them)
-- grain: one row a currency and age in whole months that any client has reached
-- definition: Of the clients that begin, which share is still there after so many months; those still here count for as long as they have been. A return begins anew. The interval holds the true share with 95 % probability; it is empty until the first one leaves.
-- formula: Kaplan–Meier over spells from a client's start to its churn: product of (1 − left ÷ at risk) over each age at which anyone left; interval by the log-log method with Greenwood's variance; at risk = spells that reached the age, left = those that ended since the age before
with steps as (
    select
        client_key, currency, change_on, kind,
        lead(kind) over client as next_kind, lead(change_on) over client as next_on
    from movements_fct
    where kind in ('new', 'reactivation', 'churn', 'lost_while_paused')
    window client as (partition by client_key, currency order by change_on)
),

spells as (
    select
        steps.currency, coalesce(next_kind = 'churn', false) as has_left, change_on as from_on, coalesce(next_on, params.today) as until_on
    from steps
    cross join params
    where kind in ('new', 'reactivation')
),

-- An age in months keeps whole months whole: who leaves at the end of the third month leaves at age 3.
aged as (
    select *, datesub('month', from_on, until_on)
        + date_diff('day', from_on + to_months(datesub('month', from_on, until_on)::integer), until_on) / 31.0 as age
    from spells
),

ends as (
    select currency, age, count(*) filter (has_left) as left_, count(*) as ended from aged group by all
),

at_ends as (
    select currency, age, left_,
        sum(ended) over (partition by currency order by age desc rows between unbounded preceding and current row) as at_risk
    from ends
),

curve as (
    select currency, age,
        sum(ln(nullif(1 - left_ / at_risk, 0))) over so_far as log_share,
        bool_or(left_ = at_risk) over so_far as is_nobody_left,
        sum(if(left_ < at_risk, left_ / (at_risk * (at_risk - left_)), 0)) over so_far as variance
    from at_ends
    window so_far as (partition by currency order by age)
),

ages as (
    select currency, unnest(range(0, floor(max(age))::bigint + 1)) as age_months from aged group by currency
),

counted as (
    select ages.currency, ages.age_months,
        count(*) filter (aged.age >= ages.age_months) as at_risk,
        count(*) filter (aged.has_left and aged.age <= ages.age_months and aged.age > ages.age_months - 1) as left_
    from ages
    join aged using (currency)
    group by all
)

select
    counted.currency, counted.age_months, counted.at_risk, counted.left_ as left,
    case when is_nobody_left then 0.0 else coalesce(exp(log_share), 1.0) end as surviving_share,
    if(is_nobody_left, null, exp(log_share * exp(1.959963984540054 * sqrt(variance) / nullif(abs(log_share), 0)))) as low,
    if(is_nobody_left, null, exp(log_share * exp(-1.959963984540054 * sqrt(variance) / nullif(abs(log_share), 0)))) as high
from counted
asof left join curve on curve.currency = counted.currency and counted.age_months >= curve.age
where $currency is null or counted.currency = $currency
order by counted.currency, counted.age_months
