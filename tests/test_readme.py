"""What the README promises exists, and what exists is in the README."""

import re
from dataclasses import fields
from pathlib import Path

from data import metrics
from data.__main__ import _parser as data_parser
from data.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_every_setting_is_documented_with_its_help_text():
    for spec in fields(Settings):
        assert f"| `{spec.metadata['env']}` | {spec.metadata['help']} |" in README, spec.metadata["env"]


def test_every_command_is_documented():
    commands = next(action for action in data_parser()._actions if hasattr(action, "choices") and action.choices).choices
    for command in commands:
        assert f"python -m data {command}" in README, command


def test_every_file_that_the_readme_names_is_there():
    for target in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_file_that_the_map_for_contributors_names_is_there():
    named = re.findall(r"`((?:data|pages|proposals|tests|docs)/[\w./]*)`", CONTRIBUTING)
    models = re.findall(r"`((?:staging|history|marts)/\w+)`", CONTRIBUTING)
    assert len(named) > 30 and len(models) > 7
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert [name for name in models if not (ROOT / "data" / "models" / f"{name}.sql").exists()] == []


def test_the_pages_need_nothing_from_another_host():
    texts = [*(ROOT / "pages").rglob("*.py"), ROOT / ".streamlit" / "config.toml"]
    hosts = {host for path in texts for host in re.findall(r"https?://([\w.-]+)", path.read_text(encoding="utf-8"))}
    hosts.discard("www.w3.org")  # the name of what pictures are written in, never an address that is asked
    assert hosts <= {"dashboard.stripe.com", "docs.stripe.com", "127.0.0.1", "localhost"}


def test_everything_is_pinned_exactly():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-llm.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            assert not line or line.startswith(("#", "-r ")) or re.fullmatch(r"[A-Za-z0-9_.\[\]-]+==[\w.]+", line), line


def test_every_metric_has_a_place_in_the_glossary():
    assert all(metrics.about(name).definition for name in metrics.names())
