"""Which colour means what, on every page: gain is teal, loss is orange, tiers are one ordered ramp, all else is grey."""

from collections.abc import Sequence

GREY = "#8A9793"
FAINT = "rgba(138, 151, 147, 0.35)"

# Letters in pictures, by the theme that is shown.
INK = {"light": "#3F4B48", "dark": "#D5DEDB"}

# A figure's small trend, by the theme that is shown: a welcome change, an unwelcome one, neither.
TRENDS = {
    "light": {"green": "#0F766E", "red": "#C2500D", "gray": GREY},
    "dark": {"green": "#3B9C92", "red": "#E07A3A", "gray": GREY},
}

NEW = "#0F766E"
REACTIVATION = "#3B9C92"
EXPANSION = "#8CC9C1"
CONTRACTION = "#F4B46A"
CHURN = "#C2500D"
# A thin line or a point needs more light on a dark page than a bar does.
LIT = {NEW: "#3B9C92", CHURN: "#E07A3A"}

# Kind of movement → its word, its colour, whether it adds. In the order in which a waterfall tells them.
KINDS = {
    "new": ("New", NEW, True),
    "reactivation": ("Reactivation", REACTIVATION, True),
    "expansion": ("Expansion", EXPANSION, True),
    "contraction": ("Contraction", CONTRACTION, False),
    "churn": ("Churn", CHURN, False),
}

# From the cheapest tier to the dearest; each is told from its neighbour, and from the page in light and dark.
TIERS = ("#A9C3EA", "#6C97D6", "#3A69B0", "#7A5FB5", "#A98BD6")
OUTSIDE_BOOK = ("#B9A98F", "#94866F", "#C9BFAE", "#7D7263")


def tier_colours(tiers: list[str], book: list[str]) -> dict[str, str]:
    """A colour for each tier: the ramp for those of the price book, by their place in it; sand for the others."""
    others = [tier for tier in tiers if tier not in book]
    ramp = {tier: TIERS[place % len(TIERS)] for place, tier in enumerate(book)}
    return ramp | {tier: OUTSIDE_BOOK[place % len(OUTSIDE_BOOK)] for place, tier in enumerate(others)}


def tier_order(tiers: list[str], book: list[str]) -> list[str]:
    """Tiers as they are stacked and listed: those of the price book from the cheapest up, then the others by name."""
    return [tier for tier in book if tier in tiers] + sorted(tier for tier in set(tiers) if tier not in book)


def trend(welcome: str, theme: str) -> str:
    """The colour of a trend: `welcome` is green, red or gray, as Streamlit names them; an unknown theme is light."""
    return TRENDS.get(theme, TRENDS["light"])[welcome]


def direction(start: str, to: str, book: Sequence[str]) -> int:
    """1 for a move up within the price book, −1 for one down, 0 where a tier is outside it and has no rank."""
    if start not in book or to not in book:
        return 0
    return 1 if book.index(to) > book.index(start) else -1


def lit(colour: str, theme: str) -> str:
    """The colour of a thin line or a point: with more light where the theme is dark."""
    return LIT.get(colour, colour) if theme == "dark" else colour


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of `#0F766E`, each from 0 to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def on(ground: str) -> str:
    """Black or white, whichever is read more easily on that colour: at 4.5 : 1 or better (WCAG 2, relative luminance)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in channels(ground))
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#FFFFFF" if luminance < 0.179 else "#000000"
