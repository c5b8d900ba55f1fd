-- title: Register of agreements
-- unit: minor units of the currency, a month
-- grain: one row an agreement and revision; a draft stands as the revision that it will be
-- definition: The agreements (contracts) on record with their numbers, parties and days: when each revision was sent, by whom, what it changed, when it was signed and by whom.
-- formula: in force = signed, and its term is open, renews, or is not over
select
    agreement_id, revision, state, client_id, client_name, email, tier, monthly_minor, currency, language, proposal_id,
    strftime(starts_on, '%Y-%m-%d') as starts_on, strftime(sent_on, '%Y-%m-%d') as sent_on, author, note,
    strftime(signed_on, '%Y-%m-%d') as signed_on, signed_by, strftime(renews_on, '%Y-%m-%d') as renews_on, is_in_force, sha256
from written_agreements
where $currency is null or currency = $currency
order by agreement_id desc, revision desc
