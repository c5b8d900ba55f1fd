-- Work and costs, from every source that records them, each counted once; one row a piece of work, or a cost. Columns as hours_told.
select * from hours_told anti join hours_told_again using (source, id)
