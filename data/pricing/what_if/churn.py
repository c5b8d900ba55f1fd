"""Monthly churn with what is not known about it: the Jeffreys posterior of leavers among client-months, or a fixed rate."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

TINY = 1e-300


@dataclass(frozen=True)
class Churn:
    """A monthly churn rate: `leavers` seen in `client_months`, or, where `rate` is given, exactly that rate.

    Seen counts make a Beta(leavers + ½, client_months − leavers + ½) posterior (definitions.md, Rates: Jeffreys interval).
    """

    leavers: int = 0
    client_months: int = 0
    rate: float | None = None

    @property
    def is_fixed(self) -> bool:
        """Whether the rate is taken as known: given, or nothing was ever seen that could tell it (then 0)."""
        return self.rate is not None or self.client_months == 0

    @property
    def shape(self) -> tuple[float, float]:
        """Both parameters of the posterior."""
        return self.leavers + 0.5, self.client_months - self.leavers + 0.5

    @property
    def observed(self) -> float:
        """The rate as seen: leavers ÷ client-months, or the given one; 0 where nothing was seen."""
        return self.rate if self.rate is not None else self.leavers / self.client_months if self.client_months else 0.0

    @property
    def mean(self) -> float:
        """The rate that is expected: the posterior's mean, or the given one."""
        first, second = self.shape
        return self.observed if self.is_fixed else first / (first + second)

    def quantile(self, share: float) -> float:
        """The rate below which the true one lies with that probability."""
        return self.observed if self.is_fixed else beta_quantile(share, *self.shape)

    def interval(self, share: float = 0.95) -> tuple[float, float]:
        """Bounds that hold the true rate with that probability; the lower is 0 where nobody ever left."""
        low, high = self.quantile((1 - share) / 2), self.quantile((1 + share) / 2)
        return (0.0 if not self.is_fixed and not self.leavers else low), high

    def draw(self, random: np.random.Generator, size: int) -> np.ndarray:
        """That many rates the truth may be."""
        return np.full(size, self.observed) if self.is_fixed else random.beta(*self.shape, size=size)

    def survival(self, months: int) -> np.ndarray:
        """The exact chance to be there still after 0, 1, … `months` months: E[(1 − rate)^k]; not to be written to."""
        return _survival(self, months)


@lru_cache(maxsize=256)
def _survival(churn: Churn, months: int) -> np.ndarray:
    steps = np.arange(months)
    first, second = churn.shape
    kept = np.full(months, 1 - churn.observed) if churn.is_fixed else (second + steps) / (first + second + steps)
    return unchanging(np.concatenate([[1.0], np.cumprod(kept)]))


@lru_cache(maxsize=256)
def since(first: Churn, second: Churn, months: int, *, is_one: bool) -> np.ndarray:
    """The chance to be there in month t after a move in month k ≤ t, from one rate to the other: (t, k); not to be written to.

    One rate has one luck (`is_one`): whoever moves within it has survived t months of it.
    """
    month = np.arange(months + 1)
    later = month[:, None] - month
    if is_one:
        both = first.survival(2 * months)[np.add.outer(month, month)]
    else:
        both = np.outer(first.survival(months), second.survival(months))
    return unchanging(np.where(later >= 0, both[month, np.maximum(later, 0)], 0.0))


def unchanging(values: np.ndarray) -> np.ndarray:
    """The same array, which nobody may write to, so that it can be shared."""
    values.setflags(write=False)
    return values


@lru_cache(maxsize=256)
def beta_quantile(share: float, first: float, second: float) -> float:
    """The value below which a Beta(first, second) variable lies with probability `share`, to 1e-12."""
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if beta_below(middle, first, second) < share:
            low = middle
        else:
            high = middle
        if high - low < 1e-12 * max(high, 1e-6):
            break
    return (low + high) / 2


def beta_below(value: float, first: float, second: float) -> float:
    """P(Beta(first, second) ≤ value), by the continued fraction of the incomplete beta function."""
    if value <= 0 or value >= 1:
        return float(value >= 1)
    if value > (first + 1) / (first + second + 2):  # the fraction converges fast only below this
        return 1 - beta_below(1 - value, second, first)
    log_front = (
        math.lgamma(first + second)
        - math.lgamma(first)
        - math.lgamma(second)
        + first * math.log(value)
        + second * math.log1p(-value)
    )
    return math.exp(log_front) / first * _fraction(value, first, second)


def _fraction(value: float, first: float, second: float) -> float:
    total = ratio = 1.0
    inverse = 1 / _away(1 - (first + second) * value / (first + 1))
    total = inverse
    for step in range(1, 1000):
        even = step * (second - step) * value / ((first + 2 * step - 1) * (first + 2 * step))
        odd = -(first + step) * (first + second + step) * value / ((first + 2 * step) * (first + 2 * step + 1))
        for term in (even, odd):
            inverse = 1 / _away(1 + term * inverse)
            ratio = _away(1 + term / ratio)
            total *= inverse * ratio
        if abs(inverse * ratio - 1) < 1e-14:
            break
    return total


def _away(value: float) -> float:
    return value if abs(value) > TINY else TINY
