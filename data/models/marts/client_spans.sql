-- Every piece of MRR of a client, from Stripe or an agreement, from when to when; one row an item or agreement and span.
-- per client: client_key
-- kept as: view
with stripe_spans as (
    select
        parties.client_key, spans.currency, tiers.tier, tiers.is_in_price_book, spans.from_at, spans.to_at, spans.mrr_minor, spans.standing,
        spans.subscription_id, spans.subscription_item_id, spans.price_id, spans.product_id, spans.quantity
    from mrr_spans as spans
    join client_parties as parties on parties.party_id = spans.customer_id
    left join price_tiers_dim as tiers using (price_id)
    where spans.currency is not null
),

agreed as (
    select
        parties.client_key, spans.currency, spans.tier, true as is_in_price_book, spans.from_at, spans.to_at, spans.mrr_minor,
        if(spans.mrr_minor > 0, 'paying', 'free') as standing,
        spans.agreement_id as subscription_id, spans.agreement_id as subscription_item_id
    from agreement_spans as spans
    join client_parties as parties on parties.party_id = spans.client_id
)

select * from stripe_spans
union all by name
select * from agreed
