"""`python -m proposals agreement`: the whole way without a browser; what the user can mend is one sentence and exit code 2."""

import json
import os
import zipfile

import pytest

from data import clock, metrics, warehouse
from data import settings as settings_store
from proposals import record as proposals_record
from proposals.__main__ import main
from proposals.agreement import ledger, standing
from proposals.email import email
from proposals.sender import Sender
from tests.proposals.agreement_drafts import pages
from tests.proposals.call_notes import CALL_NOTES


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    (tmp_path / "home").mkdir()  # as it is there, an empty warehouse is copied into it and not made
    for name in [name for name in os.environ if name.startswith("RETAINER_")]:
        monkeypatch.delenv(name)
    given = {
        "HOME": str(tmp_path / "home"),
        "SENDER_NAME": "Ana Pop",
        "SENDER_ADDRESS": "Cluj",
        "LAW": "France",
        "COURT": "Lyon",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"RETAINER_{name}", value)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def run(*arguments: object) -> int:
    return main(["agreement", *(str(argument) for argument in arguments)])


def opened() -> warehouse.Warehouse:
    return warehouse.shared(settings_store.load(show="own"))


NEW = ("draft", "--client-name", "Fils SA", "--client-address", "Lyon", "--tier", "growth")
SEND = ("--author", "Ana", "--note", "First version")


def test_the_whole_way_from_the_draft_to_the_archive(capsys, tmp_path):
    (tmp_path / "annex.txt").write_text("We answer within a day.\n\n- Also in August.\n", "utf-8")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 scan")
    assert run(*NEW, "--language", "fr", "--set", "uptime=99.9", "--own", "Délais=annex.txt", "--price", "380.50") == 0
    said = capsys.readouterr()
    known = said.out.strip()
    assert "not legal advice" in said.err
    assert run("pdf", known, "--draft", "--out", "draft.pdf") == 0
    assert "Projet" in pages((tmp_path / "draft.pdf").read_bytes())[0]
    assert run("send", known, *SEND) == 0
    sha = capsys.readouterr().out.split()[-1]
    assert run("pdf", known, "--out", "one.pdf") == 0
    assert ledger.sha256((tmp_path / "one.pdf").read_bytes()) == sha
    whole = " ".join(pages((tmp_path / "one.pdf").read_bytes()))
    assert "99,9\u00a0%" in whole or "99,9 %" in whole
    assert "Also in August" in whole
    assert run("sign", known, "--by", "Luc", "--file", "scan.pdf") == 0
    assert run("revise", known, "--price", "400") == 0
    capsys.readouterr()
    assert run("diff", known) == 0
    assert "{+400+}" in capsys.readouterr().out
    assert run("send", known, "--author", "Ana", "--note", "Nouveau forfait") == 0
    capsys.readouterr()
    assert run("diff", known) == 0
    assert "[-380,50-]{+400+}" in capsys.readouterr().out.replace("[-380-],[-50-]{+400+}", "[-380,50-]{+400+}")
    assert run("notice", known, "--out", "notice.eml") == 0
    assert b"X-Unsent: 1" in (tmp_path / "notice.eml").read_bytes()
    assert run("zip", "--out", "all.zip") == 0
    packed = zipfile.ZipFile(tmp_path / "all.zip")
    assert len(packed.namelist()) == 6
    assert f"{known},2,sent," in packed.read("register.csv").decode()
    assert (tmp_path / "all.zip").stat().st_mode & 0o777 == 0o600
    assert [row.state for row in metrics.read(opened(), "agreements").itertuples()] == ["sent", "signed"]


def test_what_a_draft_lacks_comes_from_the_settings_when_it_is_revised(capsys, monkeypatch):
    monkeypatch.delenv("RETAINER_SENDER_ADDRESS")
    monkeypatch.delenv("RETAINER_COURT")
    assert run(*NEW) == 0
    said = capsys.readouterr()
    assert "needs your address, the courts" in said.err
    known = said.out.strip()
    monkeypatch.setenv("RETAINER_SENDER_ADDRESS", "Cluj")
    monkeypatch.setenv("RETAINER_COURT", "Lyon")
    assert run("revise", known) == 0
    assert run("send", known, *SEND) == 0


