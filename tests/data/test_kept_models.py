"""What stands after a build, and that nobody reads what doesn't."""

import re
from contextlib import closing
from pathlib import Path

from data import models
from data.settings import Settings
from data.warehouse import Warehouse

ROOT = Path(__file__).parents[2]
PASSING = {name for name, _ in models.ordered() if models.kept_as(name) in ("nothing", "step")}


def test_what_passes_away_with_a_build_is_per_client_and_read_by_its_own_layer_only():
    assert models.per_client().keys() >= PASSING
    assert models.SHARED not in {models.per_client()[name] for name in PASSING}
    for path in [
        *ROOT.glob("data/**/*.sql"),
        *ROOT.glob("data/**/*.py"),
        *ROOT.glob("pages/**/*.py"),
        *ROOT.glob("proposals/**/*.py"),
    ]:
        layer = path.parent.name
        read = set(re.findall(r"\b(?:from|join)\s+(\w+)", path.read_text(encoding="utf-8"))) & PASSING
        assert not {name for name in read if name not in dict(models.ordered((layer,)) if layer in models.LAYERS else ())}, path


def test_a_model_that_an_older_version_kept_otherwise_is_kept_as_it_is_now(tmp_path):
    path = tmp_path / "w.duckdb"
    with closing(Warehouse(path, Settings(home=tmp_path))) as old, old.transaction() as cursor:
        cursor.execute("drop view mrr_spans")
        cursor.execute("create table mrr_spans as select 1 as other")
        cursor.execute("create table client_days as select 1 as other")
        cursor.execute("update warehouse_version set models = 'older'")
    with closing(Warehouse(path, Settings(home=tmp_path))) as new, new.cursor() as cursor:
        kinds = dict(cursor.execute("select table_name, table_type from information_schema.tables").fetchall())
        assert kinds["mrr_spans"] == "VIEW"
        assert kinds["item_segments"] == "BASE TABLE"
        assert not PASSING & kinds.keys()
