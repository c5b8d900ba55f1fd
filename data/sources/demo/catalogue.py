"""What an account sells: products, prices, coupons and tax rates, and what a price asks for a quantity."""

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass
class Product:
    """A thing sold; its name is the tier's where the price book claims none of its ids."""

    id: str
    name: str
    created: int
    active: bool = True
    is_deleted: bool = False


@dataclass(frozen=True)
class Tier:
    """One step of a tiered price; `up_to` None is the last step. Amounts in minor units, fractions of them allowed."""

    up_to: int | None
    unit: Fraction = Fraction(0)
    flat: int = 0


@dataclass
class Price:
    """A recurring price (or, without an interval, a one-time one) in minor units of its currency."""

    id: str
    product: Product
    currency: str
    created: int
    unit: Fraction = Fraction(0)
    interval: str | None = "month"
    interval_count: int = 1
    tiers: tuple[Tier, ...] = ()
    tiers_mode: str | None = None
    divide_by: int | None = None
    divide_round: str = "up"
    is_metered: bool = False
    tax_behavior: str = "unspecified"
    lookup_key: str | None = None
    nickname: str | None = None
    elsewhere: dict[str, Fraction] = field(default_factory=dict)  # unit amounts in other currencies
    active: bool = True
    is_deleted: bool = False

    def parts(self, quantity: int, currency: str | None = None) -> list[tuple[int, Fraction]]:
        """What a period costs, as Stripe bills it: (quantity, amount) a line, one for each tier that is reached.

        In minor units of `currency`, else of the price's own.
        """
        if self.tiers_mode == "volume":
            tier = next(tier for tier in self.tiers if tier.up_to is None or quantity <= tier.up_to)
            return [(quantity, tier.unit * quantity + tier.flat)]
        if self.tiers_mode == "graduated":
            return self._graduated(quantity)
        units = quantity
        if self.divide_by:
            units = -(-quantity // self.divide_by) if self.divide_round == "up" else quantity // self.divide_by
        return [(quantity, self.elsewhere.get(currency or self.currency, self.unit) * units)]

    def amount(self, quantity: int, currency: str | None = None) -> Fraction:
        """What a whole period of this quantity costs, exact, before discounts."""
        return sum((amount for _, amount in self.parts(quantity, currency)), Fraction(0))

    def _graduated(self, quantity: int) -> list[tuple[int, Fraction]]:
        lines, below = [], 0
        for tier in self.tiers:
            upper = quantity if tier.up_to is None else min(quantity, tier.up_to)
            if upper > below or below == quantity == 0:
                lines.append((upper - below, tier.unit * (upper - below) + tier.flat))
            if upper == quantity:
                break
            below = upper
        return lines


@dataclass
class Coupon:
    """Terms of a discount: percent or amount off, for ever, once, or for some months, on all products or some."""

    id: str
    created: int
    percent_off: Fraction | None = None
    amount_off: int | None = None
    currency: str | None = None
    duration: str = "forever"
    months: int | None = None
    products: tuple[str, ...] = ()
    name: str | None = None
    is_deleted: bool = False

    def covers(self, product: Product) -> bool:
        """Whether the coupon reduces this product."""
        return not self.products or product.id in self.products


@dataclass(frozen=True)
class TaxRate:
    """A tax rate in percent, inside the amount or on top of it."""

    id: str
    percent: Fraction
    is_inclusive: bool
    name: str = "VAT"


@dataclass
class Catalogue:
    """All that the account sells, by id."""

    products: dict[str, Product] = field(default_factory=dict)
    prices: dict[str, Price] = field(default_factory=dict)
    coupons: dict[str, Coupon] = field(default_factory=dict)


def rounded(amount: Fraction) -> int:
    """A fraction of minor units rounded half away from zero, as Stripe rounds a line."""
    return int(amount + Fraction(1, 2)) if amount >= 0 else -int(-amount + Fraction(1, 2))
