"""Whether a key works and what it may read: one object of each kind is asked for, and nothing is kept."""

from dataclasses import dataclass

from data.errors import PermissionMissing
from data.settings import Settings
from data.sources.stripe.client import Client, NotThere, Refused
from data.sources.stripe.resources import ACCOUNT, LISTED


@dataclass(frozen=True)
class KeyCheck:
    """What a key can do: the account's name (empty where it may not be read), and what it may not read, in words.

    `lacks_essential` names those without which no figure can be right.
    """

    account: str
    is_live: bool
    is_restricted: bool
    lacks: tuple[str, ...]
    lacks_essential: tuple[str, ...]


def needed() -> dict[str, bool]:
    """Everything that a sync reads, in words, and whether it is essential."""
    return {resource.words: resource.is_essential for resource in LISTED}


def check(settings: Settings) -> KeyCheck:
    """Try the key of the settings on each kind of object; KeyRefused and SourceUnreachable where nothing can be read at all."""
    client = Client(settings.stripe_api_key, settings.stripe_api_base)
    lacks = []
    try:
        account = _account(client)
        for resource in LISTED:
            try:
                client.get(resource.path, resource.words, limit=1, **resource.params)
            except PermissionMissing:
                lacks.append(resource)
            except (NotThere, Refused):
                # An older server that does not know it; the sync says so where it matters.
                continue
    finally:
        client.close()
    key = settings.stripe_api_key.strip()
    return KeyCheck(
        account=account,
        is_live="_live_" in key,
        is_restricted=key.startswith("rk_"),
        lacks=tuple(resource.words for resource in lacks),
        lacks_essential=tuple(resource.words for resource in lacks if resource.is_essential),
    )


def _account(client: Client) -> str:
    try:
        account = client.get(ACCOUNT.path, ACCOUNT.words)
    except (PermissionMissing, NotThere, Refused):
        return ""
    profile, dashboard = account.get("business_profile") or {}, (account.get("settings") or {}).get("dashboard") or {}
    return str(dashboard.get("display_name") or profile.get("name") or account.get("id") or "")
