"""What a page costs beside an empty one, all in one run: cold start, first answer and whole page in Chromium, rerun in Python.

`python -m tests.bench pages [PAGE …]` measures these pages alone, without a cold start and oftener; `make bench` all.

Reach: first answer ≤ 1.2 × an empty page, whole page ≤ 3.2 × empty and ≤ 1.3 × the same in Dash, rerun ≤ 11 × an empty script.
"""

import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import Browser, Page, sync_playwright

from data.settings import Settings
from tests import demo_home
from tests.bench import same_in_dash
from tests.browser.dashboard import IDLE, free_port, listening, running
from tests.browser.find_browser import ARGUMENTS, chromium

PAGES = ("today", "revenue", "churn", "tiers", "clients", "maintenance", "effort", "billing", "what_if", "call", "proposal")
EMPTY = "import streamlit as st\nst.title('Empty')\n"
ROUNDS, ROUNDS_OF_NAMED = 5, 7
# What a visitor waits for: the first figure, on pages without any the first line of their own, then everything, pictures drawn.
ANSWER = ("[data-testid=stMain] h2", "")
# Pages without figures: what they say first below their question, and a word of it.
LINES = {
    "clients": ("[data-testid=stCaptionContainer] p", "client"),
    "call": ("[data-testid=stMarkdownContainer] p", "1."),
    "proposal": ("[data-testid=stMarkdownContainer] p", "Put in the notes"),
}
TITLE = ("h1", "")
# The page's own clock, read in the first frame that shows the answer: whoever asks from outside waits until the rest is drawn.
PAINTED = """(([where, word]) => {
    const stands = one => one.textContent.includes(word) && one.checkVisibility();
    const watch = new MutationObserver(() => {
        if (![...document.querySelectorAll(where)].some(stands)) return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); }));
    });
    watch.observe(document, {childList: true, subtree: true, attributes: true, characterData: true});
})"""
DRAWN = """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(one => one.querySelector('.main-svg'))
    && !document.querySelector('[data-testid=stSkeleton]')"""


