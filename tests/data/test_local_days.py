"""The day of an instant in the account's time zone, by the shift of its zone, equals the day that the zone itself gives."""

from contextlib import closing
from datetime import datetime

from data import params
from data.settings import Settings
from data.warehouse import Warehouse

HOURS = """
    select moment, local_day(moment, shift, time_zone) as by_shift, day_in(moment, time_zone) as by_zone
    from (select unnest(generate_series(timestamp '2009-12-30', timestamp '2027-01-02', interval 1 hour)) as moment)
    cross join params
    left join zone_days on zone_days.utc_day = moment::date
"""


ZONES = ("UTC", "Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca")


def test_days_are_cut_by_the_zone_also_where_its_clocks_change_or_a_day_is_left_out(tmp_path):
    with closing(Warehouse(tmp_path / "w.duckdb", Settings(home=tmp_path))) as warehouse, warehouse.cursor() as cursor:
        for zone in ZONES:
            params.write(cursor, Settings(home=tmp_path, time_zone=zone), datetime(2026, 11, 22), "temp table")  # noqa: DTZ001
            assert cursor.execute(f"select * from ({HOURS}) where by_shift is distinct from by_zone limit 3").fetchall() == []
            (shifts,) = cursor.execute("select count(distinct shift) from zone_days where utc_day > '2015-01-01'").fetchone()
            assert (shifts > 1) is (zone != "UTC"), zone
