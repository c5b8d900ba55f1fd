"""How a report words its facts: figures, counts and days in the client's language; the words are `care_report.toml`."""

import tomllib
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from data.reporting import Period
from proposals import language as languages
from proposals.care_report.agreed import Agreed
from proposals.language import Language
from proposals.review.figures import fill
from proposals.wording import plain


class Words:
    """Words of one language and register; data in them are made plain, on one line, without signs of markup."""

    def __init__(self, code: str, register: str) -> None:
        self.language: Language = languages.language(code)
        self.register = register
        self.table: dict[str, Any] = _table(code)

    def say(self, phrase_id: str, /, **values: str) -> str:
        """A phrase in the register, its `{name}`s filled."""
        phrase = self.table["phrases"][phrase_id]
        return fill(phrase if isinstance(phrase, str) else phrase[self.register], **values)

    def counted(self, noun: str, number: float, /, **values: str) -> str:
        """A number with its noun in the form that the plural asks for."""
        forms = self.table["plural"][noun]
        forms = forms.get(self.register, forms)
        return fill(self.language.spelt(forms, number), **values)

    def share(self, share: float, digits: int = 2) -> str:
        """A share as per cent, rounded down, so that 99.996 % is never told as 100 %."""
        exact = (Decimal(repr(share)) * 100).quantize(Decimal(1).scaleb(-digits), ROUND_FLOOR)
        return fill(self.table["percent"], n=str(format_decimal(exact.normalize(), "0.###", locale=self._locale)))

    def number(self, value: float, *, is_floor: bool = False) -> str:
        """A number with no more than two decimals; `is_floor` rounds down, else up, so that a near miss stays one."""
        way = ROUND_FLOOR if is_floor else ROUND_CEILING
        return str(
            format_decimal(
                Decimal(repr(round(value, 6))).quantize(Decimal("0.01"), way).normalize(), "#,##0.##", locale=self._locale
            )
        )

    def day(self, day: Any) -> str:
        """A day without its year: 14 October."""
        return self.language.day(day, "short")

    def period(self, period: Period) -> str:
        """The period by its name: October 2026, third quarter of 2026."""
        if period.number == 1:
            return str(format_date(period.starts_on, self.table["month"], locale=self.language.code))
        return fill(self.table["quarters"][(period.starts_on.month - 1) // 3], y=str(period.starts_on.year))

    def within(self, period: Period) -> str:
        """When it was: in October 2026, in the third quarter of 2026."""
        return fill(self.table["in_month" if period.number == 1 else "in_quarter"], period=self.period(period))

    def minutes(self, minutes: float) -> str:
        """A length: 19 minutes, 2 hours, 2 hours and 5 minutes; parts of a minute count as a whole one."""
        whole = max(1, int(-(-minutes // 1)))
        hours, rest = divmod(whole, 60)
        parts = [self.counted("hour", hours)] if hours else []
        return self.language.listed(parts + ([self.counted("minute", rest)] if rest else []))

    def agreed(self, line: Agreed) -> str:
        """An agreed line with its target and what came of it; plainly so where it was missed."""
        name, note = plain(line.name), plain(line.note)
        if line.kind == "expectation":
            text = self.say("met" if line.is_met else "not_met", name=name)
        else:
            # rounded towards missing the target, so that what is printed never looks better than it is
            actual = self._amount(line, line.actual or 0, is_floor=not line.is_at_most)
            target = self._amount(line, line.target or 0, is_floor=True)
            form = (
                "deliverable"
                if line.kind == "deliverable" and not line.is_at_most
                else "at_most"
                if line.is_at_most
                else "at_least"
            )
            text = self.say(form if line.is_met else f"missed_{form}", name=name, actual=actual, target=target)
        return f"{text} {note}".strip()

    def _amount(self, line: Agreed, value: float, *, is_floor: bool) -> str:
        number = self.number(value, is_floor=is_floor)
        if line.unit == "%":
            return fill(self.table["percent"], n=number)
        return f"{number} {plain(line.unit)}".strip()

    @property
    def _locale(self) -> str:
        return str(self.language.phrases["locale"])


@cache
def _table(code: str) -> dict[str, Any]:
    return tomllib.loads((languages.FOLDER / code / "care_report.toml").read_text(encoding="utf-8"))
