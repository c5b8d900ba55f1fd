"""definitions.md, Clients: each Stripe customer is a client by itself until several are linked; then they count as one."""

from datetime import UTC, datetime
from functools import partial

import pytest

from data import clients, metrics
from data.errors import InputError
from data.settings import Settings
from data.sources import agreements
from data.sources.demo import subscriptions
from data.sources.demo.account import Account
from data.warehouse import Warehouse
from tests.pages import homes

AS_OF = datetime(2026, 6, 10, tzinfo=UTC)


@pytest.fixture
def warehouse(tmp_path):
    """Two Acmes, of which one takes over from the other on 1 April, and another client."""
    rows = (
        "Acme Ltd,Growth,350,usd,1,2026-01-01,2026-04-01,,",
        "ACME,Growth,350,usd,1,2026-04-01,,,",
        "Beta,Essential,150,usd,1,2026-02-01,,,",
    )
    file = tmp_path / "agreements.csv"
    file.write_text("\n".join([",".join(agreements.COLUMNS), *rows]), encoding="utf-8")
    warehouse = Warehouse(tmp_path / "retainer.duckdb", Settings(home=tmp_path, show="own"))
    agreements.import_file(file, warehouse)
    yield warehouse
    warehouse.close()


def kinds(warehouse: Warehouse) -> list[str]:
    frame = metrics.read(warehouse, "movements", as_of=AS_OF)
    return [f"{row.date} {row.client_id} {row.kind}" for row in frame.itertuples()]


def test_going_from_one_payer_to_another_inside_a_client_is_no_movement(warehouse):
    assert "2026-04-01 Acme Ltd churn" in kinds(warehouse)
    clients.link(warehouse, "ACME", "Acme Ltd")
    assert kinds(warehouse) == ["2026-01-01 Acme Ltd new", "2026-02-01 Beta new"]
    assert metrics.read(warehouse, "clients", as_of=AS_OF)["client_id"].tolist() == ["Acme Ltd", "Beta"]


def test_a_link_can_be_undone(warehouse):
    before = kinds(warehouse)
    clients.link(warehouse, "ACME", "Acme Ltd")
    clients.unlink(warehouse, "ACME")
    assert kinds(warehouse) == before


def test_clients_of_the_same_name_are_suggested_and_no_longer_once_linked(warehouse):
    found = metrics.read(warehouse, "link_suggestions")
    assert found[["client_id", "other_client_id", "reason"]].values.tolist() == [["ACME", "Acme Ltd", "same name"]]
    clients.link(warehouse, "ACME", "Acme Ltd")
    assert metrics.read(warehouse, "link_suggestions").empty


def test_what_was_linked_to_a_client_follows_it(warehouse):
    clients.link(warehouse, "ACME", "Acme Ltd")
    clients.link(warehouse, "Acme Ltd", "Beta")
    assert set(metrics.read(warehouse, "client_links_now")["client_id"]) == {"Beta"}


@pytest.mark.parametrize(("party", "client"), [("ACME", "ACME"), ("ACME", "Nobody"), ("Nobody", "ACME")])
def test_a_link_to_itself_or_to_nobody_is_refused_and_nothing_changes(warehouse, party, client):
    before = kinds(warehouse)
    with pytest.raises(InputError):
        clients.link(warehouse, party, client)
    assert kinds(warehouse) == before


def test_a_circle_of_links_is_refused(warehouse):
    clients.link(warehouse, "ACME", "Acme Ltd")
    with pytest.raises(InputError):
        clients.link(warehouse, "Acme Ltd", "ACME")


def test_clients_of_one_e_mail_domain_are_suggested_unless_it_is_a_providers_or_that_of_many(tmp_path):
    names = {f"Shop {number}": f"shop{number}@host.example" for number in range(6)}
    names |= {"Ann": "ann@studio.example", "Bob": "bob@studio.example", "Cid": "cid@gmail.com", "Dan": "dan@gmail.com"}
    account = Account(start=int(datetime(2026, 5, 1, tzinfo=UTC).timestamp()), tag="mail")
    price = account.price(account.product("Care"), 10_000)
    for name, email in names.items():
        account.at(account.start, partial(subscriptions.create, account, account.customer(name, email), [(price, 1)]))
    opened = homes.own(tmp_path)
    homes.land(opened, account.advance(int(AS_OF.timestamp())))
    found = metrics.read(opened, "link_suggestions")
    assert found[["client_name", "other_client_name", "reason"]].values.tolist() == [["Ann", "Bob", "e-mail at studio.example"]]
