"""The law of the house, each rule with its why; read from the code itself."""

import ast
import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("app", "pages", "proposals", "data")
FILES = [ROOT / "app.py", *(path for room in OURS[1:] for path in sorted((ROOT / room).rglob("*.py")))]


@cache
def imported(path: Path) -> set[str]:
    """Dotted names of everything that a file imports, lazily or for types only too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.relative_to(ROOT)}: relative imports hide which room is meant"
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return names


def uses(path: Path, package: str) -> bool:
    return any(name == package or name.startswith(package + ".") for name in imported(path))


def room(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def those_using(package: str) -> list[str]:
    return [room(path) for path in FILES if uses(path, package)]


def test_imports_run_one_way_pages_to_proposals_to_data():
    """Why: a fact must not change because a page or a document does."""
    wrong = [
        f"{room(path)} imports {above}"
        for path in FILES
        for below, aboves in (
            ("data/", ("proposals", "pages", "app", "tests")),
            ("proposals/", ("pages", "app", "tests")),
            ("pages/", ("app", "tests")),
        )
        for above in aboves
        if room(path).startswith(below) and uses(path, above)
    ]
    assert not wrong


def needs(path: Path) -> set[str]:
    """Those of our files that a file imports before any of its functions runs."""
    names = {path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."): room(path) for path in FILES}
    names |= {name.removesuffix(".__init__"): file for name, file in names.items() if name.endswith(".__init__")}
    told = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.ImportFrom)]
    from_packages = {names.get(f"{node.module}.{alias.name}") for node in told for alias in node.names}
    return {file for file in from_packages | {names.get(str(node.module)) for node in told} if file}


def test_no_two_files_need_each_other():
    """Why: neither could be read, or tested, without the other. A package's own `__init__` may gather its files."""
    graph = {room(path): {file for file in needs(path) if not file.endswith("__init__.py")} for path in FILES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize(
    ("package", "homes", "why"),
    [
        ("streamlit", ("app.py", "pages/"), "figures and documents are used without a page, too"),
        ("plotly", ("app.py", "pages/"), "a picture is a matter of the page"),
        ("duckdb", ("data/warehouse.py",), "one door to the file: locking, transactions and settings live there"),
        ("stripe", ("data/sources/stripe/",), "another biller is another source, not a change everywhere"),
        ("jinja2", ("proposals/",), "templates make documents, nothing else"),
        ("typst", ("proposals/",), "the same, for PDF"),
        ("pydantic_ai", ("proposals/second_reader.py",), "notes leave this machine at one place, which is off by default"),
    ],
)
def test_a_package_is_imported_only_in_its_room(package, homes, why):
    assert [file for file in those_using(package) if not file.startswith(homes)] == [], why


def test_a_page_holds_no_sql():
    """Why: a figure has one definition, in its metric's file."""
    sql = re.compile(
        r"^\s*(select\b.+\bfrom\b|insert into|update \w+ set|delete from|create (or replace )?(table|view))", re.I | re.S
    )
    texts = [
        f"{room(path)}:{node.lineno}"
        for path in FILES
        if room(path).startswith("pages/")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and sql.match(node.value)
    ]
    assert texts == []


def test_a_page_holds_no_arithmetic():
    """Why: what is computed in a page can't be read by the command line, nor tested without a browser."""
    sums = [
        f"{room(path)}:{node.lineno}"
        for path in FILES
        if room(path).startswith("pages/") and not room(path).startswith("pages/ui/")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Mult | ast.Div | ast.FloorDiv | ast.Pow)
        and not isinstance(node.left, ast.Constant | ast.List)
        and not (
            isinstance(node.op, ast.Div) and re.search("path|folder|pages|home", ast.unparse(node.left), re.I)
        )  # joins a path
    ]
    assert sums == []


def test_every_model_and_metric_is_one_select_that_says_what_it_is():
    """Why: the builder wraps each in a table; the header is the glossary."""
    for path in [*(ROOT / "data" / "models").rglob("*.sql"), *(ROOT / "data" / "metrics").glob("*.sql")]:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("-- "), f"{room(path)} opens without saying what it holds"
        code = re.sub(r"--[^\n]*|'[^']*'", "", text)
        assert ";" not in code, f"{room(path)} holds more than one statement"
        assert "now()" not in code and "current_date" not in code, f"{room(path)} reads the clock; params says the instant"


def test_every_metric_header_is_complete():
    from data import metrics

    for name in metrics.names():
        about = metrics.about(name)
        assert all((about.title, about.unit, about.grain, about.definition, about.formula)), name


def test_every_module_says_what_it_provides():
    silent = [room(path) for path in FILES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


def test_nothing_here_can_send_an_e_mail():
    """Why: nothing is ever sent to a client by itself (F27); letters are drafts that the user opens and sends."""
    senders = ("smtplib", "aiosmtplib", "email.smtp", "sendgrid", "postmarker", "mailjet_rest", "boto3", "yagmail", "redmail")
    assert [(file, name) for name in senders for file in those_using(name)] == []
    pinned = "\n".join(path.read_text("utf-8").lower() for path in ROOT.glob("requirements*.txt"))
    assert not [name for name in senders if re.search(rf"^{name}\b", pinned, re.MULTILINE)]
    drafts = [path for path in FILES if "EmailMessage(" in path.read_text("utf-8")]
    assert drafts and all("X-Unsent" in path.read_text("utf-8") for path in drafts), "what is no draft"
