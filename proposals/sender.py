"""Who writes to clients, and in which register: as the settings say."""

from dataclasses import dataclass
from pathlib import Path

from data.errors import InputError
from data.settings import Settings
from proposals import guard
from proposals.language import codes
from proposals.wording import plain

REGISTERS = ("formal", "informal")


@dataclass(frozen=True)
class Sender:
    """Who writes: name, company and address (each may be empty), and testimonials as (language or empty, words) pairs."""

    name: str = ""
    company: str = ""
    email: str = ""
    register: str = "formal"
    testimonials: tuple[tuple[str, str], ...] = ()
    home: Path | None = None

    @classmethod
    def from_settings(cls, settings: Settings) -> "Sender":
        """The sender as the settings name it; the user's own templates lie in its home folder."""
        return cls(
            settings.sender_name,
            settings.sender_company,
            settings.sender_email,
            settings.register,
            tuple(_testimonial(line) for line in settings.testimonials.splitlines() if line.strip()),
            settings.home,
        )

    @property
    def signature(self) -> list[str]:
        """The lines under an e-mail: name and company, as far as they are given."""
        return [line for line in (plain(self.name), plain(self.company)) if line]

    def said(self, code: str) -> list[str]:
        """The testimonials that fit an e-mail in that language, as the clients wrote them; none that names a discount."""
        return [plain(words) for said_in, words in self.testimonials if said_in in ("", code) and not guard.find(words)]


def checked_register(register: str) -> str:
    """The register, if it is one; else InputError."""
    if register not in REGISTERS:
        raise InputError(f"There is no register “{register}”.", f"Use {' or '.join(REGISTERS)}.")
    return register


def _testimonial(line: str) -> tuple[str, str]:
    head, colon, rest = line.strip().partition(":")
    return (head.lower(), rest.strip()) if colon and head.lower() in codes() else ("", line.strip())
