-- Work and costs, from every source that records them; one row a piece of work, or a cost. Columns as stg_maintenance__hours, with `source`.
select 'maintenance' as source, * from stg_maintenance__hours
