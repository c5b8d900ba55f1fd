"""`python -m proposals`: what it prints and writes, and one sentence with exit code 2 for what the user can mend."""

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from proposals.__main__ import main
from tests.proposals.call_notes import CALL_NOTES

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["email.eml", "email.html", "email.txt", "proposal.json"]
BAKERY = CALL_NOTES["en_bakery"].text


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("RETAINER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RETAINER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("RETAINER_SENDER_NAME", "Ana Pop")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def notes(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text(BAKERY, "utf-8")
    return path


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def draft(notes, out, *more) -> int:
    return run("draft", notes, "--out", out, "--reference-date", "2026-03-04", *more)


def test_draft_writes_email_and_proposal_and_says_where(notes, tmp_path, capsys):
    assert draft(notes, tmp_path / "out") == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == NAMES
    assert sorted(Path(line).name for line in capsys.readouterr().out.splitlines()) == NAMES
    proposal = json.loads((tmp_path / "out" / "proposal.json").read_text("utf-8"))
    assert [tier["price_minor"] for tier in proposal["tiers"]] == [15000, 35000, 75000]
    assert proposal["price_book"] == "wordpress_care"
    assert proposal["recommended_tier"] in ("essential", "growth", "partner", None)
    assert proposal["reasons"]
    essential, growth, partner = (set(tier["services"]) for tier in proposal["tiers"])
    assert essential < growth < partner == set(proposal["services"])
    for fact in [f for held in proposal["facts"].values() for f in (held if isinstance(held, list) else [held])]:
        assert BAKERY[fact["start"] : fact["end"]] == fact["quote"]
    for name in NAMES[:3]:
        assert proposal["sha256"][name] == hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest()
    assert proposal["sha256"]["notes"] == hashlib.sha256(BAKERY.encode()).hexdigest()


def test_draft_gives_the_same_bytes_again_over_its_own_output(notes, tmp_path):
    draft(notes, tmp_path / "out")
    first = {name: (tmp_path / "out" / name).read_bytes() for name in NAMES}
    (tmp_path / "out" / "mine.txt").write_text("kept")
    assert draft(notes, tmp_path / "out") == 0
    assert {name: (tmp_path / "out" / name).read_bytes() for name in NAMES} == first
    assert (tmp_path / "out" / "mine.txt").read_text() == "kept"
    assert len(list((tmp_path / "out").iterdir())) == 5


def test_draft_writes_in_the_language_asked_for(notes, tmp_path):
    assert draft(notes, tmp_path / "out", "--language", "fr") == 0
    assert (tmp_path / "out" / "email.txt").read_text("utf-8").startswith("Bonjour Harriet,")


def test_brief_prints_only_the_prediction_as_json(notes, capsys):
    assert run("brief", notes, "--reference-date", "2026-03-04", "--price-book", "wordpress_care", "--format", "json") == 0
    prediction = json.loads(capsys.readouterr().out)
    assert set(prediction) == {"language", "book", "facts", "missing", "recommended_tier"}
    assert prediction["language"] == "en"
    assert prediction["facts"]["email"]["value"] == "harriet@boylebakery.co.uk"


def test_brief_prints_a_readable_table_with_quotes_and_questions(notes, capsys):
    assert run("brief", notes, "--reference-date", "2026-03-04") == 0
    shown = capsys.readouterr().out
    assert "harriet@boylebakery.co.uk" in shown
    assert "recommended tier" in shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_notes_are_read_in_the_usual_encodings(encoding, tmp_path, capsys):
    path = tmp_path / "notes.txt"
    path.write_bytes("Appel avec Solène Kerbrat, gérante. Le site est très lent. solene@gites.fr".encode(encoding))
    assert run("brief", path, "--format", "json", "--reference-date", "2026-03-04", "--price-book", "wordpress_care") == 0
    prediction = json.loads(capsys.readouterr().out)
    assert prediction["facts"]["email"]["value"] == "solene@gites.fr"
    assert "\ufeff" not in json.dumps(prediction, ensure_ascii=False)


def test_notes_are_read_from_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAKERY.encode())))
    assert run("brief", "-", "--format", "json", "--reference-date", "2026-03-04") == 0
    assert json.loads(capsys.readouterr().out)["facts"]["email"]["value"] == "harriet@boylebakery.co.uk"


