"""Reports: who is still to be told, one report reviewed and put on record, and what was agreed (F27–F31, R23, R24)."""

from tests.pages.figures_shown import values
from tests.pages.homes import land, one_client, own, texts


def _with(app, column):
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def _metric(name):
    from data import metrics, settings, warehouse

    return metrics.read(warehouse.shared(settings.load()), name)


def test_the_list_counts_who_is_left_and_a_sent_report_leaves_it(dashboard):
    app = dashboard("demo", "care_reports.py")
    owed = _metric("care_reports")
    left = owed[owed["state"].isin(["due", "reviewed", "waiting"])]
    figures = values(app)
    assert figures["Still to send"].endswith(f"of {len(owed)}")
    client, period = left.iloc[0]["client_id"], left.iloc[0]["period"]
    one = dashboard("demo", "care_reports.py", client=client, period=period)
    assert not one.exception, one.exception
    assert "Subject:" in texts(one)
    next(button for button in one.button if button.label == "Mark as sent").click().run()
    assert not one.exception
    after = _metric("care_reports").set_index("client_id").loc[client]
    assert (after["state"], after["revision"]) == ("sent", 1)
    again = dashboard("demo", "care_reports.py", client=client, period=period)
    assert any("SHA-256" in caption.value for caption in again.caption)
    next(button for button in again.button if button.label == "Was not sent after all").click().run()
    assert _metric("care_reports").set_index("client_id").loc[client, "state"] in ("due", "waiting")


def test_a_security_notice_opens_from_its_event(dashboard):
    dashboard("demo", "care_reports.py")
    events = _metric("care_events")
    known = events[events["kind"].isin(["security", "security_update"]) & events["client_id"].notna()]
    app = dashboard("demo", "care_reports.py", notice=known.iloc[0]["event_id"])
    assert not app.exception and "Security notice to" in app.title[0].value
    lost = dashboard("demo", "care_reports.py", notice="nothing")
    assert "no security notice" in lost.error[0].value


def test_a_client_with_a_hostile_name_and_no_care_has_words_instead_of_a_report(dashboard, tmp_path):
    opened = own(tmp_path)
    land(opened, one_client())
    dashboard(tmp_path, "care_reports.py")
    client = _metric("clients").iloc[0]["client_id"]
    app = dashboard(tmp_path, "care_reports.py", client=client)
    assert not app.exception and "\\<script\\>" in app.title[0].value
    assert "nothing to tell" in texts(app) and "Nothing is agreed yet" in texts(app)
