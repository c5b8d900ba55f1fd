"""Linking clients on their page: suggested, confirmed by the user, undoable (definitions.md, Clients and movements)."""

from data import metrics
from data.sources import agreements
from tests.pages import homes


def press(page, label):
    return next(button for button in page.button if button.label == label).click().run()


def test_two_that_look_alike_are_linked_by_a_button_and_unlinked_by_another(dashboard, tmp_path):
    opened = homes.own(tmp_path)
    file = tmp_path / "agreements.csv"
    rows = ("Acme Ltd,Growth,350,usd,1,2026-01-01,2026-04-01,,", "ACME,Growth,350,usd,1,2026-04-01,,,")
    file.write_text("\n".join([",".join(agreements.COLUMNS), *rows]), encoding="utf-8")
    agreements.import_file(file, opened)

    press(dashboard(tmp_path, "clients.py"), "Link the two")
    assert metrics.read(opened, "clients")["client_id"].tolist() == ["ACME"]

    page = press(dashboard(tmp_path, "clients.py", client="ACME"), "Undo this link")
    assert sorted(metrics.read(opened, "clients")["client_id"]) == ["ACME", "Acme Ltd"]
    assert not page.exception