def main(*named: str) -> None:
    """Print first answer, whole page and rerun of each page, or of those named, as seconds and multiples of an empty page's."""
    path = chromium()
    if not path:
        sys.exit("No browser was found: install Chromium, or name one in RETAINER_TEST_BROWSER.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        shelf = Path(folder)
        home, other = (demo_home.copy(shelf, shelf / name / "home") for name in ("app", "dash"))
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        if not named:
            _cold_start(browser, shelf)
        with (
            _empty(shelf / "empty") as empty,
            running(shelf / "app") as ours,
            _dash(other) as dash,
        ):
            _visit(browser, f"{ours}/revenue", ANSWER, _all_drawn)  # the first run of all reads the files
            _paint(browser, empty, ours, dash, named)
        browser.close()
        _reruns(home, named or PAGES)


def _cold_start(browser: Browser, shelf: Path) -> None:
    """From the command that `make run` gives, all installed and the demo of today made, to the first answer; both in turn."""
    taken: dict[str, list[float]] = {"empty": [], "app": []}
    for _ in range(ROUNDS):
        for name, started in (("empty", _empty), ("app", running)):
            page = browser.new_context(locale="en-US").new_page()
            page.set_default_timeout(120_000)
            start = time.perf_counter()
            with started(shelf / name) as address:
                page.goto(address)
                page.wait_for_selector(TITLE[0] if name == "empty" else ANSWER[0])
                taken[name].append(time.perf_counter() - start)
                page.context.close()
    empty, ours = (statistics.median(times) for times in taken.values())
    print(f"cold start to first answer: {ours:.2f} s, an empty app {empty:.2f} s = {ours / empty:.2f} ×\n")


def _paint(browser: Browser, empty: str, ours: str, dash: str, named: tuple[str, ...]) -> None:
    """All in turn, round by round, the empty page right before each: a pair's ratio holds whatever the machine's speed."""
    bare = (empty, TITLE, lambda page: page.wait_for_selector(IDLE))
    stops: dict[str, tuple[str, tuple[str, str], Callable[[Page], object]]] = {
        **{name: (f"{ours}/{name}", LINES.get(name, ANSWER), _all_drawn) for name in named or PAGES},
        "churn in Dash": (dash, ("#figures", ""), _dash_drawn),
    }
    bases: list[tuple[float, float, float]] = []
    taken: dict[str, list[tuple[float, float, float]]] = {name: [] for name in stops}
    ratios: dict[str, list[list[float]]] = {name: [] for name in stops}
    for _ in range(ROUNDS_OF_NAMED if named else ROUNDS):
        for name, stop in stops.items():
            bases.append(_visit(browser, *bare))
            taken[name].append(_visit(browser, *stop))
            ratios[name].append([ours / base for ours, base in zip(taken[name][-1], bases[-1], strict=True)])
    print(f"{'':14}{'first answer':>24}{'whole page':>24}{'whole page, warm':>24}")
    print(f"{'empty page':14}" + "".join(f"{value:>17.2f} s     " for value in _medians(bases)))
    for name, found in taken.items():
        both = zip(_medians(found), _medians(ratios[name]), strict=True)
        print(f"{name:14}" + "".join(f"{value:>13.2f} s = {ratio:5.2f} ×" for value, ratio in both))


def _medians(rows: Sequence[Sequence[float]]) -> list[float]:
    """The median of each column."""
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def _visit(
    browser: Browser, address: str, answer: tuple[str, str], whole: Callable[[Page], object]
) -> tuple[float, float, float]:
    """Seconds until the first answer and until the whole page stands with nothing cached, and the latter again."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    context.add_init_script(f"{PAINTED}({json.dumps(answer)})")
    page = context.new_page()
    page.set_default_timeout(120_000)
    stands, painted = [], 0.0
    for _ in range(2):
        start = time.perf_counter()
        page.goto(address)
        whole(page)
        stands.append(time.perf_counter() - start)
        painted = painted or page.wait_for_function("window.painted").json_value() / 1000
    context.close()
    return painted, stands[0], stands[1]


def _all_drawn(page: Page) -> None:
    page.wait_for_selector("h1")
    page.wait_for_selector(IDLE)
    page.wait_for_function(DRAWN)


def _dash_drawn(page: Page) -> None:
    page.wait_for_function("() => document.querySelectorAll('.main-svg').length >= 4 && document.querySelector('#rows td')")


def _reruns(home: Path, names: Sequence[str]) -> None:
    """Processor time of one more run of each page's script, beside that of an empty one."""
    os.environ.update(RETAINER_HOME=str(home), RETAINER_SHOW="demo")
    from streamlit.testing.v1 import AppTest

    logging.disable(logging.WARNING)
    shell = str(Path(__file__).parents[2] / "pages" / "shell.py")
    base = _rerun(AppTest.from_string(EMPTY))
    print(f"\nrerun of an empty script {base:5.1f} ms")
    for name in names:
        app = AppTest.from_file(shell, default_timeout=120).run()
        app.switch_page(f"{name}.py").run()
        taken = _rerun(app)
        print(f"rerun of {name:14}  {taken:5.1f} ms = {taken / base:5.1f} ×")


def _rerun(app: "AppTest") -> float:  # type: ignore[name-defined]  # noqa: F821
    app.run()
    found = []
    for _ in range(7):
        start = time.process_time()
        app.run()
        found.append(1000 * (time.process_time() - start))
    return statistics.median(found)


@contextmanager
def _empty(folder: Path) -> Iterator[str]:
    """A Streamlit page with nothing but a title."""
    folder.mkdir(exist_ok=True)
    (folder / "app.py").write_text(EMPTY, encoding="utf-8")
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", "--server.port", str(port)]
    with _process(command, folder) as process:
        yield listening(f"http://127.0.0.1:{port}", process, folder / "log", "/_stcore/health")


@contextmanager
def _dash(home: Path) -> Iterator[str]:
    """The review's figures, four pictures and rows, in Dash."""
    port = free_port()
    command = [sys.executable, same_in_dash.__file__, str(Settings(home=home, show="demo").demo_warehouse), str(port)]
    with _process(command, home.parent) as process:
        yield listening(f"http://127.0.0.1:{port}", process, home.parent / "log", "/")


@contextmanager
def _process(command: list[str], folder: Path) -> "Iterator[subprocess.Popen[bytes]]":
    known = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=known, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


if __name__ == "__main__":
    main(*sys.argv[1:])
