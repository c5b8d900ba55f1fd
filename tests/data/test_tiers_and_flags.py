"""Each tier from opening to closing, MRR with a flag, and all currencies as one (definitions.md)."""

from datetime import UTC, datetime

import pytest

from data import metrics, rates, settings
from data.errors import SettingsError
from data.settings import Settings
from data.sources import agreements
from data.warehouse import Warehouse
from tests.oracle import cases, generator
from tests.oracle.differential import Reader

DAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
ADDS, TAKES = ("new", "reactivation", "expansion", "moved_in"), ("contraction", "churn", "moved_out")
FLAGGED = ("free_period_running", "send_invoice_never_paid", "past_due")


@pytest.fixture
def opened(tmp_path, request):
    account, chosen = request.param
    Reader(tmp_path, account()).sync()
    warehouse = Warehouse(tmp_path / "retainer.duckdb", Settings(home=tmp_path, show="own", **chosen))
    warehouse.build()
    yield warehouse
    warehouse.close()


def mixed():
    return generator.build(7, clients=60)


@pytest.mark.slow
@pytest.mark.parametrize("opened", [(mixed, {})], indirect=True)
def test_per_tier_opening_and_movements_give_closing_and_what_moves_out_of_one_moves_into_another(opened):
    walk, months, mix = (metrics.read(opened, name) for name in ("tier_movements", "mrr_movements", "tier_mix"))
    gained, lost = (sum(walk[f"{kind}_minor"] for kind in kinds) for kinds in (ADDS, TAKES))
    assert (walk["opening_minor"] + gained - lost == walk["closing_minor"]).all()
    assert walk["moved_in_minor"].sum() > 0 and (walk.filter(like="_minor").to_numpy() >= 0).all()
    summed = walk.drop(columns="tier").groupby(["month", "currency"]).sum()
    assert (summed["moved_in_minor"] == summed["moved_out_minor"]).all()
    whole = months.set_index(["month", "currency"]).loc[summed.index]
    for name in ("opening_minor", "new_minor", "reactivation_minor", "churn_minor", "closing_minor"):
        assert (summed[name] == whole[name]).all(), name
    net = summed["expansion_minor"] - summed["contraction_minor"]
    assert (net == whole["expansion_minor"] - whole["contraction_minor"]).all()
    keys = ["month", "currency", "tier"]
    closing = walk[walk["closing_minor"] > 0].set_index(keys)["closing_minor"].sort_index()
    assert closing.equals(mix[mix["mrr_minor"] > 0].set_index(keys)["mrr_minor"].rename("closing_minor").sort_index())


@pytest.mark.parametrize(
    "opened", [(lambda: cases.build(*FLAGGED, "free_period_given_later", "trial_runs", "send_invoice"), {})], indirect=True
)
def test_a_free_period_given_later_an_unpaid_sent_invoice_and_a_failed_charge_keep_their_mrr_flagged(opened):
    flags = metrics.read(opened, "mrr_flags", as_of=DAY).set_index("client_name")
    assert set(flags.index) == set(FLAGGED)
    assert (flags["mrr_minor"] == 10_000).all()
    assert (
        flags.loc["free_period_running", "flag"] == "free_period"
        and flags.loc["free_period_running", "until_on"] > "2026-11-21"
    )
    assert flags.loc["send_invoice_never_paid", ["flag", "until_on"]].tolist() == ["invoice_unpaid", "2025-04-09"]
    assert flags.loc["past_due", "flag"] == "past_due"


RATED = {"reporting_currency": "eur", "exchange_rates": "usd 0.915, jpy 0.00613"}


def test_all_currencies_as_one_add_up_a_rate_is_no_movement_and_a_client_counts_once(tmp_path):
    file = tmp_path / "agreements.csv"
    rows = (
        "Ann,Care,100,usd,1,2026-01-05,,2026-12-31,",
        "Ann,Site,33.33,eur,1,2026-02-01,2026-09-01,,",
        "Bo,Care,9999,jpy,1,2026-01-09,2026-05-02,,",
    )
    file.write_text("\n".join([",".join(agreements.COLUMNS), *rows]), encoding="utf-8")
    opened = Warehouse(tmp_path / "retainer.duckdb", Settings(home=tmp_path, show="own", **RATED))
    agreements.import_file(file, opened)
    found = metrics.read(opened, "mrr_in_one_currency", as_of=DAY)
    opened.close()
    assert set(found["from_currency"]) == {"all", "eur", "jpy", "usd"} and set(found["currency"]) == {"eur"}
    moved = sum(found[f"{kind}_minor"] for kind in ADDS[:3]) - sum(found[f"{kind}_minor"] for kind in TAKES[:2])
    assert (found["opening_minor"] + moved == found["closing_minor"]).all()
    march = found[found["month"] == "2026-03"].set_index("from_currency")
    # 100 USD at 0.915, 33.33 EUR, 9,999 JPY at 0.00613: 61.29 and a rest that rounds down.
    assert march["closing_minor"].to_dict() == {"usd": 9_150, "jpy": 6_129, "eur": 3_333, "all": 18_612}
    assert march["customers"].to_dict() == {"usd": 1, "jpy": 1, "eur": 1, "all": 2}
    last = found[found["month"] == "2026-11"].set_index("from_currency").loc["all"]
    assert (last["closing_minor"], last["customers"], last["net_new_minor"]) == (9_150, 1, 0)


@pytest.mark.parametrize("text", ["usd", "0.92", "usd 0", "usd 1.1, usd 1.2", "usd -1", "eur 1", "dollars 1"])
def test_a_rate_that_cannot_be_read_is_refused_in_a_sentence(tmp_path, text):
    with pytest.raises(SettingsError, match="RETAINER_EXCHANGE_RATES"):
        settings.load(home=tmp_path, reporting_currency="eur", exchange_rates=text)
    with pytest.raises(SettingsError, match="not in which"):
        settings.load(home=tmp_path, exchange_rates="usd 0.92")
    assert rates.exchange_rates("", "") == {}
