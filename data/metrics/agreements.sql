-- title: Agreements
-- unit: minor units of the currency, a month
-- grain: one row an agreement and revision; a draft stands as the revision that it will be
-- definition: Every agreement (contract) on record: with whom, its state, tier and fee, when it was signed, when its term ends or renews, and the SHA-256 of its PDF. Retainers paid outside Stripe have a figure of their own.
-- formula: state: draft, sent (awaiting signature), signed, superseded (by a later revision), ended. A signed one with a fixed term renews on the first day after it
select
    client_id, revision, state, tier, monthly_minor, currency, strftime(signed_on, '%Y-%m-%d') as signed_on,
    strftime(renews_on, '%Y-%m-%d') as renews_on, sha256
from written_agreements
where $currency is null or currency = $currency
order by agreement_id desc, revision desc
