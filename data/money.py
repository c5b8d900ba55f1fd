"""Money is an integer in the currency's minor unit (definitions.md, Money and time)."""

from decimal import ROUND_HALF_UP, Decimal

# As Stripe counts them. ISK and UGX have no minor unit any more, yet Stripe states their amounts in hundredths.
NO_DIGITS = frozenset("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split())
THREE_DIGITS = frozenset("bhd jod kwd omr tnd".split())


def minor_digits(currency: str) -> int:
    """How many decimal digits the currency's minor unit stands for: 2 for eur, 0 for jpy, 3 for kwd."""
    code = currency.lower()
    return 0 if code in NO_DIGITS else 3 if code in THREE_DIGITS else 2


def to_minor(amount: str | int | float | Decimal, currency: str) -> int:
    """An amount in major units as minor units, rounded half-up; decimal.InvalidOperation where it is no number."""
    scaled = Decimal(str(amount)) * 10 ** minor_digits(currency)
    return int(scaled.to_integral_value(rounding=ROUND_HALF_UP))


def to_major(amount_minor: int, currency: str) -> Decimal:
    """An amount in minor units as an exact decimal of major units."""
    return Decimal(amount_minor).scaleb(-minor_digits(currency))
