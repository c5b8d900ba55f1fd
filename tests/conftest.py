"""At the end of a run, how much of what the product must do is shown by tests (acceptance.toml)."""

import tomllib
from pathlib import Path

import pytest


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One line; a worker of a run in parallel prints none."""
    if hasattr(config, "workerinput"):
        return
    shown = tomllib.loads((Path(__file__).parent / "acceptance.toml").read_text(encoding="utf-8"))
    rules, rows = ((sum(1 for tests in part.values() if tests), len(part)) for part in (shown["mission"], shown["definitions"]))
    terminalreporter.write_line(
        f"Acceptance: {rules[0]} of {rules[1]} rules of practice and {rows[0]} of {rows[1]} rows of the rule book "
        "are shown by tests"
    )
