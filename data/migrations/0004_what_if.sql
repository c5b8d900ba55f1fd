-- What-if scenarios that the user keeps by name, one of a name in each currency; the scenario is as docs/what-if-scenario.md says.
create table if not exists what_if_scenarios (
    name varchar, currency varchar, scenario json, saved_at timestamp, primary key (name, currency)
);
