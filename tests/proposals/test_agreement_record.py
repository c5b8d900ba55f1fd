"""Agreements on record: what was sent stands for ever, a change is a new revision, no step writes over others' (F12–F14)."""

import io
import zipfile
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from threading import Thread

import pytest

from data import calendar, metrics
from data.errors import AppError, InputError, WarehouseError
from proposals.agreement import difference, ledger, notice, record, register, standing
from proposals.agreement.ledger import AlteredAgreement, StaleAgreement
from proposals.agreement.terms import from_dict
from proposals.sender import Sender
from tests.pages.homes import land, one_client
from tests.proposals.agreement_drafts import SENT, TODAY, opened, sent, signed, terms, with_parameters

COLUMNS = ["client_id", "revision", "state", "tier", "monthly_minor", "currency", "signed_on", "renews_on", "sha256"]


@pytest.fixture
def warehouse(tmp_path):
    made = opened(tmp_path)
    yield made
    made.close()


def states(warehouse) -> dict[int, str]:
    return {int(row.revision): row.state for row in metrics.read(warehouse, "agreements").itertuples()}


def rows(warehouse) -> list[tuple]:
    with warehouse.cursor() as cursor:
        return [
            tuple(cursor.execute(f"select * from {table} order by all").fetchall())
            for table in ("contract_revisions", "contract_events", "contract_files", "contracts")
        ]


def test_an_agreement_goes_from_draft_to_sent_to_signed_to_superseded(warehouse):
    known = record.save_draft(warehouse, terms(warehouse))
    assert states(warehouse) == {1: "draft"}
    first = record.send(warehouse, known, author="Ana", note="First version", on=SENT)
    assert states(warehouse) == {1: "sent"}
    record.sign(warehouse, known, 1, by="Élodie", on=SENT, scan=("scan of page.pdf", b"%PDF-1"))
    assert states(warehouse) == {1: "signed"}
    draft = record.revise(warehouse, known)
    assert states(warehouse) == {1: "signed", 2: "draft"}
    record.save_draft(warehouse, with_parameters(draft, uptime=99.9), known)
    record.send(warehouse, known, author="Ana", note="Uptime promised", on=TODAY)
    assert states(warehouse) == {1: "signed", 2: "sent"}  # the signed one goes on until the next is signed
    record.sign(warehouse, known, 2, by="Élodie", on=TODAY, note="Paper")
    assert states(warehouse) == {1: "superseded", 2: "signed"}
    frame = metrics.read(warehouse, "agreements")
    assert list(frame.columns) == COLUMNS
    assert frame["sha256"].tolist()[1] == first.sha256
    assert standing.scans(warehouse, known) == [(1, "scan of page.pdf", b"%PDF-1")]
    log = standing.read(warehouse, known).revision(2).document["log"]["rows"]
    assert [(row[0], row[2], row[3]) for row in log] == [("1", "Ana", "First version"), ("2", "Ana", "Uptime promised")]


def test_a_revision_that_waits_is_superseded_by_the_next_and_can_not_be_signed_any_more(warehouse):
    known, _ = sent(warehouse)
    record.save_draft(warehouse, terms(warehouse, monthly_minor=40_000), known)
    record.send(warehouse, known, author="Ana", note="New fee", on=TODAY)
    assert states(warehouse) == {1: "superseded", 2: "sent"}
    with pytest.raises(InputError, match="does not wait"):
        record.sign(warehouse, known, 1, by="Élodie", on=TODAY, note="Paper")


def test_nothing_that_can_be_called_alters_what_was_signed(warehouse):
    known = signed(warehouse)
    before = rows(warehouse)
    pdf = standing.printed(warehouse, known, 1)
    record.save_draft(warehouse, terms(warehouse, monthly_minor=1), known)
    record.discard_draft(warehouse, known)
    for step in (
        lambda: record.sign(warehouse, known, 1, by="Another", on=TODAY, note="Other paper"),
        lambda: record.send(warehouse, known, author="Ana", note="Again", on=TODAY),
        lambda: record.sign(warehouse, known, 2, by="Another", on=TODAY, note="Other paper"),
    ):
        with pytest.raises(InputError):
            step()
    assert rows(warehouse) == before
    record.save_draft(warehouse, terms(warehouse, monthly_minor=1), known)
    record.send(warehouse, known, author="Ana", note="Another fee", on=TODAY)
    assert standing.printed(warehouse, known, 1) == pdf
    assert rows(warehouse)[0][0] == before[0][0]


