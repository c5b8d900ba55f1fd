"""The offer: cumulative tiers, the recommendation rule, answers, added value and advice (R8–R18)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import InputError
from data.pricing import price_book as price_books
from data.pricing.price_book import PriceBook, Service, Tier
from proposals.brief import Brief, Fact
from proposals.offer import Capacity, offer
from proposals.recommendation import is_affordable, planning_rates, recommend
from tests.proposals.call_notes import CALL_NOTES

CARE = price_books.load("wordpress_care")
SOCIAL = price_books.load("social_media")


def rules(made):
    return [advice.rule for advice in made.advice]


def budget(**parts):
    return {"low": None, "high": None, "ceiling": None, "currency": None, "period": "month", **parts}


@st.composite
def books(draw):
    count = draw(st.integers(1, 5))
    sizes = [draw(st.integers(0, 4)) for _ in range(count)]
    prices = sorted(draw(st.sets(st.integers(1, 5_000_000), min_size=count, max_size=count)))
    ids = [f"service_{number}" for number in range(sum(sizes))]
    cuts = [sum(sizes[:place]) for place in range(count + 1)]
    tiers = tuple(
        Tier(f"tier_{place}", {"en": f"Tier {place}"}, prices[place], tuple(ids[cuts[place] : cuts[place + 1]]), None, ())
        for place in range(count)
    )
    currency = draw(st.sampled_from(["usd", "eur", "jpy", "kwd", "ron"]))
    return PriceBook("any", {"en": "Any"}, currency, 0, None, {i: Service(i, {"en": i}, {}) for i in ids}, tiers)


@st.composite
def briefs(draw, book):
    asked = draw(st.sets(st.sampled_from(sorted(book.services)))) if book.services else set()
    amounts = sorted(draw(st.lists(st.integers(1, 60_000), min_size=3, max_size=3)))
    stated = draw(st.booleans())
    parts = {
        "low": amounts[0],
        "high": draw(st.sampled_from([None, amounts[1]])),
        "ceiling": draw(st.sampled_from([None, amounts[2]])),
        "currency": draw(st.sampled_from([None, "USD", "EUR", "RON", "XXX"])),
    }
    return Brief(
        language="en",
        budget=Fact(budget(**parts)) if stated else None,
        services=tuple(Fact(service) for service in sorted(asked)),
        growth_goal=Fact(True) if draw(st.booleans()) else None,
    )


@given(st.data())
def test_r14_each_tier_contains_the_one_below_for_any_price_book(data):
    book = data.draw(books())
    made = offer(data.draw(briefs(book)), book)
    for below, above in zip(made.tiers, made.tiers[1:], strict=False):
        assert [service.id for service in above.services][: len(below.services)] == [service.id for service in below.services]
        assert above.price_minor > below.price_minor
        assert {service.id for service in above.new}.isdisjoint({service.id for service in below.services})
    assert made.recommended is None or made.tier(made.recommended).is_recommended
    assert sum(tier.is_recommended for tier in made.tiers) == (made.recommended is not None)


@given(st.data())
def test_the_recommended_tier_is_the_one_that_the_rule_names(data):
    book = data.draw(books())
    brief = data.draw(briefs(book))
    made = offer(brief, book)
    asked, growth = {fact.value for fact in brief.services}, bool(brief.growth_goal)
    able = [tier.is_affordable for tier in made.tiers]
    covers = [asked <= {service.id for service in tier.services} for tier in made.tiers]
    if not asked and not growth:
        expected = None
    elif growth and able[-1]:
        expected = len(able) - 1
    elif able[covers.index(True)]:
        expected = covers.index(True)
    else:
        expected = max((place for place, can in enumerate(able) if can), default=0)
    assert made.recommended == (None if expected is None else made.tiers[expected].id)


@pytest.mark.parametrize(
    ("stated", "price", "expected"),
    [
        (None, 999_999_00, True),
        (budget(low=300), 999_999_00, True),
        (budget(low=100, high=280), 350_00, True),
        (budget(low=100, high=279), 350_00, False),
        (budget(low=300, high=300, ceiling=340, currency="EUR"), 374_00, True),
        (budget(low=300, high=300, ceiling=340, currency="EUR"), 374_01, False),
        (budget(ceiling=750), 750_00, True),
        (budget(ceiling=749), 750_00, False),
        (budget(high=2500, currency="RON"), 687_50, True),
        (budget(ceiling=100, currency="XXX"), 100_00, True),
    ],
)
def test_a_price_is_affordable_up_to_the_ceiling_or_to_a_quarter_above_the_upper_figure(stated, price, expected):
    assert is_affordable(price, "usd", stated) is expected


def test_a_budget_without_a_currency_is_read_in_the_books():
    assert is_affordable(100_00, "ron", budget(ceiling=100))
    assert not is_affordable(100_00, "eur", budget(ceiling=100, currency="RON"))


def test_the_planning_rates_are_the_fixed_ones():
    fixed = {"USD": 1.0, "EUR": 1.1, "GBP": 1.3, "RON": 0.22, "CAD": 0.73, "AUD": 0.66, "CHF": 1.15}
    assert fixed.items() <= planning_rates().items()


def test_other_rates_and_prices_change_the_recommendation_only_through_the_rule():
    prices = {tier.id: tier.price_minor for tier in CARE.tiers}
    stated = budget(ceiling=500, currency="EUR")
    assert recommend(CARE, prices, set(), True, stated).tier == "essential"
    assert recommend(CARE, prices, set(), True, stated, {"EUR": 1.5, "USD": 1.0}).tier == "partner"
    assert recommend(CARE, {**prices, "partner": 540_00}, set(), True, stated).tier == "partner"


@pytest.mark.parametrize(
    ("note", "tier", "ground"),
    [
        ("en_bakery", "partner", "growth"),
        ("en_gym", "tier_2", "covers"),
        ("en_charity", "essential", "above_budget"),
        ("en_vague", None, "none"),
        ("ro_primarie", "essential", "above_budget"),
        ("fr_asso", "growth", "covers"),
        ("fr_coach", "tier_3", "growth"),
    ],
)
def test_the_ground_of_the_recommendation_is_said(note, tier, ground):
    made = CALL_NOTES[note].offer()
    assert (made.recommended, made.ground) == (tier, ground)
    assert made.reasons


def test_r10_each_challenge_and_goal_is_answered_by_a_service_of_the_book_with_its_quote():
    for note in CALL_NOTES.values():
        made = note.offer()
        quotes = [answer.quote for answer in made.answers]
        assert all(any(quote in str(fact.quote) for quote in quotes) for fact in (*note.brief.challenges, *note.brief.goals))
        for answer in made.answers:
            assert answer.services
            assert set(answer.services) <= set(made.book.services)
            assert note.text[answer.start : answer.end] == answer.quote


def test_r10_a_challenge_is_answered_by_the_service_asked_for_in_the_same_words():
    answers = {answer.quote: answer.services[0] for answer in CALL_NOTES["en_charity"].offer().answers}
    assert answers["site hacked twice"] == "security_monitoring"
    assert answers["donation page slow"] == "performance_tuning"


def test_r10_a_sentence_that_lists_several_challenges_gets_an_answer_each():
    text = "Comenzile se blochează la plată, site-ul e lent seara, și nu există niciun backup"
    answers = offer(Brief(language="ro", challenges=(Fact(text, text, 10, 10 + len(text)),)), CARE).answers
    assert [(answer.quote, answer.services[0]) for answer in answers] == [
        ("Comenzile se blochează la plată", "store_care"),
        ("site-ul e lent seara", "performance_tuning"),
        ("nu există niciun backup", "daily_backups"),
    ]
    assert all((" " * 10 + text)[answer.start : answer.end] == answer.quote for answer in answers)


def test_r10_a_sentence_with_one_subject_matter_stays_whole():
    text = "the shop is slow, painfully slow on 1,500 products"
    answers = offer(Brief(language="en", challenges=(Fact(text, text, 0, len(text)),)), CARE).answers
    assert [answer.quote for answer in answers] == [text]


def test_r10_an_answer_that_nothing_in_the_notes_supports_is_marked_as_not_sure():
    brief = Brief(
        language="en", services=(Fact("weekly_updates"),), challenges=(Fact("the cat is grumpy", "the cat is grumpy", 0, 17),)
    )
    answer = offer(brief, CARE).answers[0]
    assert not answer.is_sure
    assert answer.services == ("weekly_updates",)


def test_a_user_s_own_service_is_found_by_the_words_of_its_name():
    services = {"kites": Service("kites", {"en": "Kite repairs"}, {}), "ropes": Service("ropes", {"en": "Rope tests"}, {})}
    book = PriceBook("own", {}, "eur", 0, None, services, (Tier("one", {}, 100, ("kites", "ropes"), None, ()),))
    brief = Brief(language="en", challenges=(Fact("nobody repairs the wings", "nobody repairs the wings", 0, 24),))
    assert offer(brief, book).answers[0].services == ("kites",)


def test_volumes_stand_in_the_tier_that_brings_their_service():
    made = CALL_NOTES["fr_coach"].offer()
    videos = [service for service in made.tier("tier_3").new if service.id == "video_creation"]
    assert [(service.quantity, service.per) for service in videos] == [(2, "week")]
    assert all(service.quantity is None for service in made.tier("tier_2").services)


def test_r12_a_price_below_the_floor_is_warned_of_and_still_offered():
    made = offer(Brief(language="en"), SOCIAL, prices_minor={"tier_1": 2_999_99})
    assert made.tier("tier_1").is_below_floor
    assert rules(made) == ["R12"]
    assert rules(offer(Brief(language="en"), SOCIAL)) == []


@pytest.mark.parametrize(
    "own", [{"essential": 0}, {"essential": -5}, {"essential": 350_00}, {"partner": 300_00}, {"platinum": 1}]
)
def test_r14_prices_that_do_not_rise_or_belong_to_no_tier_are_refused(own):
    with pytest.raises(InputError):
        offer(Brief(language="en"), CARE, prices_minor=own)


def test_r16_an_objection_to_the_price_adds_value_and_leaves_every_price_alone():
    made = CALL_NOTES["en_charity"].offer()
    assert made.added_value == ("money",)
    assert [tier.price_minor for tier in made.tiers] == [tier.price_minor for tier in CARE.tiers]


def test_r18_a_trial_is_offered_only_where_results_are_doubted():
    trials = {note.id for note in CALL_NOTES.values() if note.offer().is_trial}
    assert trials == {"en_gym", "fr_traiteur", "ro_agro"}


def test_r9_places_come_from_hours_and_a_full_month_is_said_to_the_user():
    assert Capacity.from_hours(available=40, sold=31, hours_a_place=3).places_left == 3
    assert Capacity.from_hours(available=40, sold=45, hours_a_place=3).places_left == 0
    assert Capacity.from_hours(available=40, sold=1, hours_a_place=0).places_left == 0
    assert rules(offer(Brief(language="en"), CARE, capacity=Capacity(0))) == ["R9"]


def test_f38_who_does_not_pay_by_card_is_asked_for_a_term():
    assert "F38" in rules(CALL_NOTES["ro_mobila"].offer())
    assert "F38" not in rules(CALL_NOTES["fr_gite"].offer())
    assert "F38" not in rules(CALL_NOTES["ro_dentist"].offer())


def test_a_currency_without_a_rate_and_more_hours_than_any_tier_holds_are_said():
    brief = Brief(language="en", budget=Fact(budget(high=900, currency="XTS")), hours_per_month=Fact(40))
    assert sorted(rules(offer(brief, CARE))) == ["R12", "R2"]


def test_a_budget_in_another_currency_than_the_prices_is_said_before_the_e_mail_goes_out():
    made = offer(Brief(language="fr", budget=Fact(budget(high=900, currency="EUR"))), CARE)
    assert [advice.text for advice in made.advice] == ["The budget is in EUR, your prices in USD: the e-mail names USD."]
    assert not offer(Brief(language="fr", budget=Fact(budget(high=900, currency="USD"))), CARE).advice


def test_services_of_another_price_book_do_not_count():
    brief = Brief(language="en", services=(Fact("video_creation"), Fact("daily_backups")))
    assert offer(brief, CARE).recommended == "essential"


def test_an_offer_is_plain_data_and_the_same_for_the_same_brief():
    note = CALL_NOTES["ro_dentist"]
    assert note.offer().to_dict() == note.offer().to_dict()
    assert note.offer().to_dict()["tiers"][1]["new"] == [service.id for service in note.offer().tiers[1].new]
    assert replace(note.offer(), is_new_client=False).to_dict()["is_new_client"] is False
