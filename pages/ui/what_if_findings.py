"""What a price change brings, as sentences. Comparison in, English out."""

from data.money import to_major, to_minor
from data.pricing.what_if.book import Book
from data.pricing.what_if.comparison import Comparison
from data.pricing.what_if.goal import Goal, Way
from data.pricing.what_if.scenario import Scenario
from pages.ui import formats


def answer(book: Book, scenario: Scenario, found: Comparison) -> str:
    """The answer in one sentence: what it brings, and how many may leave over it."""
    even, start = found.even, change(book, scenario)
    if not start:
        return _no_change(book, scenario, found)
    if not even.clients:
        return f"{start} for new clients only: nobody of today pays another price."
    if even.share is None:
        return f"{start}: even then these clients cost more than they pay, so each one lost saves money."
    if even.must_come is not None:
        lost = formats.money(-even.gain_minor, book.currency)
        return f"{start} gives up {lost} a month: it takes {formats.count(even.must_come, 'more client')} to earn the same."
    if len(book.clients) == 1:
        gain = formats.money(even.gain_minor, book.currency)
        return f"{start}: your one client stays and pays {gain} more a month, or goes and all MRR with it."
    if even.may_leave == even.clients:
        return f"{start}: even if all {even.clients} left, you would be no worse off."
    if even.clients == 1:
        return f"{start}: if the one client whom it concerns leaves over it, the change costs you money."
    if not even.may_leave:
        return f"{start}: if one of {formats.count(even.clients, 'client')} leaves over it, the change costs you money."
    return f"{start}: you can lose {even.may_leave} of {even.clients} before this costs you money."


def change(book: Book, scenario: Scenario) -> str:
    """Which list prices change from what to what, and how many clients are moved to another tier; empty where none."""
    prices = [
        f"{tier} from {formats.money(_listed(book, scenario, tier), book.currency)} to {formats.money(price, book.currency)}"
        for tier, price in scenario.prices_minor.items()
    ]
    moved = sum(bool(choice.tier) for choice in scenario.clients.values())
    return formats.listing([*prices, *([f"{formats.count(moved, 'client')} to another tier"] if moved else [])])


def _listed(book: Book, scenario: Scenario, tier: str) -> int:
    return {one.name: one.price_minor for one in (*book.tiers, *scenario.new_tiers)}[tier]


def _no_change(book: Book, scenario: Scenario, found: Comparison) -> str:
    """No price changes: what the other levers bring, if any is moved."""
    now, then = (about(amount, book.currency) for amount in (book.mrr_minor, found.mrr.closed_form[found.at]))
    if scenario.new_clients or scenario.new_tiers or scenario.moves:
        return f"No price of today changes: from {now} a month today to {then} expected in {found.at} months."
    return (
        f"Every price stays as it is: nothing changes, and {now} a month becomes {then} in {found.at} months by churn alone. "
        "Move a price to see what that would do."
    )


def about(amount_minor: float, currency: str) -> str:
    """What is only expected, without the cents that nobody can know."""
    return formats.money(to_minor(round(to_major(round(amount_minor), currency)), currency), currency, short=True)


def expected(found: Comparison, currency: str) -> str:
    """What the picture says: MRR in a year with and without the change, and how sure that is."""
    more = found.more_mrr_minor
    then = f"MRR in {found.at} months: {about(found.mrr.closed_form[found.at], currency)} expected"
    if not more:
        return then
    way = "more" if more > 0 else "less"
    return f"{then}, {about(abs(more), currency)} {way} than without the change"


def reading(is_cut: bool) -> str:
    """How the fan is read."""
    cut = " The axis does not start at zero." if is_cut else ""
    return f"The band holds 8 of 10 outcomes, clients leaving and coming by chance; dashed is the same without the change.{cut}"


def one_client(found: Comparison, currency: str) -> str:
    """For a book of one client: no band makes sense, only that it stays or goes."""
    pays = formats.money(found.mrr.p90[found.at], currency)
    return (
        f"With one client there is no middle: it is still there in {found.at} months with a chance of "
        f"{formats.rate(found.chance_all_stay, 0)}, paying {pays} a month, or there is nothing."
    )


def churn(book: Book) -> str:
    """What is known about churn: the counts, the rate and its interval, or that nothing was ever seen."""
    rates = book.churn
    if rates.is_fixed:
        return "No month of churn has been seen yet, so nobody is taken to leave by themselves."
    low, high = rates.interval()
    seen = f"{rates.leavers:,} of {rates.client_months:,} client-months"
    if not rates.leavers:
        return (
            f"Nobody left in {rates.client_months:,} client-months. That does not mean nobody ever will: reckoned with "
            f"{formats.rate(rates.mean, 2)} a month (up to {formats.rate(high, 1)})."
        )
    sure = f"95%: {formats.rate(low, 2)} to {formats.rate(high, 2)}"
    return f"Usual churn: {seen} over the last 12 months, {formats.rate(rates.observed, 2)} a month ({sure})."


def band(found: Comparison, currency: str) -> str:
    """The range that holds 8 of 10 outcomes."""
    low, high = (about(edge[found.at], currency) for edge in (found.mrr.p10, found.mrr.p90))
    return f"likely {low} to {high}" if low != high else f"most likely {high}"


def goal(reached: Goal, currency: str) -> list[str]:
    """Whether the goal is met, and if not, each way that alone would do: the quickest of each kind first."""
    target, then = (about(amount, currency) for amount in (reached.target_minor, reached.expected_minor))
    if reached.is_reached:
        return [f"{target} is reached: {then} is expected by then."]
    if not reached.ways:
        return [f"{then} is expected by then; no single lever gets to {target}."]
    kinds = {"clients": "Sign", "price": "Set", "upgrades": "Move"}
    lines = [
        f"{word} {', or '.join(way(one, currency) for one in reached.ways if one.kind == kind)}."
        for kind, word in kinds.items()
        if any(one.kind == kind for one in reached.ways)
    ]
    return [f"{then} is expected by then. To get to {target}, any one of these would do:", *lines]


def way(one: Way, currency: str) -> str:
    """One way to the goal."""
    if one.kind == "clients":
        return formats.count(one.number, f"{one.tier} client")
    if one.kind == "price":
        return f"{one.tier} at {formats.money(one.price_minor, currency)}"
    return f"{formats.count(one.number, f'{one.tier} client')} to {one.to_tier}"


def effect(lever: str, of: str) -> str:
    """A lever in words."""
    return {
        "prices_minor": f"New price of {of}",
        "new_clients": f"New clients of {of}",
        "hours": f"Hours of {of}",
        "churn": "Churn of your own" if of == "all" else f"Churn of {of}",
        "moves": f"Moves {of}",
        "new_tiers": f"New tier {of}",
        "extra_loss": "Those who leave over it",
        "clients": "Single clients’ exceptions",
        "existing_clients": "Not at once for today’s clients",
        "churn_by_tier": "Each tier by its own churn",
        "costs": "Fees and costs",
    }[lever]