def test_an_accepted_proposal_becomes_an_agreement_at_its_tier_price_language_and_services(capsys):
    note = CALL_NOTES["en_bakery"]
    made = note.offer()
    content = proposals_record.content_of(made, email(made, Sender("Ana"), "ro"), note.text, note.brief)
    today = clock.now().date()
    proposal = proposals_record.send(opened(), content, on=today, follow_up_on=today).proposal_id
    assert run("draft", "--proposal", proposal) == 2
    assert "not accepted" in capsys.readouterr().err
    tier = content["offer"]["tiers"][1]
    proposals_record.accept(opened(), proposal, tier["id"], on=today)
    assert run("draft", "--proposal", proposal) == 0
    terms = standing.read(opened(), capsys.readouterr().out.strip()).draft
    assert terms
    assert (terms.language, terms.tier, terms.monthly_minor) == ("ro", tier["name"], tier["price_minor"])
    assert len(terms.services) == len(tier["services"])
    assert terms.not_covered
    assert (terms.client.name, terms.client.email) == (content["contact"]["company"], content["contact"]["email"] or "")


def test_the_terms_go_out_as_json_and_come_back_changed(capsys, tmp_path):
    assert run(*NEW) == 0
    known = capsys.readouterr().out.strip()
    assert run("show", known, "--format", "json") == 0
    terms = json.loads(capsys.readouterr().out)
    terms["clauses"] = [["law", True], ["scope", True]]
    (tmp_path / "terms.json").write_text(json.dumps(terms), "utf-8")
    assert run("revise", known, "--terms", "terms.json") == 0
    draft = standing.read(opened(), known).draft
    assert draft
    assert [key for key, is_on in draft.clauses if is_on] == ["law", "scope"]


def test_a_signed_agreement_is_not_altered_by_any_command(capsys):
    assert run(*NEW) == 0
    known = capsys.readouterr().out.strip()
    assert run("send", known, *SEND) == run("sign", known, "--by", "Luc", "--note", "Paper") == 0
    before = standing.printed(opened(), known, 1)
    assert run("sign", known, "--by", "Another", "--note", "Paper") == 2
    assert run("send", known, *SEND) == 2
    assert run("revise", known, "--price", "1") == 0
    assert run("send", known, *SEND) == 0
    assert standing.printed(opened(), known, 1) == before
    assert standing.read(opened(), known).revision(1).state == "signed"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "A1999-001"), "no agreement A1999-001"),
        (("draft", "--tier", "platinum"), "no tier “platinum”"),
        (("draft", "--client", "cus_nobody"), "no client cus_nobody"),
        (("draft", "--language", "de"), "“de”"),
        (("draft", "--set", "uptime=200"), "uptime can’t be “200”"),
        (("draft", "--set", "uptime"), "no NAME=VALUE"),
        (("draft", "--off", "weather"), "no clause “weather”"),
        (("draft", "--price", "12.345"), "more decimals"),
        (("draft", "--price", "a lot"), "no amount"),
        (("draft", "--starts-on", "soon"), "no date"),
        (("draft", "--starts-on", "9999-01-01"), "can’t begin"),
        (("draft", "--own", "Annex=missing.txt"), "can’t be read"),
        (("draft", "--terms", "missing.json"), "can’t be read"),
        (("zip", "--out", "no/such/folder/a.zip"), "can’t be written"),
        (("send", "A1999-001", "--author", "Ana"), "required"),
    ],
)
def test_what_the_user_can_mend_is_one_sentence_and_exit_code_2(capsys, arguments, said):
    assert run(*arguments) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert "Traceback" not in told.err
    assert told.out == ""
    assert standing.ids(opened()) == []
