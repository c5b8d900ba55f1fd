"""The review as HTML, PDF and CSV: the same figures, nothing from outside, and what comes from data stays text."""

import io
import re
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pypdf
import pytest

from data import tables
from data.closings import Closing
from proposals import review
from proposals.language import codes
from proposals.review import html, pdf, sheets
from tests.proposals.month_frames import FORMULA, MARKUP, MONTH, SCRIPT, frames

NOTE = f"First line.\n\n{MARKUP}\n{SCRIPT}"
AS_OF = datetime(2026, 11, 2, 8, 30, tzinfo=UTC).replace(tzinfo=None)
CLOSING = Closing(MONTH, 1, AS_OF, "<ann>@agency.example", AS_OF, NOTE)


def composed(language: str = "en", **changed: object) -> review.Report:
    given = {"today": date(2026, 11, 3), "as_of": AS_OF, "closing": CLOSING, "note": NOTE}
    return review.compose(frames(), language, **given | {"book": ("Essential", "Growth")} | changed)  # type: ignore[arg-type]


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, and the text outside styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._in_style = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if not self._in_style and data.strip():
            self.words.append(data.strip())


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text.replace("\u200b", ""))


def pages(made: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]


def everything(report: review.Report) -> list[str]:
    """Every text that the report shows."""
    parts = [report.title, *report.states, report.paragraph, *report.note, *report.foot]
    for headline in report.headlines:
        parts += [headline.label, headline.value, *headline.changes]
    for section in report.sections:
        parts += [section.title, section.text]
        if section.table:
            parts += [*section.table.headings, *(cell for row in section.table.rows for cell in row)]
    return [part for part in parts if part]


def test_the_headline_figures_are_the_metrics_own():
    shown = {headline.label: (headline.value, *headline.changes) for headline in composed().headlines}
    assert shown == {
        "MRR": ("€1,230.50", "+€580.50 against Sep 2026"),
        "Net new MRR": ("+€580.50", "+€580.50 against Sep 2026"),
        "Customers": ("4", "+1 against Sep 2026"),
        "ARPA": ("€307.63", "+€90.96 against Sep 2026"),
        "Customers lost": ("1 of 3", "+1 against Sep 2026"),
    }


def test_every_row_of_the_frames_stands_in_the_tables():
    tables_of = {section.title: section.table for section in composed().sections if section.table}
    assert [row[1:5] for row in tables_of["Who moved, and why"].rows] == [
        (SCRIPT, "New", "+€350.00", "€350.00"),
        (FORMULA, "New", "+€150.50", "€150.50"),
        (MARKUP, "Expansion", "+€200.00", "€550.00"),
        ("Zoë", "Churn", "−€120.00", "€0.00"),
    ]
    assert tables_of["MRR by tier"].rows == (("Growth", "€900.00", "73%", "2"), ("<i>Old</i>", "€330.50", "27%", "2"))
    assert tables_of["Cash"].rows == (("€1,300.00", "€50.00", "2 (€300.00)"),)
    assert tables_of["Set to leave"].rows == (("Ana", "1 Dec 2026", "€180.00"),)


def test_a_closed_month_s_report_shows_what_was_restated():
    closed = {section.title: section.table for section in composed().sections}
    assert closed["Restated since the month was closed"].rows == (
        ("Closing MRR", "€1,180.50", "€1,230.50", "+€50.00"),
        ("New customers", "3", "2", "−1"),
        ("<i>Old</i> · MRR of the tier", "€280.50", "€330.50", "+€50.00"),
    )
    assert closed["Restated since the month was closed: Client"].rows == ((SCRIPT, "€300.00", "€350.00", "+€50.00"),)
    assert composed().states == ("Closed on 2 Nov 2026 by <ann>@agency.example",)
    still_open = composed(closing=None)
    assert still_open.states == ("Not closed",)
    assert not any("Restated" in section.title for section in still_open.sections)


@pytest.mark.parametrize("language", codes())
def test_html_and_pdf_show_every_text_of_the_report(language):
    report = composed(language)
    seen, printed = squeezed("".join(Page(html.page(report)).words)), squeezed("".join(pages(pdf.document(report))))
    assert [text for text in everything(report) if squeezed(text) not in seen] == []
    # A paragraph may be cut by a page's foot, so its words are looked for one by one.
    assert [word for text in everything(report) for word in text.split() if squeezed(word) not in printed] == []


def test_the_html_file_stands_alone_and_runs_nothing():
    text = html.page(composed())
    page = Page(text)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "i", "b"}
    named = {name for _, attributes in page.elements for name in attributes}
    assert not {name for name in named if name.startswith("on") or name in ("href", "src", "action", "xlink:href")}
    assert re.findall(r"https?://[^\"' ]+", text) == ["http://www.w3.org/2000/svg"] * text.count("<svg ")
    assert "url(" not in text and "@import" not in text
    policy = next(attributes["content"] for tag, attributes in page.elements if attributes.get("http-equiv"))
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_names_that_mean_harm_are_shown_letter_by_letter():
    seen = Page(html.page(composed())).words
    assert SCRIPT in seen and MARKUP in seen
    printed = squeezed("".join(pages(pdf.document(composed()))))
    assert squeezed(SCRIPT) in printed and squeezed(MARKUP) in printed


