"""Whose figures a command reads is said before it or after it, and what is said stands."""

import pytest

from data.__main__ import main


@pytest.mark.parametrize("place", ["before", "after"])
def test_home_and_demo_are_understood_on_either_side_of_the_command(tmp_path, monkeypatch, capsys, place):
    monkeypatch.setenv("RETAINER_HOME", str(tmp_path / "other"))
    said = ["--home", str(tmp_path / "mine"), "--demo"]
    assert main([*said, "status"] if place == "before" else ["status", *said]) == 0
    assert f"the demo ({tmp_path / 'mine' / 'demo.duckdb'})" in capsys.readouterr().out
