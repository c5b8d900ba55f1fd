"""Accounts and warehouses in each state that a page can meet, made as a sync makes them."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
from streamlit.testing.v1 import AppTest

from data import settings, warehouse
from data.sources.demo import snapshot, subscriptions
from data.sources.demo.account import Account
from data.sources.demo.expansion import answer
from data.sources.demo.spool import ENTITIES
from data.sources.stripe import STRIPE
from data.warehouse import Warehouse
from tests.pages import figures_shown

SHELL = Path(__file__).parents[2] / "pages" / "shell.py"
PAGES = sorted(path.name for path in SHELL.parent.glob("*.py") if path.name != "shell.py")
STATES = ("empty", "demo", "one client", "failed sync")
HOSTILE = "<script>alert(1)</script> *b* [x](https://evil.example) $x^2$ :red[q] :tada: =1+1"


def own(home: Path) -> Warehouse:
    """The user's own warehouse in that home, opened in this process."""
    return warehouse.shared(settings.load(home=home, show="own"))


def land(opened: Warehouse, account: Account) -> None:
    """Land that account's objects as a sync does, and build."""
    shown = snapshot.take(account)
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder, opened.transaction() as cursor:
        for entity, (resource, paths) in ENTITIES.items():
            file = Path(folder) / f"{entity}.ndjson"
            rows = [answer(shown, row, paths, cut=False) for row in shown.lists[resource]]
            file.write_bytes(b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows))
            opened.load_raw(cursor, "stripe", entity, [file], seen_at=now, logged=entity in STRIPE.logged)
        opened.record_sync(cursor, "stripe", started_at=now, finished_at=now, status="ok", objects=1)
    opened.build()


def one_client(name: str = HOSTILE, months: int = 3) -> Account:
    """An account with one client of 350.00 a month, who joined some months ago."""
    now = int(datetime.now(UTC).timestamp())
    joined = now - int(timedelta(days=30 * months).total_seconds())
    account = Account(start=joined - 86_400, tag="one")
    price = account.price(account.product("Growth"), 35_000)
    account.at(joined, lambda: subscriptions.create(account, account.customer(name, "ann@one.example"), [(price, 1)]))
    return account.advance(now)


def many_clients(names: list[str], currency: str = "usd") -> Account:
    """An account whose clients pay 100, 200, 300 … a month, all since three months ago."""
    now = int(datetime.now(UTC).timestamp())
    account = Account(start=now - 100 * 86_400, tag="many")
    product = account.product("Care")

    def join(place: int, name: str) -> Callable[[], object]:
        price = account.price(product, 10_000 * (place + 1), currency=currency)
        return lambda: subscriptions.create(account, account.customer(name), [(price, 1)])

    for place, name in enumerate(names):
        account.at(now - 90 * 86_400, join(place, name))
    return account.advance(now)


def drawn(app: AppTest) -> list[str]:
    """The page's pictures of HTML; the style sheet that comes with every page is none."""
    bodies = [str(one.proto.body) for one in app.get("html")]
    return [body for body in bodies if "<style>" not in body]


def texts(app: AppTest) -> str:
    """Everything that the page says, in one string."""
    kinds = (app.title, app.header, app.subheader, app.caption, app.markdown, app.error, app.warning, app.info)
    spoken = [element.value for kind in kinds for element in kind]
    figures = [f"{figure.label} {figure.value} {figure.delta}" for figure in figures_shown.figures(app)]
    return "\n".join([*map(str, spoken), *figures])
