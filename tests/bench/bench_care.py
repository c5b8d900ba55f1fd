"""What bringing in care data costs, beside DuckDB's own reading of the same CSV; `python -m tests.bench care`.

1,000 sites and 100,000 updates in one file. DuckDB's reading is the bound: it parses the cells and understands none of them.
Printed are the ratios of the check alone and of the whole import with its rebuild, and what the page asks for afterwards.
"""

import csv
import io
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

SITES = 1_000
UPDATES = 100_000
NAMES = ("WooCommerce", "Contact Form 7", "Yoast SEO", "Wordfence Security", "Elementor", "Astra", "WordPress")


def care_file() -> bytes:
    """One CSV with a row a site and a hundred updates each."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow("record,site,client,wp_version,plugin_updates,date,component,from_version,to_version,kind".split(","))
    for number in range(SITES):
        writer.writerow(["site", f"www.site{number}.example", f"Client {number} Ltd", "6.9.1", number % 4, *[""] * 5])
    first = date.today() - timedelta(days=400)  # noqa: DTZ011 - a bench file has no time zone
    for number in range(UPDATES):
        at = f"{first + timedelta(days=number % 400)}T08:{number % 60:02}:00Z"
        version = number // 7_000
        what = [at, NAMES[number % 7], f"9.{version}", f"9.{version + 1}", "plugin"]
        writer.writerow(["update", f"site{number % SITES}.example", "", "", "", *what])
    return out.getvalue().encode()


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Measure, and print."""
    import duckdb

    from data import metrics
    from data.settings import load
    from data.sources import maintenance
    from data.warehouse import Warehouse

    with tempfile.TemporaryDirectory() as folder:
        content = care_file()
        path = Path(folder) / "care.csv"
        path.write_bytes(content)
        bound = min(
            timed(lambda: duckdb.sql(f"create or replace table care as select * from read_csv('{path}')")) for _ in range(3)
        )
        home = Path(folder) / "home"
        settings = load(home=str(home))
        with closing(Warehouse(home / "retainer.duckdb", settings)) as warehouse:
            empty = timed(warehouse.build)
            check = timed(lambda: maintenance.import_file(content, "care.csv"))
            whole = timed(lambda: maintenance.import_file(content, "care.csv", warehouse))
            again = timed(lambda: maintenance.import_file(content, "care.csv", warehouse))
            page = {
                name: timed(lambda name=name: metrics.read(warehouse, name))
                for name in ("sites", "site_health", "care_months", "care_unmatched")
            }
            count = len(metrics.read(warehouse, "sites"))
    print(f"{SITES:,} sites, {UPDATES:,} updates, {len(content) / 1e6:.1f} MB; {count:,} sites in the figures")
    print(f"DuckDB reads the file alone   {bound:6.2f} s")
    print(f"check of every row            {check:6.2f} s   {check / bound:5.1f} ×")
    print(f"import with its rebuild       {whole:6.2f} s   {whole / bound:5.1f} ×   (a rebuild of nothing: {empty:.2f} s)")
    print(f"the same file again           {again:6.2f} s   {again / bound:5.1f} ×")
    print("the Care page asks for        " + ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in page.items()))


if __name__ == "__main__":
    main()
