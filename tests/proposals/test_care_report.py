"""Care reports (F28–F31, R23, R24): value first, nothing that no row says, in three languages."""

import re
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from data import promises, reporting
from data.errors import InputError
from data.promises import Promise
from proposals import care_report, guard
from proposals.care_report import files, html, pdf
from proposals.care_report.words import Words
from proposals.language import codes
from proposals.sender import Sender
from tests.proposals.care_agency import NOW, agency, reader

TODAY = NOW.date()
OCTOBER = reporting.period("2026-10")
ANA = Sender("Ana Pop", email="ana@agency.example")
LINES = (
    ("deliverable", "Articles", "", 4.0, 3.0, "The fourth comes on Monday."),
    ("deliverable", "Newsletter", "", 1.0, 1.0, ""),
    ("kpi", "Uptime", "uptime", 99.99, None, ""),
    ("kpi", "Answers given", "", 5.0, None, ""),
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    warehouse, settings = agency(tmp_path_factory.mktemp("agency"))
    with closing(warehouse):
        for kind, name, measure, target, actual, note in LINES:
            number = promises.add(warehouse, Promise("cus_one", kind, name, target, measure))
            if actual is not None:
                promises.tell_actual(warehouse, number, OCTOBER, actual=actual, note=note)
        reporting.keep(warehouse, reporting.Habit("cus_one", contact="Marie", next_steps="- Une nouvelle page\n\nUn essai"))
        yield warehouse, settings


def facts(opened, client="cus_one", period=OCTOBER):
    return care_report.read(reader(opened[0]), client, period, TODAY)


def written(opened, client="cus_one", code=None, sender=ANA, period=OCTOBER):
    to = care_report.addressee(opened[0], reader(opened[0]), client, opened[1])
    return care_report.compose(facts(opened, client, period), to, sender, code)


def test_the_report_opens_with_value_in_the_client_s_own_language(opened):
    report = written(opened)
    assert report.email.language == "fr"  # as Stripe has it for the customer
    assert report.email.text.startswith("Bonjour Marie,\n\nVotre site en octobre 2026\u202f: en ligne 99,98\u202f% du temps, ")
    assert report.email.subject == (
        "Votre site en octobre 2026\u202f: en ligne 99,98 % du temps, 21 mises à jour et 31 sauvegardes"
    )
    assert "une attaque arrêtée" in report.email.text


def test_backups_known_in_part_are_said_to_be_kept_away_without_a_claim_about_the_others(opened):
    known = facts(opened)
    sums = {**known.sums, "backups_done": 18, "backups_off_site": 18}
    to = care_report.addressee(opened[0], reader(opened[0]), "cus_one", opened[1])
    told = care_report.compose(replace(known, sums=sums, is_backups_floor=True), to, ANA).email.text
    assert "Au moins 18 sauvegardes ont été faites et conservées hors du serveur" in told
    told = care_report.compose(replace(known, sums={**sums, "backups_off_site": 7}, is_backups_floor=True), to, ANA).email.text
    assert "Au moins 18 sauvegardes ont été faites, dont 7 conservées hors du serveur" in told


@pytest.mark.parametrize("code", codes())
def test_every_number_in_a_report_is_that_of_a_query_of_its_rows(opened, code):
    text = written(opened, code=code).email.text.split("\n\n", 1)[1]
    with opened[0].cursor() as cursor:

        def count(table, more=""):
            where = "site = 'dupont.example' and happened_on between '2026-10-01' and '2026-10-31'"
            return cursor.execute(f"select count(*) from {table} where {where} {more}").fetchone()[0]

        share = cursor.execute("select uptime_30d from uptime_readings where site = 'dupont.example'").fetchone()[0]
        minutes = cursor.execute("select sum(minutes) from care_incidents where kind = 'downtime'").fetchone()[0]
        told = {
            str(count("care_updates", "and status = 'done'")),
            str(count("care_backups", "and status = 'done'")),
            f"{int(share * 10_000) / 100}",
            str(int(minutes) % 60),
        }
        assert count("care_updates", "and status = 'done' and is_security") == 1
    told_of_lines = {str(number) for _, _, _, target, actual, _ in LINES for number in (target, actual) if number is not None}
    dates = {"2026", "30", "31", "14", "20"}  # October 2026, the 30 days to the 31st, the restore, the attack
    numbers = {number.replace(",", ".") for number in re.findall(r"\d+(?:[.,]\d+)?", text)}
    plain = {number.removesuffix(".0") for number in told | told_of_lines}
    assert numbers <= plain | dates, numbers - plain - dates
    assert told <= numbers
    assert all(str(row) not in text for row in ("SECRET", "P3", "Bad"))


def test_a_missed_line_is_said_plainly_and_one_not_entered_is_left_out(opened):
    text = written(opened, code="en").email.text
    assert (
        "Not reached this time\n- Articles: 3 of 4. The fourth comes on Monday.\n- Uptime: 99.98%, where at least 99.99%"
        in text
    )
    assert "As agreed\n- Newsletter: 1 of 1." in text
    assert "Answers given" not in text and "There is nothing you need to do" not in text
    assert text.index("What was looked after") < text.index("Not reached this time") < text.index("What comes next")


@pytest.mark.parametrize(
    ("code", "calm"),
    [("en", "There is nothing you need to do."), ("fr", "rien à faire"), ("ro", "nimic de făcut")],
)
def test_where_all_was_kept_the_client_is_told_that_there_is_nothing_to_do(opened, code, calm):
    assert calm in written(opened, "cus_two", code=code).email.text
    assert calm not in written(opened, "cus_one", code=code).email.text, "a line was missed"


def test_what_no_source_tells_is_left_out_and_named_to_the_user_alone(opened):
    known = facts(opened, "cus_two")
    assert known.missing == ("No uptime is recorded for promo-discount.example.", "No backups are recorded for this client.")
    text = written(opened, "cus_two").email.text
    assert "one update" in text and not re.search("backup|up \\d|recorded|no data", text, re.I)


def test_a_client_without_any_care_has_no_report_and_the_sentence_says_so(opened):
    with pytest.raises(InputError, match="Nothing is recorded for Nobody's Care in 2026-10"):
        written(opened, "cus_bare")
    with pytest.raises(InputError, match="still to come"):
        facts(opened, period=reporting.period("2026-12"))


def test_hostile_names_reach_no_header_no_markup_and_no_paper(opened, tmp_path):
    report = written(opened, "cus_two")
    page, made = html.page(report), files.contents(report)
    assert "<script>alert" not in page and "<script" not in report.email.html
    head = report.email.eml.partition(b"\r\n\r\n")[0]
    assert b"Bcc" not in head and b"\r\nTo:" not in head  # no address, so nobody stands there
    assert made["report.pdf"].startswith(b"%PDF-") and pdf.document(report) == made["report.pdf"]
    assert re.fullmatch(r"[\w-]+", files.name(report))


def test_a_site_named_like_a_discount_is_no_discount_and_a_written_one_is_refused(opened):
    report = written(opened, "cus_two")
    assert guard.find("promo-discount.example")
    to = care_report.addressee(opened[0], reader(opened[0]), "cus_two", opened[1])
    with pytest.raises(InputError, match="would say"):
        care_report.rewritten(report.email.source + "\nA discount of 10% for you.\n", report, to, ANA)
    edited = care_report.rewritten(report.email.source + "\nOne more line.\n", report, to, ANA)
    assert edited.email.text.endswith("One more line.\n") and edited.blocks[-1].text == "One more line."


def test_a_quarter_sums_its_months_and_triples_what_is_agreed_for_each(opened):
    known = facts(opened, period=reporting.period("2026-Q4"))
    assert known.sums["updates_done"] == 22
    assert [line.target for line in known.agreed if line.name == "Articles"] == [12]
    report = written(opened, code="en", period=reporting.period("2026-Q4"))
    assert "in the fourth quarter of 2026, up to 20 November" in report.email.text


def test_an_uptime_counts_for_the_month_that_it_was_read_at_the_end_of(opened):
    assert facts(opened).uptimes[0].known_on == date(2026, 10, 31)
    assert facts(opened, period=reporting.period("2026-09")).uptimes == ()


@pytest.mark.parametrize(
    ("code", "number", "words"),
    [
        ("en", 1, "one update"), ("en", 2, "2 updates"),
        ("fr", 1, "une mise à jour"), ("fr", 21, "21 mises à jour"),
        ("ro", 1, "o actualizare"), ("ro", 2, "2 actualizări"), ("ro", 19, "19 actualizări"), ("ro", 20, "20 de actualizări"),
        ("ro", 101, "101 actualizări"), ("ro", 120, "120 de actualizări"),
    ],
)  # fmt: skip
def test_plurals_are_those_of_the_language(code, number, words):
    assert Words(code, "formal").counted("updates", number) == words


def test_an_uptime_is_rounded_down_and_never_told_as_more_than_it_was():
    words = Words("en", "formal")
    assert [words.share(share) for share in (0.99996, 1.0, 0.999, 0.5)] == ["99.99%", "100%", "99.9%", "50%"]


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("register", ["formal", "informal"])
def test_each_language_and_register_holds_every_word(opened, code, register):
    report = written(opened, code=code, sender=Sender("Ana", register=register))
    assert "{" not in report.email.text and "{" not in html.page(report).partition("<body>")[2]
    assert not guard.find(report.email.text)
    formal = {"fr": r"\b[Vv](?:ous|otre|os)\b", "ro": r"dumneavoastră|\baveți\b"}.get(code)
    assert not formal or bool(re.search(formal, report.email.text)) == (register == "formal")


@pytest.mark.parametrize("code", codes())
def test_a_security_notice_tells_what_was_done_and_not_the_record_s_own_words(opened, code):
    events = reader(opened[0])("care_events")
    to = care_report.addressee(opened[0], reader(opened[0]), "cus_one", opened[1])
    attack, update = (events[events["kind"] == kind].iloc[0].to_dict() for kind in ("security", "security_update"))
    told = care_report.notice(attack, to, ANA, code)
    assert "dupont.example" in told.email.subject and "20" in told.email.text and "SECRET" not in told.email.text
    assert told.kind == "notice" and told.tiles == () and not guard.find(told.email.text)
    assert "P3" in care_report.notice(update, to, ANA, code).email.text
