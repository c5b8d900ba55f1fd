"""Replies to objections, one short e-mail a class, in three languages (R15–R19)."""

import pytest

from data.errors import InputError
from proposals import guard
from proposals.language import codes
from proposals.objections import KINDS, reply
from proposals.sender import Sender
from tests.proposals.call_notes import CALL_NOTES

SENDER = Sender("Ana Pop", "Atelier Pop", "ana@atelierpop.ro", testimonials=(("", "“Reliable.” Jo Hill"),))
SAID = {
    ("money", "en"): "In the first month I will add a written review",
    ("money", "fr"): "Le premier mois, j’ajoute un bilan écrit",
    ("money", "ro"): "În prima lună adaug o analiză scrisă",
    ("value", "en"): "your hours are set aside each month",
    ("value", "fr"): "vos heures sont réservées chaque mois",
    ("value", "ro"): "orele dumneavoastră sunt rezervate în fiecare lună",
    ("results", "en"): "one paid trial month of Partner, at US$750",
    ("results", "fr"): "un mois d’essai payant avec la formule Partenaire, à 750\u00a0$US",
    ("results", "ro"): "o lună de probă plătită, cu varianta Partener, la 750\u00a0USD",
}
NOTES = {"en": "en_bakery", "fr": "fr_gite", "ro": "ro_dentist"}


@pytest.mark.parametrize(("kind", "language"), SAID)
def test_r15_each_objection_has_its_reply(kind, language):
    sent = reply(CALL_NOTES[NOTES[language]].offer(), kind, SENDER)
    assert SAID[kind, language] in sent.text
    assert len(sent.text) < 1600
    assert "Ana Pop" in sent.text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", codes())
@pytest.mark.parametrize("register", ["formal", "informal"])
def test_r16_no_reply_names_a_discount_for_any_note(kind, language, register):
    for note in CALL_NOTES.values():
        sent = reply(note.offer(), kind, SENDER, language, register)
        assert guard.find(f"{sent.subject} {sent.text}") == []
        assert sent == reply(note.offer(), kind, SENDER, language, register)


def test_r18_the_trial_is_never_free():
    for language, free in [("en", "free"), ("fr", "gratuit"), ("ro", "gratuit")]:
        sent = reply(CALL_NOTES["en_gym"].offer(), "results", SENDER, language)
        assert free not in sent.text.lower()


def test_r8_testimonials_back_the_reply_to_a_doubt_of_results():
    assert "“Reliable.” Jo Hill" in reply(CALL_NOTES["en_gym"].offer(), "results", SENDER).text
    assert "What clients say" not in reply(CALL_NOTES["en_gym"].offer(), "results", Sender("Ana")).text


def test_a_smaller_start_is_offered_only_above_the_lowest_tier():
    assert "start smaller" in reply(CALL_NOTES["en_gym"].offer(), "money", SENDER).text
    assert "start smaller" not in reply(CALL_NOTES["en_charity"].offer(), "money", SENDER).text


def test_an_unknown_objection_is_refused_in_a_sentence():
    with pytest.raises(InputError, match="weather"):
        reply(CALL_NOTES["en_gym"].offer(), "weather", SENDER)
