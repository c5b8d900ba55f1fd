"""The discount guard: finds what subtracts price in three languages, and leaves a service's own words alone (R16)."""

from pathlib import Path

import pytest

from data.pricing import price_book as price_books
from proposals import guard
from proposals.language import FOLDER, codes

FORBIDDEN = {
    "en": [
        "a discount", "Discounted rates", "10% off", "10 % off", "15 percent off", "$200 off", "€50 off", "half off",
        "a rebate", "it gets cheaper", "a special price", "special offer", "promo code", "a lower price",
        "reduce the price", "cut our fee", "price reduction", "for free", "free trial", "one month free", "good deal",
        "save 20%", "knock 50 off the price", "we can waive the set-up fee", "introductory rate",
        "a break on the price", "on the house",
    ],
    "fr": [
        "une remise", "Remises exceptionnelles", "une réduction", "réduction de 10 %", "une petite réduction de prix",
        "un rabais", "ristourne", "en promo", "en promotion", "une promotion de 15 %", "un geste commercial",
        "tarif préférentiel", "prix d’ami", "moins cher", "moins chères", "prix réduit", "baisser le prix",
        "baisse de tarif", "offre spéciale", "code promo", "premier mois offert", "essai gratuit", "10 % de moins",
        "demi-tarif", "en solde", "un escompte",
    ],
    "ro": [
        "o reducere", "reducerea prețului", "reducere de 10%", "reduceri", "REDUCERILE", "discount", "discountul",
        "o promoție", "promotie", "ofertă specială", "oferte speciale", "preț special", "preţ redus",
        "tarif preferențial", "mai ieftin", "mai ieftină", "scădem prețul", "scad tariful", "lună gratuită", "gratis",
        "rabat", "la jumătate de preț", "10% mai puțin", "perioadă de probă gratuită",
    ],
}  # fmt: skip

ALLOWED = [
    "We reduce load time and the number of errors.", "Reduction of spam by 40 percent", "promotion of your event",
    "Strategic promotion", "He reduced his bounce rate", "Kick-off in March", "She works offshore", "Take an hour off",
    "Set off on Monday", "Markdown files", "A paid trial month", "the price stays", "a smaller tier",
    "a free slot on Tuesday", "réduction du temps de chargement", "une réduction des erreurs",
    "réduction de la latence", "remise en ligne du site", "remise à jour", "la promotion de votre événement",
    "faire la promotion du salon", "le prix", "un geste simple", "Promouvoir les lancements", "le solde de la facture",
    "reducerea timpului de încărcare", "o reducere a timpului de încărcare", "reducerea numărului de erori",
    "promovarea evenimentului", "Promovare strategică", "o ofertă de preț", "prețul rămâne", "oferta de mai jos",
    "ofertă pentru dumneavoastră",
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in FORBIDDEN.items() for text in texts])
def test_r16_discount_wording_is_found_in_a_sentence(language, text):
    hits = guard.find(f"Hm: {text}.")
    assert hits
    assert all(hit.suggestion for hit in hits)
    assert language in {hit.language for hit in hits} or language != "ro" or "discount" in text or "promo" in text


SLY = [
    "d i s c o u n t", "d.i.s.c.o.u.n.t", "dis-count", "dіscount", "discοunt", "disc0unt", "d1scount", "dis\ufe0fcount",
    "ten percent off", "50% less", "20% lower", "at no cost", "first month on me", "knock off $50", "mates rates",
    "early-bird price", "marked down", "-10%", "saving you 20%", "le premier mois est offert", "le premier mois gratuit",
    "gratuitement", "une remise en fin d'année", "déduction de 10 %", "un avoir de 50 €", "moins 10 %", "tarif de lancement",
    "je vous fais cadeau du premier mois", "une réduction", "bonificație", "cu 10% mai mic", "nu costă nimic",
    "prima lună este gratuită", "lună cadou", "ieftinire",
]  # fmt: skip
ORDINARY = [
    "a discount store", "your discount supermarket", "magazin de reduceri", "promo video", "vidéo promo", "10% off-peak",
    "remise en route du site", "remise en place du formulaire", "livraison gratuite", "la version gratuite du plugin",
    "les services offerts", "offert par le sponsor", "30% more courses", "20% fewer errors", "30% less spam",
    "20 % de rebonds en moins", "nous étions convenus d’au moins 99,99 %",
    "- 10% of the orders fail", "10-20% of visitors", "boutique de cadeaux", "versiunea gratuită",
    "reduc timpul de încărcare", "a hassle-free month", "at no time", "3 to 5 posts", "WP5 and PHP8", "the A.B.C. school",
]  # fmt: skip


@pytest.mark.parametrize("text", SLY)
def test_spelling_look_alikes_and_rare_wordings_hide_no_discount(text):
    assert guard.find(f"And so: {text}.")


@pytest.mark.parametrize("text", [*ALLOWED, *ORDINARY])
def test_a_service_s_own_words_are_left_alone(text):
    assert guard.find(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "dis\u200bcount",
        "DISCOUNT",
        "re\u0301duction de prix",
        "dis\u00adcount",
        "ｄｉｓｃｏｕｎｔ",
        "10%\u00a0\u00a0off",
        "moins\ncher",
    ],
)
def test_invisible_signs_and_other_forms_of_letters_hide_nothing(text):
    assert guard.find(text)


def test_a_hit_says_where_it_stands_in_the_text():
    text = "Ţine minte: îți dau 10% off și o reducere."
    hits = guard.find(text)
    assert [hit.word for hit in hits] == ["10% off", "reducere"]
    assert all(text[hit.start : hit.end] == hit.word for hit in hits)
    assert [hit.language for hit in hits] == ["en", "ro"]


def test_an_empty_text_and_a_very_long_one_are_read_quickly():
    assert guard.find("") == []
    assert guard.find("a calm sentence without any of it. " * 3000) == []


def test_no_template_phrase_or_shipped_price_book_says_discount():
    letters = [path for code in codes() for pattern in ("email*.j2", "reply_*.j2") for path in (FOLDER / code).glob(pattern)]
    files = [*letters, *(FOLDER / code / "phrases.toml" for code in codes())]
    assert len(files) >= 5 * len(codes())
    for path in [*files, *price_books.available().values()]:
        words = "\n".join(line for line in Path(path).read_text("utf-8").splitlines() if not line.startswith("#"))
        assert guard.find(words) == [], path
