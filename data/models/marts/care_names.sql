-- Names of clients in a form that can be compared: lower case, no accents and signs, no legal form (Atelier Dupont S.A.R.L. =
-- atelier dupont); one row a name, as written in a maintenance file or known for a client.
with written as (
    select client as name from care_states
    union
    select client from care_hours
    union
    select name from stg_stripe__customers
    union
    select client_name from clients_dim
),

spelled as (
    select
        name,
        regexp_replace(replace(strip_accents(lower(name)), '.', ''), '[^\p{L}\p{N}]+', ' ', 'g') as words
    from written
    where name is not null
),

bare as (
    select
        name,
        trim(regexp_replace(
            regexp_replace(' ' || trim(words), '^ (sc|s c) ', ' '),
            '( (sarl|sas|sasu|eurl|sa|sci|snc|ei|srl|pfa|ii|ltd|limited|llc|llp|lp|plc|inc|corp|corporation|co|company|gmbh|ug|ag|kg|ohg|bv|nv'
            || '|spa|sl|slu|lda|ab|oy|as|aps|pty))+$',
            ''
        )) as plain_name
    from spelled
)

select name, coalesce(nullif(plain_name, ''), lower(name)) as plain_name
from bare