@pytest.mark.parametrize(
    "write",
    [
        "update contract_revisions set content = replace(content, '350', '300')",
        "update contract_revisions set pdf = 'x'::blob",
        "update contract_events set happened_on = happened_on - 1 where event = 'signed'",
        "update contract_events set detail = replace(detail, 'lodie', 'lise') where event = 'signed'",
        "update contract_files set content = 'x'::blob",
        "delete from contract_files",
        "delete from contract_events where event = 'signed'",
        "delete from contract_revisions",
        "insert into contract_files select agreement_id, revision, 'b', 'b'::blob, 'b', recorded_at from contract_files",
    ],
)
def test_a_write_past_the_record_is_seen_and_nothing_goes_on_from_it(warehouse, write):
    known, _ = sent(warehouse)
    record.sign(warehouse, known, 1, by="Élodie", on=SENT, scan=("a.pdf", b"%PDF"))
    assert standing.read(warehouse, known).is_intact
    with warehouse.transaction() as cursor:
        cursor.execute(write)
    assert not standing.read(warehouse, known).is_intact
    for step in (
        lambda: standing.printed(warehouse, known, 1),
        lambda: record.save_draft(warehouse, terms(warehouse), known),
        lambda: register.zipped(warehouse),
        lambda: record.end(warehouse, known, on=TODAY, reason="x"),
    ):
        with pytest.raises(AlteredAgreement):
            step()


def test_a_stale_tab_writes_nothing_whatever_it_tries(warehouse):
    known = record.save_draft(warehouse, terms(warehouse))
    stale = standing.read(warehouse, known).token
    record.save_draft(warehouse, terms(warehouse, monthly_minor=40_000), known, seen=stale)
    with pytest.raises(StaleAgreement):
        record.save_draft(warehouse, terms(warehouse, monthly_minor=1), known, seen=stale)
    with pytest.raises(StaleAgreement):
        record.send(warehouse, known, author="Ana", note="First", on=SENT, seen=stale)
    seen = standing.read(warehouse, known).token
    record.send(warehouse, known, author="Ana", note="First", on=SENT, seen=seen)
    record.sign(warehouse, known, 1, by="Élodie", on=TODAY, note="Paper", seen=standing.read(warehouse, known).token)
    for step in (
        lambda: record.save_draft(warehouse, terms(warehouse, monthly_minor=1), known, seen=seen),
        lambda: record.discard_draft(warehouse, known, seen=seen),
        lambda: record.end(warehouse, known, on=TODAY, reason="x", seen=seen),
    ):
        with pytest.raises(StaleAgreement):
            step()
    agreement = standing.read(warehouse, known)
    assert agreement.in_force
    assert agreement.in_force.terms.monthly_minor == 40_000
    assert agreement.draft is None


def test_of_two_tabs_that_send_at_once_one_makes_the_revision_and_the_other_is_told(warehouse):
    known = record.save_draft(warehouse, terms(warehouse))
    seen, ends = standing.read(warehouse, known).token, list[object]()

    def send(note: str) -> None:
        try:
            ends.append(record.send(warehouse, known, author="Ana", note=note, on=SENT, seen=seen).number)
        except AppError as error:
            ends.append(type(error))

    tabs = [Thread(target=send, args=(note,)) for note in ("One", "Two")]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert len(standing.read(warehouse, known).revisions) == 1
    assert 1 in ends
    assert next(end for end in ends if end != 1) in (StaleAgreement, InputError, WarehouseError)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (lambda w, k: record.send(w, k, author=" ", note="x", on=SENT), "author"),
        (lambda w, k: record.send(w, k, author="Ana", note="\n", on=SENT), "change note"),
        (lambda w, k: record.send(w, k, author="Ana", note="x", on=TODAY + timedelta(days=9)), "still to come"),
        (lambda w, k: record.sign(w, k, 1, by="É", on=SENT, note="x"), "not on record"),
        (lambda w, k: record.end(w, k, on=SENT, reason="x"), "sent"),
        (lambda w, k: record.save_draft(w, terms(w), "A1999-001"), "no agreement"),
        (lambda w, k: standing.printed(w, k, 1), "no revision"),
    ],
)
def test_a_step_that_makes_no_sense_is_refused_and_leaves_the_draft(warehouse, step, said):
    known = record.save_draft(warehouse, terms(warehouse))
    with pytest.raises(InputError, match=said):
        step(warehouse, known)
    assert states(warehouse) == {1: "draft"}


def test_a_signature_needs_a_name_a_day_after_the_sending_and_a_copy(warehouse):
    known, _ = sent(warehouse)
    for more, said in (
        ({"by": "", "note": "x"}, "name"),
        ({"by": "É"}, "signed copy"),
        ({"by": "É", "note": "x", "on": SENT - timedelta(days=1)}, "before it was sent"),
        ({"by": "É", "scan": ("a.pdf", b"x" * (record.LARGEST_SCAN + 1))}, "too large"),
    ):
        with pytest.raises(InputError, match=said):
            record.sign(warehouse, known, 1, **{"on": TODAY, **more})
    assert states(warehouse) == {1: "sent"}


