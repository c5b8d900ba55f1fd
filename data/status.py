"""What is connected, how fresh it is, and what is missing: the words of `python -m data status`."""

from contextlib import closing

from data.settings import Settings
from data.sources import SOURCES
from data.warehouse import Warehouse


def status(settings: Settings) -> str:
    """The state of the shown warehouse and its sources, a line each; raises WarehouseBusy while the dashboard has it open."""
    lines = [f"Shown: {'the demo' if settings.is_demo else 'your own data'} ({settings.warehouse})"]
    lines.append(f"Stripe key: {'set' if settings.stripe_api_key else 'not set (STRIPE_API_KEY)'}")
    connected = [source.title for source in SOURCES if source.name != "stripe" and source.is_connected(settings)]
    lines.append(f"Care tools: {', '.join(connected) or 'none connected'}")
    if not settings.warehouse.exists():
        return "\n".join([*lines, "Nothing synced yet: `python -m data sync stripe`, or `python -m data demo` to look around."])
    with closing(Warehouse.reading(settings)) as warehouse:
        for sync in warehouse.last_syncs():
            fresh = f"{sync['finished_at']:%Y-%m-%d %H:%M} UTC"
            said = f", {sync['message']}" if sync["message"] else ""
            lines.append(f"{sync['source']}: {'ok' if sync['status'] == 'ok' else 'failed'} {fresh}{said}")
            if sync["status"] != "ok" and sync["last_ok_at"]:
                lines.append(f"  last good: {sync['last_ok_at']:%Y-%m-%d %H:%M} UTC")
            lines += [f"  missing: {what} ({why})" for what, why in sync["missing"].items()]
        if warehouse.is_empty:
            lines.append("Nothing synced yet: `python -m data sync stripe`, or `python -m data demo` to look around.")
    return "\n".join(lines)
