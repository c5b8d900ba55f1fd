-- Lines of subscriptions on finalised invoices, in either shape; one row an invoice and line. `amount_minor` is before discounts.
-- per client: customer_id
with lines as (
    select invoice_id, customer_id, of_subscription, currency as invoice_currency, unnest(lines) as line
    from stg_stripe__invoice_payloads
    where status in ('open', 'paid', 'uncollectible')
),

read as (
    select
        invoice_id,
        customer_id,
        line.id as line_id,
        line.description as description,
        coalesce(line.parent.type, line.type) as kind,
        coalesce(
            line.parent.subscription_item_details.subscription, line.parent.invoice_item_details.subscription,
            id_of(line.subscription), id_of(of_subscription)
        ) as subscription_id,
        coalesce(line.parent.subscription_item_details.subscription_item, line.subscription_item) as subscription_item_id,
        coalesce(
            line.parent.subscription_item_details.invoice_item, line.parent.invoice_item_details.invoice_item,
            id_of(line.invoice_item)
        ) as invoice_item_id,
        coalesce(id_of(line.pricing.price_details.price), id_of(line.price), id_of(line.plan)) as price_id,
        lower(coalesce(line.currency, invoice_currency)) as currency,
        coalesce(line.amount, 0) as amount_minor,
        coalesce(line.quantity, 1) as quantity,
        to_timestamp(line.period.start)::timestamp as period_start_at,
        to_timestamp(line.period.end)::timestamp as period_end_at,
        coalesce(line.parent.subscription_item_details.proration, line.parent.invoice_item_details.proration, line.proration, false)
            as is_proration,
        coalesce(
            line.parent.subscription_item_details.proration_details.credited_items,
            line.parent.invoice_item_details.proration_details.credited_items, line.proration_details.credited_items
        ).invoice_line_items as credited_line_ids,
        line.discount_amounts as discount_amounts,
        coalesce(list_sum([tax.amount for tax in line.taxes if tax.tax_behavior = 'inclusive']), 0)
            + coalesce(list_sum([tax.amount for tax in line.tax_amounts if tax.inclusive]), 0) as inclusive_tax_minor
    from lines
)

select
    * exclude (kind, credited_line_ids, inclusive_tax_minor),
    -- A one-off charge on a subscription's invoice is a line of its own kind, and no proration.
    not is_proration and coalesce(kind, '') in ('invoiceitem', 'invoice_item_details') as is_one_off,
    amount_minor < 0 or coalesce(len(credited_line_ids), 0) > 0 as is_credit,
    credited_line_ids[1] as credited_line_id,
    inclusive_tax_minor::bigint as inclusive_tax_minor,
    coalesce(list_sum([given.amount for given in discount_amounts]), 0)::bigint as discounted_minor
from read
where subscription_id is not null or subscription_item_id is not null or kind in ('subscription', 'subscription_item_details')
