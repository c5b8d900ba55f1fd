"""Sources: the tools that look after sites are connected, tested and synced on the page, and other tools' files come in."""

import json
import stat
from collections.abc import Iterator

import pytest

from data import clients, metrics, settings
from data.sources.rest import web
from tests.data.answers import Answers, recorded, serving
from tests.pages.homes import own, texts

KEY = "ck_0123456789abcdef:cs_fedcba9876543210"
TOGGL = b"User,Email,Client,Project,Start date,Start time,Duration\nAna,a@us.example,Shop,Care,03/04/2026,09:00:00,01:30:00\n"


@pytest.fixture
def mainwp() -> Iterator[Answers]:
    answers = Answers(web.basic(*KEY.split(":")))
    for name in ("sites", "updates", "monitors", "costs", "clients", "tags"):
        answers.routes[f"/wp-json/mainwp/v2/{name}"] = recorded(f"mainwp_v2_{name}")
    with serving(answers) as running:
        yield running


def field(app, label):
    return next(one for one in app.text_input if one.label == label)


def press(app, label):
    next(one for one in app.button if one.label == label).click()
    return app.run()


def test_mainwp_is_connected_synced_and_its_key_never_shown(dashboard, tmp_path, mainwp):
    opened = own(tmp_path)
    app = dashboard(tmp_path, "sources.py")
    field(app, "Address of the MainWP dashboard").set_value(mainwp.url)
    next(one for one in app.text_input if one.key.startswith("mainwp_key")).set_value(KEY)
    app = press(app, "Connect MainWP")
    assert "1 child site" in app.success[0].value
    assert settings.load().mainwp_key == KEY
    assert stat.S_IMODE((tmp_path / "settings.toml").stat().st_mode) == 0o600
    assert KEY not in texts(app) and KEY not in str(app.session_state.to_dict())
    app = press(app, "Sync MainWP")
    assert not app.exception and "MainWP" in app.success[0].value
    assert list(metrics.read(opened, "sites")["site"]) == ["127.0.0.1:3903"]
    app = press(app, "Disconnect")
    assert settings.load().mainwp_key == ""


def test_a_refused_key_is_not_kept(dashboard, tmp_path, mainwp):
    own(tmp_path)
    app = dashboard(tmp_path, "sources.py")
    field(app, "Address of the MainWP dashboard").set_value(mainwp.url)
    next(one for one in app.text_input if one.key.startswith("mainwp_key")).set_value("ck_wrong0000:cs_wrong0000")
    app = press(app, "Connect MainWP")
    assert "MainWP refused the key" in app.error[0].value
    assert settings.load().mainwp_key == ""


def test_a_doubtful_export_is_asked_about_and_then_kept(dashboard, tmp_path):
    opened = own(tmp_path)
    app = dashboard(tmp_path, "sources.py")
    app = next(one for one in app.segmented_control if one.label == "What the file holds").set_value("tools").run()
    app.file_uploader[0].upload("toggl.csv", TOGGL)
    app = app.run()
    assert "day or the month first" in app.error[0].value and "Choose it above" in app.error[0].value
    next(box for box in app.selectbox if box.label.startswith("Dates such as")).set_value("dmy")
    app = press(app.run(), "Import 1 row")
    assert not app.exception
    with opened.cursor() as cursor:
        (payload,) = cursor.execute("select payload from raw_toggl__entries").fetchall()
    assert json.loads(payload[0])["at"] == "2026-04-03T09:00:00"


def test_a_sites_hosting_is_ticked_on_its_page(dashboard, tmp_path):
    from data.sources import maintenance

    opened = own(tmp_path)
    maintenance.import_file(b"site,wp_version\nann.example,6.9\n", "sites.csv", opened)
    app = dashboard(tmp_path, "maintenance.py", site="ann.example")
    assert not app.exception
    box = next(one for one in app.segmented_control if one.label.startswith("A VPS or managed"))
    assert "(F" not in box.label, "ids of rules are for the code"
    app = box.set_value(True).run()
    rows = metrics.read(opened, "hosting").to_dict("records")
    assert [(row["item"], row["is_met"]) for row in rows] == [("own_server", True)]
    assert clients.SITE == "site:"
