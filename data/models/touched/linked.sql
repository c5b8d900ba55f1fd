-- The touched customers with all that stand for the same clients; one row a party.
with roots as (
    select touched_parties.key as party_id, coalesce(client_links.client_id, touched_parties.key) as client_id
    from touched_parties
    left join client_links on client_links.linked_id = touched_parties.key
)

select party_id as key from roots
union
select client_id from roots
union
select linked_id from client_links where client_id in (select client_id from roots)