def test_each_picture_is_well_formed_and_says_what_it_shows():
    drawn = [section for section in composed().sections if section.svg]
    assert len(drawn) == 3
    for section in drawn:
        root = ElementTree.fromstring(section.svg)
        assert root.attrib["role"] == "img" and root.attrib["aria-label"] == section.svg_about
        width, height = (float(value) for value in root.attrib["viewBox"].split()[2:])
        for part in root.iter("{http://www.w3.org/2000/svg}rect"):
            x, y, wide, high = (float(part.attrib[name]) for name in ("x", "y", "width", "height"))
            assert wide >= 0 and high >= 0 and 0 <= x <= x + wide <= width and 0 <= y <= y + high <= height


def test_the_bars_of_the_waterfall_are_as_long_as_their_amounts():
    svg = next(section.svg for section in composed().sections if "waterfall" in section.title or "opening" in section.title)
    root = ElementTree.fromstring(svg)
    widths = {part.attrib.get("class"): float(part.attrib["width"]) for part in root.iter("{http://www.w3.org/2000/svg}rect")}
    unit = widths["new"] / 50_050
    assert widths["expansion"] == pytest.approx(20_000 * unit, abs=0.1)
    assert widths["churn"] == pytest.approx(12_000 * unit, abs=0.1)
    assert "contraction" not in widths and "reactivation" not in widths


def test_each_page_of_the_pdf_says_its_number_of_all():
    made = pages(pdf.document(composed()))
    assert len(made) >= 2
    assert [f"Page {number} of {len(made)}" in page for number, page in enumerate(made, 1)] == [True] * len(made)
    assert all("Revenue in October 2026 · EUR" in page for page in made)


def test_the_pdf_is_dated_by_the_month_s_end_and_names_itself():
    about = pypdf.PdfReader(io.BytesIO(pdf.document(composed()))).metadata
    assert about and about.title == "Revenue in October 2026 · EUR"
    assert about.creation_date and about.creation_date.date() == date(2026, 10, 31)
    assert composed(today=date(2026, 10, 21)).dated_on == date(2026, 10, 21)


def test_the_same_figures_give_the_same_bytes_also_in_another_process():
    script = (
        "import hashlib\nfrom tests.proposals.test_review_report import *\nreport = composed()\n"
        "made = pdf.document(report), html.page(report).encode(), sheets.zipped(frames(), report)\n"
        "print(*(hashlib.sha256(each).hexdigest() for each in made))"
    )
    root = Path(__file__).parents[2]
    runs = [
        subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert len(runs[0].split()) == 3 and runs[0] == runs[1]


def test_signs_that_a_document_can_t_hold_are_left_out_and_others_are_set():
    names = ["a\x00b\x0bc", "turned \u202egnp.exe", "一二三", "x" * 400]
    moved = [row | {"client_name": name} for row, name in zip(frames()["movements"].to_dict("records"), names, strict=True)]
    report = review.compose(frames(movements=moved), today=date(2026, 11, 3), as_of=AS_OF)
    shown = [
        row[1] for section in report.sections if section.title.startswith("Who") and section.table for row in section.table.rows
    ]
    assert shown == ["a b c", "turned gnp.exe", "一二三", "x" * 400]
    assert pdf.document(report).startswith(b"%PDF")


def test_the_tables_are_the_metrics_as_csv_of_that_month_and_run_no_formula():
    report = composed()
    with zipfile.ZipFile(io.BytesIO(sheets.zipped(frames(), report))) as archive:
        files = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert set(files) == {f"{name}-{MONTH}.csv" for name in sheets.FILES} | {f"note-{MONTH}.txt"}
    assert files[f"mrr_movements-{MONTH}.csv"] == tables.write(frames()["mrr_movements"], "csv")
    moved = pd.read_csv(io.StringIO(files[f"movements-{MONTH}.csv"]))
    assert moved["amount_minor"].tolist() == frames()["movements"]["amount_minor"].tolist()
    assert moved["client_name"].tolist() == [SCRIPT, "'" + FORMULA, MARKUP, "Zoë"]
    assert pd.read_csv(io.StringIO(files[f"tier_mix-{MONTH}.csv"]))["month"].unique().tolist() == [MONTH]


def test_a_month_with_one_client_and_nothing_else_has_its_report():
    alone = frames(movements=[], cash=[], clients=[], restatements=[], restated_figures=[])
    alone["client_mrr"] = alone["client_mrr"].head(1)
    alone["revenue_summary"] = alone["revenue_summary"].tail(1)
    report = review.compose(alone, today=date(2026, 11, 3), as_of=AS_OF)
    texts = {section.title: section.text for section in report.sections}
    assert texts["Who moved, and why"] == "No client’s MRR changed."
    assert texts["Cash"] == "Nothing was collected, and no charge failed."
    assert "The largest clients" not in texts
    assert "From opening to closing" not in texts, "a picture of nothing"
    assert html.page(report) and pdf.document(report)
