"""Today: everything due, one list, each thing with its one action (mission.md F1–F3)."""

from datetime import UTC, datetime

from data.calendar import KINDS
from pages.ui import due, due_rows, first_steps
from tests.pages.figures_shown import values
from tests.pages.homes import land, one_client, own, texts
from tests.proposals.agreement_drafts import cover


def buttons(app, start):
    return [button for button in app.button if button.key and button.key.startswith(start)]


def due_now():
    from data import calendar, settings, warehouse

    return calendar.due(warehouse.shared(settings.load())).now


def test_the_demo_shows_what_is_due_grouped_by_action_with_amounts(dashboard):
    app = dashboard("demo", "today.py")
    headings = [one.value.split(" :small")[0] for one in app.subheader]
    assert headings.index("Collect payments") < headings.index("Mend sites")
    assert app.expander[-1].label.startswith("**Coming up**")
    figures = values(app)
    assert int(figures["Due now"]) > 0 and figures["To collect"].startswith("$")


def test_a_group_shows_five_and_the_rest_at_a_click_and_keeps_them_open(dashboard):
    app = dashboard("demo", "today.py")
    sites = [item for item in due_now() if item.kind == "site_late"]
    assert len(sites) > 5 and len(buttons(app, "site:")) == 5
    (more,) = buttons(app, "more:site_late")
    assert more.label == f"Show {len(sites) - 5} more"
    more.click().run()
    assert len(buttons(app.run(), "site:")) == len(sites)
    assert not buttons(app, "more:site_late")
    assert values(app)["Sites late"] == str(len(sites))


def test_a_very_long_group_opens_bit_by_bit(dashboard, monkeypatch):
    monkeypatch.setattr(due_rows, "MORE", 4)
    app = dashboard("demo", "today.py")
    buttons(app, "more:site_late")[0].click().run()
    assert len(buttons(app, "site:")) == 9
    buttons(app, "more:site_late")[0].click().run()
    assert len(buttons(app, "site:")) == 13


def test_what_is_less_pressing_is_a_line_with_its_count_that_opens_with_every_action(dashboard):
    app = dashboard("demo", "today.py")
    items = due_now()
    kinds = list(dict.fromkeys(item.kind for item in items))
    folded = [kind for kind in kinds if KINDS[kind].heading not in " ".join(one.value for one in app.subheader)]
    assert folded and folded == kinds[-len(folded) :], "the least pressing"
    assert len([button for button in app.button if button.key in {item.id for item in items}]) <= due.OPEN_ROWS
    last = [item for item in items if item.kind == folded[-1]]
    (line,) = [box.label for box in app.expander if KINDS[folded[-1]].heading in box.label]
    assert f"{len(last)} {KINDS[folded[-1]].noun}" in line
    app.session_state[f"open:{folded[-1]}"] = True
    app.run()
    shown = [button.label for button in app.button if button.key in {item.id for item in last[:5]}]
    assert shown == [KINDS[folded[-1]].action] * len(last[:5])


def test_each_item_has_one_action_that_opens_the_page_where_it_is_done(dashboard):
    app = dashboard("demo", "today.py")
    button = next(button for button in app.button if button.key and button.key.startswith("site:"))
    site = button.key.split(":")[1]
    button.click().run()
    assert not app.exception
    assert app.query_params["site"] == site
    assert app.title[0].value.replace("\\", "").replace("\N{WORD JOINER}", "") == site


def test_the_amount_to_collect_is_that_of_the_collections(dashboard):
    from data import calendar, metrics, settings, warehouse

    app = dashboard("demo", "today.py")
    opened = warehouse.shared(settings.load())
    due = [item for item in calendar.due(opened).now if item.kind == "failed_payment"]
    owed = metrics.read(opened, "collections")
    late = set(owed.loc[owed["state"].isin(["failed", "overdue"]), "invoice_id"])
    assert late and late <= {item.stripe_id for item in due}
    owed = owed[owed["invoice_id"].isin([item.stripe_id for item in due])]
    assert sum(item.amount_minor for item in due) == owed["amount_due_minor"].sum()
    shown = values(app)["To collect"]
    assert shown == f"${owed['amount_due_minor'].sum() / 100:,.0f}"


def test_an_empty_warehouse_shows_the_first_steps_and_no_figure(dashboard):
    app = dashboard("empty", "today.py")
    labels = [button.label for button in app.button]
    assert labels == [title for title, _, _ in first_steps.STEPS.values()]
    assert not values(app)


def test_a_step_that_is_done_is_ticked_off(dashboard, monkeypatch):
    monkeypatch.setenv("STRIPE_API_KEY", "rk_test_1")
    app = dashboard("empty", "today.py")
    assert "Connect Stripe" not in [button.label for button in app.button]
    assert "1 of 5 done" in texts(app)


def test_when_nothing_is_due_the_page_says_so_kindly(dashboard, tmp_path):
    opened = own(tmp_path)
    land(opened, one_client("Ann"))
    cover(opened)
    app = dashboard(tmp_path, "today.py")
    assert "Nothing is due today" in [one.value for one in app.subheader]
    assert values(app)["Due now"] == "0"
    assert "No sites are watched" in app.caption[-1].value
    assert values(app)["Sites late"] == "No data", "nobody can say that no site is late"


def test_a_failed_sync_is_due_with_the_way_to_sources(dashboard, tmp_path):
    opened = own(tmp_path)
    land(opened, one_client("Ann"))
    now = datetime.now(UTC)
    with opened.transaction() as cursor:
        opened.record_sync(cursor, "stripe", started_at=now, finished_at=now, status="failed", message="<b>No network</b>")
    app = dashboard(tmp_path, "today.py")
    assert "Bring the figures up to date" in [one.value for one in app.subheader]
    assert not app.expander, "few things stand open, all of them"
    assert "<b>" not in texts(app)
    next(button for button in app.button if button.key == "sync:stripe").click().run()
    assert app.title[0].value == "Data sources"


def test_the_demo_says_that_it_is_the_demo(dashboard):
    assert "An invented agency" in texts(dashboard("demo", "today.py"))