def test_an_agreement_that_lacks_a_party_or_names_a_discount_can_be_drafted_but_not_sent(warehouse):
    known = record.save_draft(warehouse, terms(warehouse, client={"name": ""}))
    assert record.draft_pdf(warehouse, standing.read(warehouse, known), TODAY)
    with pytest.raises(InputError, match="client’s name, the client’s address"):
        record.send(warehouse, known, author="Ana", note="x", on=SENT)
    discounted = terms(warehouse, own=[{"id": "own-1", "title": "Welcome", "text": "A 10% discount for you."}])
    record.save_draft(warehouse, discounted, known)
    with pytest.raises(InputError, match="discount"):
        record.send(warehouse, known, author="Ana", note="x", on=SENT)


def test_the_notice_names_the_changes_and_carries_the_pdf_the_same_bytes_each_time(warehouse):
    known = signed(warehouse, terms(warehouse, "fr"))
    record.save_draft(warehouse, terms(warehouse, "fr", monthly_minor=40_000), known)
    revision = record.send(warehouse, known, author="Ana", note="Nouveau forfait", on=TODAY)
    agreement = standing.read(warehouse, known)
    made = notice.message(warehouse, agreement, revision, Sender("Ana Pop", email="ana@nord.example"))
    assert made == notice.message(warehouse, agreement, revision, Sender("Ana Pop", email="ana@nord.example"))
    mail = message_from_bytes(made, policy=SMTP)
    text = mail.get_body(("plain",)).get_content()
    assert "Nouveau forfait" in text
    assert "révision 1 continue" in text
    assert mail["To"].addresses[0].addr_spec == "elodie@fils.example"
    [attached] = list(mail.iter_attachments())
    assert attached.get_content() == standing.printed(warehouse, known, 2)


def test_the_difference_is_told_word_by_word_and_by_moved_and_removed_clauses(warehouse):
    made = terms(warehouse)
    known, first = sent(warehouse, made)
    clauses = [pair for pair in made.clauses if pair[0] not in ("privacy", "law")]
    changed = from_dict({**made.to_dict(), "monthly_minor": 40_000, "clauses": [("law", True), *clauses, ("privacy", False)]})
    record.save_draft(warehouse, changed, known)
    second = record.send(warehouse, known, author="Ana", note="Fee, order", on=TODAY)
    told = difference.as_text(difference.parts(first.document, second.document))
    assert "$[-350-]{+400+} a month" in told
    assert "[-Each party keeps confidential" in told
    assert "1, 2, 3 …" in told
    assert "Hosting" not in told.split("1, 2, 3")[0]


def test_drift_missing_and_awaiting_agreements_stand_on_today_and_go_away_by_themselves(warehouse):
    land(warehouse, one_client("Ann"))
    client = str(metrics.read(warehouse, "clients")["client_id"][0])

    def due() -> dict[str, str]:
        return {item.kind: item.detail for item in calendar.due(warehouse).now if item.kind.startswith("agreement")}

    assert list(due()) == ["agreement_missing"]
    known = record.save_draft(warehouse, terms(warehouse, client_id=client, monthly_minor=30_000))
    assert list(due()) == ["agreement_missing"]
    record.send(warehouse, known, author="Ana", note="First", on=SENT)
    assert list(due()) == ["agreement_signature"]
    record.sign(warehouse, known, 1, by="Ann", on=TODAY, note="Paper")
    assert "300.00 USD a month" in due()["agreement_drift"]
    record.save_draft(warehouse, terms(warehouse, client_id=client), known)
    record.send(warehouse, known, author="Ana", note="Fee as billed", on=TODAY)
    record.sign(warehouse, known, 2, by="Ann", on=TODAY, note="Paper")
    assert due() == {}
    allowances = metrics.read(warehouse, "agreement_allowances").to_dict("records")
    assert [(row["client_id"], row["hours"], row["repairs"], row["restores"], row["period"]) for row in allowances] == [
        (client, 3.0, 3, 4, "year")
    ]
    record.end(warehouse, known, on=TODAY, reason="Moved on")
    assert list(due()) == ["agreement_missing"]
    assert metrics.read(warehouse, "agreement_allowances").empty


def test_the_archive_holds_register_change_logs_pdfs_and_scans_the_same_bytes_each_time(warehouse):
    known, first = sent(warehouse)
    record.sign(warehouse, known, 1, by="Élodie", on=SENT, scan=("../../evil name.pdf", b"%PDF"))
    packed = register.zipped(warehouse)
    assert packed == register.zipped(warehouse)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = set(archive.namelist())
        assert names == {
            f"pdf/agreement-{known}-revision-1.pdf",
            f"signed/{known}-revision-1-1-evil_name.pdf",
            "changes.csv",
            "agreements.csv",
            "register.csv",
        }
        assert ledger.sha256(archive.read(f"pdf/agreement-{known}-revision-1.pdf")) == first.sha256
        assert archive.read("agreements.csv").decode("utf-8-sig").splitlines()[0] == ",".join(COLUMNS)