def test_a_price_book_of_ones_own_is_taken_by_file_or_by_id(notes, home, tmp_path, capsys):
    text = (ROOT / "data/pricing/price_books/wordpress_care.toml").read_text("utf-8").replace("price = 150", "price = 155")
    own = tmp_path / "mine.toml"
    own.write_text(text.replace('id = "wordpress_care"', 'id = "mine"'), "utf-8")
    assert draft(notes, tmp_path / "out", "--price-book", own) == 0
    proposal = json.loads((tmp_path / "out" / "proposal.json").read_text("utf-8"))
    assert (proposal["price_book"], proposal["tiers"][0]["price_minor"]) == ("mine", 15500)
    (home / "price_books").mkdir(parents=True)
    (home / "price_books" / "mine.toml").write_text(own.read_text("utf-8"), "utf-8")
    own.unlink()
    assert run("brief", notes, "--price-book", "mine", "--format", "json") == 0


def test_without_a_price_book_the_one_that_the_notes_speak_of_is_taken(tmp_path, capsys):
    path = tmp_path / "notes.txt"
    path.write_text("They want Instagram posts three times a week, reels, and influencers found.", "utf-8")
    assert run("brief", path, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["book"] == "social_media"


def complaint(capsys, *arguments: object) -> str:
    assert run(*arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Traceback" not in shown.err
    assert len(shown.err.strip().splitlines()) == 1
    return shown.err


def test_notes_that_cannot_be_used_are_refused_in_a_sentence(tmp_path, capsys):
    contents = {
        "empty": b"",
        "blank": b" \r\n\t ",
        "large": b"word " * 41_000,
        "pdf": b"%PDF-1.7",
        "odd": b"\x00\x81\x8d\xff" * 50,
    }
    for name, content in contents.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert name in complaint(capsys, "draft", path, "--out", tmp_path / "out")
    assert "no file" in complaint(capsys, "brief", tmp_path / "nowhere.txt")
    assert "folder" in complaint(capsys, "brief", tmp_path)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--language", "xx"], "“xx”"),
        (["--price-book", "nothing"], "“nothing”"),
        (["--reference-date", "tomorrow"], "“tomorrow”"),
        (["--surprise"], "--surprise"),
    ],
)
def test_flags_that_make_no_sense_are_refused_in_a_sentence(notes, tmp_path, capsys, flags, said):
    assert said in complaint(capsys, "draft", notes, "--out", tmp_path / "out", *flags)
    assert not (tmp_path / "out").exists()


def test_commands_that_are_missing_or_unknown_are_refused_in_a_sentence(notes, capsys):
    assert "--help" in complaint(capsys)
    assert "--help" in complaint(capsys, "sell", notes)
    assert "--out" in complaint(capsys, "draft", notes)


def test_a_folder_that_cannot_be_written_is_left_as_it_was(notes, tmp_path, capsys):
    (tmp_path / "file").write_text("mine")
    assert "can’t be written" in complaint(capsys, "draft", notes, "--out", tmp_path / "file")
    (tmp_path / "out" / "email.txt").mkdir(parents=True)
    assert "can’t be written" in complaint(capsys, "draft", notes, "--out", tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["email.txt"]


def test_an_unset_name_and_advice_are_said_beside_the_output(notes, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("RETAINER_SENDER_NAME")
    assert draft(notes, tmp_path / "out") == 0
    assert "RETAINER_SENDER_NAME" in capsys.readouterr().err


def test_the_module_runs_as_a_program_and_survives_a_closed_pipe(notes):
    command = [sys.executable, "-m", "proposals", "brief", str(notes), "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.slow
def test_two_processes_write_the_same_bytes_whatever_the_order_of_sets(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text(BAKERY + "She'd like backups that she can stop worrying about, and small edits.\n", "utf-8")
    written = []
    for seed in ("1", "2", "3"):
        out = tmp_path / seed
        command = [sys.executable, "-m", "proposals", "draft", str(path), "--out", str(out), "--reference-date", "2026-03-04"]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
        written.append([(out / name).read_bytes() for name in NAMES])
    assert written[0] == written[1] == written[2]
