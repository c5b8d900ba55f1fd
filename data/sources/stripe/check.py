"""Whether a key works and what it may read: one object of each kind is asked for, and nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data.errors import PermissionMissing
from data.settings import Settings
from data.sources.stripe.client import Client, NotThere, Refused
from data.sources.stripe.resources import ACCOUNT, LISTED, PAYMENT_METHODS, Resource

# What each permission of a restricted key is read for, the essential ones first; the account is named apart.
PURPOSES = {
    "Customers": "who your clients are",
    "Subscriptions": "what each pays, since when, and what ends",
    "Invoices": "what was billed, so that past months can be worked out",
    "Prices": "what each retainer costs",
    "Products": "which tier a price belongs to",
    "Coupons": "what a discount takes off MRR",
    "Charges and Refunds": "cash, and charges that failed",
    "Events": "the exact day of each change in the last 30 days",
    "PaymentMethods": "cards that are about to expire",
    "Credit notes": "what was taken back",
    "Disputes": "what is contested",
}


@dataclass(frozen=True)
class KeyCheck:
    """What a key can do: the account's name (empty where it may not be read), and what it may not read, in words.

    `lacks_essential` names those without which no figure can be right; `to_tick` names the permissions to give the key in
    Stripe's dashboard. `time_zone` (as Europe/Paris) and `currency` (lower-case ISO) are the account's, empty where not known.
    """

    account: str
    is_live: bool
    is_restricted: bool
    lacks: tuple[str, ...]
    lacks_essential: tuple[str, ...]
    time_zone: str = ""
    currency: str = ""
    to_tick: tuple[str, ...] = ()


def needed() -> dict[str, bool]:
    """Everything that a sync reads, in words, and whether it is essential."""
    return {resource.words: resource.is_essential for resource in (*LISTED, PAYMENT_METHODS)}


def permissions() -> dict[str, tuple[str, bool]]:
    """What to tick for a restricted key, as Stripe's dashboard calls it: what it is read for, and whether it is essential."""
    essential = {resource.permission for resource in LISTED if resource.is_essential}
    return {name: (purpose, name in essential) for name, purpose in PURPOSES.items()}


def check(settings: Settings) -> KeyCheck:
    """Try the key of the settings on each kind of object; KeyRefused and SourceUnreachable where nothing can be read at all."""
    client = Client(settings.stripe_api_key, settings.stripe_api_base)
    try:
        account = _account(client)
        lacks = [resource for resource in (*LISTED, PAYMENT_METHODS) if not _may_read(client, resource)]
    finally:
        client.close()
    key = settings.stripe_api_key.strip()
    dashboard = _part(account, "settings", "dashboard")
    name = dashboard.get("display_name") or _part(account, "business_profile").get("name") or account.get("id")
    return KeyCheck(
        account=str(name or ""),
        is_live="_live_" in key,
        is_restricted=key.startswith("rk_"),
        lacks=_words(lacks),
        lacks_essential=_words([resource for resource in lacks if resource.is_essential]),
        time_zone=str(dashboard.get("timezone") or ""),
        currency=str(account.get("default_currency") or "").lower(),
        to_tick=tuple(dict.fromkeys(resource.permission for resource in lacks)),
    )


def _may_read(client: Client, resource: Resource) -> bool:
    try:
        client.get(resource.path, resource.words, limit=1, **resource.params)
    except PermissionMissing:
        return False
    except (NotThere, Refused):
        # Payment methods are shown for one customer at a time; and an older server may not know a list, which the sync says.
        return True
    return True


def _words(resources: Sequence[Resource]) -> tuple[str, ...]:
    return tuple(resource.words for resource in resources)


def _account(client: Client) -> dict[str, Any]:
    try:
        return client.get(ACCOUNT.path, ACCOUNT.words)
    except (PermissionMissing, NotThere, Refused):
        return {}


def _part(found: dict[str, Any], *path: str) -> dict[str, Any]:
    for name in path:
        found = found.get(name) or {}
    return found
