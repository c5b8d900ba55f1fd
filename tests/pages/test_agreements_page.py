"""The page of agreements: drafted, sent and signed there; a stale tab writes nothing; who pays without one is told (F4–F17)."""

import pytest

from data import metrics
from proposals import record as proposals_record
from proposals.agreement import record, standing
from proposals.email import email
from proposals.sender import Sender
from tests.pages.homes import HOSTILE, land, one_client, own, texts
from tests.proposals.agreement_drafts import SENT, TODAY, terms
from tests.proposals.call_notes import CALL_NOTES


@pytest.fixture(autouse=True)
def whole_settings(monkeypatch):
    for name, value in {"SENDER_NAME": "Ana Pop", "SENDER_ADDRESS": "Cluj", "LAW": "France", "COURT": "Lyon"}.items():
        monkeypatch.setenv(f"RETAINER_{name}", value)


def press(app, label: str):
    return next(button for button in app.button if button.label == label).click().run()


def field(app, label: str):
    return next(each for each in app.text_input if each.label == label)


def test_an_agreement_is_drafted_for_a_client_who_has_none_sent_and_signed_on_the_page(dashboard, tmp_path):
    opened = own(tmp_path)
    land(opened, one_client(HOSTILE))
    app = dashboard(tmp_path, "agreements.py")
    assert "1 of 1 clients pays without a signed agreement" in [one.value for one in app.subheader]
    client = str(metrics.read(opened, "clients")["client_id"][0])
    app = app.selectbox(key="agreement_client_").set_value(client).run()
    app = press(app, "Draft by hand")
    [known] = standing.ids(opened)
    assert any("needs the client’s address" in one.value for one in app.warning)
    assert any("not legal advice" in one.value for one in app.caption)
    next(each for each in app.text_input if each.label == "Postal address" and not each.value).set_value("12 rue Haute")
    app = press(app, "Save the draft")
    assert not app.exception
    app = press(app, "Freeze and mark revision 1 as sent")
    assert standing.read(opened, known).revision(1).state == "sent"
    field(app, "Where the signed copy is kept").set_value("Folder")
    app = press(app, "Mark revision 1 as signed")
    agreement = standing.read(opened, known)
    assert agreement.in_force
    assert HOSTILE in agreement.in_force.terms.client.name
    app = press(app, "Begin revision 2")
    assert standing.read(opened, known).draft is not None
    assert "<script>" not in "".join(each.value for each in app.markdown)
    assert "Save the draft" in [button.label for button in app.button]


def test_of_two_tabs_the_stale_one_writes_nothing_and_is_told(dashboard, tmp_path):
    opened = own(tmp_path)
    known = record.save_draft(opened, terms(opened, monthly_minor=35_000))
    stale = dashboard(tmp_path, "agreements.py", agreement=known)
    other = dashboard(tmp_path, "agreements.py", agreement=known)
    field(other, "Fee a month").set_value("400")
    press(other, "Save the draft")
    assert standing.read(opened, known).draft.monthly_minor == 40_000
    field(stale, "Fee a month").set_value("1")
    stale = press(stale, "Save the draft")
    assert standing.read(opened, known).draft.monthly_minor == 40_000
    assert any("changed in the meantime" in one.value for one in (*stale.error, *stale.warning))
    record.send(opened, known, author="Ana", note="First", on=SENT)
    record.sign(opened, known, 1, by="Luc", on=TODAY, note="Paper")
    stale = stale.run()
    assert not stale.exception
    assert "Save the draft" not in [button.label for button in stale.button]
    stale = press(stale, "Begin revision 2")
    assert standing.read(opened, known).draft is None
    stale = press(stale, "Load what stands now")
    press(stale, "Begin revision 2")
    assert standing.read(opened, known).draft.monthly_minor == 40_000
    assert standing.read(opened, known).revision(1).state == "signed"


def test_an_agreement_that_was_changed_past_the_program_is_named_and_not_given_out(dashboard, tmp_path):
    opened = own(tmp_path)
    known = record.save_draft(opened, terms(opened))
    record.send(opened, known, author="Ana", note="First", on=SENT)
    with opened.transaction() as cursor:
        cursor.execute("update contract_revisions set content = replace(content, '350', '300')")
    app = dashboard(tmp_path, "agreements.py", agreement=known)
    assert not app.exception
    assert any("changed outside" in one.value for one in app.error)
    assert "Download PDF" not in texts(app)


def test_an_unknown_agreement_is_said_and_all_of_them_are_shown(dashboard, tmp_path):
    own(tmp_path)
    app = dashboard(tmp_path, "agreements.py", agreement="A1999-001")
    assert any("no such agreement" in one.value for one in app.warning)
    assert not app.exception


def test_an_accepted_proposal_leads_to_its_agreement(dashboard, tmp_path):
    opened = own(tmp_path)
    note = CALL_NOTES["en_bakery"]
    made = note.offer()
    content = proposals_record.content_of(made, email(made, Sender("Ana"), "fr"), note.text, note.brief)
    proposal = proposals_record.send(opened, content, on=SENT, follow_up_on=TODAY).proposal_id
    proposals_record.accept(opened, proposal, content["offer"]["tiers"][0]["id"], on=TODAY)
    app = dashboard(tmp_path, "proposal.py", proposal=proposal)
    assert "Draft its agreement" in [button.label for button in app.button]
    app = dashboard(tmp_path, "agreements.py", proposal=proposal)
    press(app, "Draft from this proposal")
    [known] = standing.ids(opened)
    draft = standing.read(opened, known).draft
    assert (draft.proposal_id, draft.language) == (proposal, "fr")
