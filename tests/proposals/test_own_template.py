"""A user's own template runs in a process with limits; what is wrong with it is told with its line, and nothing hangs."""

import pytest

from data.errors import InputError
from proposals import own_template, sandbox, template
from proposals.language import FOLDER
from proposals.own_template import OwnTemplateError

VALUES = {"v": lambda formal, informal: formal, "first_name": "Ann", "challenges": [{"text": "# late"}], "ground": "none"}


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(own_template, "PATIENCE", 60)  # on a busy machine; what is endless meets its limit of work before
    (tmp_path / "templates" / "en").mkdir(parents=True)
    return tmp_path


def written(home, text, name="email", values=VALUES):
    (home / "templates" / "en" / f"{name}.j2").write_text(text, "utf-8")
    return template.render(name, "en", dict(values), home)


def test_it_gets_the_same_values_and_the_same_markup(home):
    subject, blocks = written(home, 'Subject: To {{ first_name }}\n{{ v("Sie", "du") }}\n\n{{ challenges[0].text }}\n## Next\n')
    assert subject == "To Ann"
    assert [(block.kind, block.text) for block in blocks] == [
        ("paragraph", "Sie"),
        ("paragraph", "# late"),
        ("heading", "Next"),
    ]
    informal = {**VALUES, "v": lambda formal, informal: informal}
    assert written(home, 'Subject: x\n{{ v("Sie", "du") }}\n', values=informal)[1][0].text == "du"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Subject: x\n\n{{ fist_name }}\n", 3, "'fist_name' is undefined"),
        ("Subject: x\n{% if first_name %}\nHi\n", 3, "end of template"),
        ("Subject: x\n{{ first_name | shout }}\n", 2, "shout"),
        ("Subject: x\n\n\n{{ 1 / 0 }}\n", 4, "division"),
        ("Subject: x\n{{ ''.__class__.__mro__[1].__subclasses__() }}\n", 2, "unsafe"),
        ("Subject: x\n{% include '../../settings.toml' %}\n", 2, "not there"),
        ("Subject: x\n{{ 'a' * 200000 }}\n", None, "more than 60,000 characters"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_file(home, text, line, words):
    with pytest.raises(OwnTemplateError) as told:
        written(home, text)
    assert words in told.value.title and "templates/en/email.j2" in told.value.hint.replace("\\", "/")
    assert line is None or f", line {line}:" in told.value.title


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% set x = 'a' * 4000000000 %}x",
        "{{ (9 ** 9) ** (9 ** 9) }}",
        "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
    ],
)
def test_an_endless_loop_and_a_memory_bomb_end_in_a_sentence_and_are_not_waited_for_twice(home, monkeypatch, text):
    with pytest.raises(OwnTemplateError) as told:
        written(home, text)
    assert "Traceback" not in str(told.value)
    monkeypatch.setattr(own_template.subprocess, "run", lambda *_, **__: pytest.fail("started once more"))
    with pytest.raises(OwnTemplateError):
        written(home, text)


def test_our_secrets_are_not_in_its_environment(home, monkeypatch):
    monkeypatch.setenv("STRIPE_API_KEY", "rk_live_secret")
    assert "STRIPE_API_KEY" not in own_template.PASSED_ON and written(home, "Subject: y\nfine\n")[0] == "y"


def test_only_a_template_of_one_s_own_starts_a_process(home, monkeypatch):
    monkeypatch.setattr(own_template, "rendered", lambda *_: pytest.fail("a process"))
    with pytest.raises(InputError, match="undefined"):
        template.render("email", "en", {"v": VALUES["v"]}, home)


def test_a_file_that_is_no_text_and_one_too_long_are_refused(home):
    path = home / "templates" / "en" / "email.j2"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OwnTemplateError, match="UTF-8"):
        template.render("email", "en", dict(VALUES), home)
    path.write_text("a" * (own_template.LARGEST + 1), "utf-8")
    with pytest.raises(OwnTemplateError, match="more than"):
        template.render("email", "en", dict(VALUES), home)


def test_a_changed_file_is_read_again(home):
    assert written(home, "Subject: one\nx\n")[0] == "one"
    assert written(home, "Subject: two\nx\n")[0] == "two"


def test_every_shipped_template_runs_in_the_process_too(home):
    for path in sorted((FOLDER / "en").glob("reply_*.j2")):
        values = {**VALUES, "company": "", "objections": [], "goals": [], "is_above_lowest": False, "signature": ["Ana"]}
        values |= {"recommended": "", "testimonials": [], "challenges": [{"text": "x", "answer": "", "benefit": ""}]}
        own = written(home, path.read_text("utf-8"), path.stem, values)
        assert own == template.blocks(sandbox.rendered(sandbox.environment(FOLDER / "en"), path.stem, values))
