-- title: Links
-- unit: links
-- grain: one row a Stripe customer, agreement or site that was linked to a client
-- definition: What you linked to one client; each link can be undone.
-- formula: as confirmed by you
select links.linked_id, clients.client_id, clients.client_name, strftime(links.linked_at, '%Y-%m-%d') as linked_on
from client_links as links
join clients_dim as clients using (client_id)
order by clients.client_name, links.linked_id
