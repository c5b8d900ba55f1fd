-- title: Tax on top of the price is counted there
-- ours: Tax is never MRR; tax on top of a price is ignored.
-- Raw invoices are read here and not in staging, since no figure of ours needs this tax. Both shapes of the API.
with lines as (
    select unnest(from_json(payload -> '$.lines.data', '[{
        "amount": "bigint", "subscription_item": "varchar", "period": {"start": "bigint"},
        "parent": {"subscription_item_details": {"subscription_item": "varchar"}},
        "discount_amounts": [{"amount": "bigint"}],
        "taxes": [{"amount": "bigint", "tax_behavior": "varchar"}],
        "tax_amounts": [{"amount": "bigint", "inclusive": "boolean"}]
    }]')) as line
    from raw_stripe__invoices
),

taxed as (
    select
        coalesce(line.parent.subscription_item_details.subscription_item, line.subscription_item) as subscription_item_id,
        line.period.start as started,
        (coalesce(list_sum([tax.amount for tax in line.taxes if tax.tax_behavior = 'exclusive']), 0)
            + coalesce(list_sum([tax.amount for tax in line.tax_amounts if not tax.inclusive]), 0))
            / nullif(line.amount - coalesce(list_sum([given.amount for given in line.discount_amounts]), 0), 0) as share
    from lines
    where line.amount > 0
),

rates as (
    select subscription_item_id, arg_max(share, started) as share from taxed where share > 0 group by subscription_item_id
)

select items.client_key, items.currency, items.from_at, items.to_at,
    to_whole(items.left_minor * items.net_of_tax * items.per_month * (1 + rates.share)) - items.full_mrr_minor as delta_minor
from item_values as items
join rates using (subscription_item_id)
where items.mode = 'on'
