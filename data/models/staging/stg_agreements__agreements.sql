-- Agreements outside Stripe, as imported or entered; one row an agreement.
select
    id as agreement_id,
    payload ->> '$.client' as client_id,
    nullif(payload ->> '$.tier', '') as tier,
    (payload ->> '$.amount_minor')::bigint as amount_minor,
    lower(payload ->> '$.currency') as currency,
    (payload ->> '$.months')::integer as months,
    (payload ->> '$.starts_on')::date as starts_on,
    (payload ->> '$.ends_on')::date as ends_on,
    (payload ->> '$.paid_until')::date as paid_until_on,
    nullif(payload ->> '$.paid_by', '') as paid_by
from raw_agreements__agreements
where gone_at is null
