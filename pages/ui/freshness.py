"""How fresh each source is: a figure for each, and what is shown, the demo or one's own data."""

from datetime import datetime
from typing import Any

import streamlit as st

from data import clock
from data import settings as settings_module
from data.refresh import own_warehouse
from data.settings import Settings
from data.sources.titles import CARE, in_sentence
from pages.ui import blocks, formats

GROUPS = {"Stripe": ("stripe",), "Care data": CARE, "Agreements": ("agreements",)}


def own_syncs(settings: Settings) -> dict[str, dict[str, Any]]:
    """The newest sync or import of each source of the user's own; empty where there is nothing yet."""
    if not settings.own_warehouse.exists():
        return {}
    return {sync["source"]: sync for sync in own_warehouse(settings).last_syncs()}


def figures(settings: Settings, syncs: dict[str, dict[str, Any]]) -> None:
    """A figure for each source, and one for what is shown."""
    with st.grid(4, min_column_width=150):
        for title, sources in GROUPS.items():
            told = [syncs[source] for source in sources if source in syncs]
            # One that failed is what has to be looked at; else the newest says how fresh the group is.
            sync = max(told, key=lambda one: (one["status"] == "failed", one["finished_at"]), default=None)
            waits = "Key set, not synced" if title == "Stripe" and settings.stripe_api_key else "Nothing yet"
            blocks.figure(title, _state(sync, waits), note=_note(sync))
        blocks.figure(
            "Shown on the pages",
            "The demo" if settings.is_demo else "Your own",
            note="An invented agency" if settings.is_demo else "Nothing of the demo",
        )


def _state(sync: dict[str, Any] | None, waits: str) -> str:
    if sync is None:
        return waits
    return "Failed" if sync["status"] == "failed" else ago(sync["finished_at"], clock.now())


def ago(at: datetime, now: datetime) -> str:
    """How long ago an instant was, both UTC: just now, 12 min ago, 5 h ago, 3 days ago."""
    minutes = int((now - at).total_seconds() // 60)
    if minutes < 2:
        return "Just now"
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{minutes // 1440} days ago"


def _note(sync: dict[str, Any] | None) -> str:
    if sync is None:
        return "Connect or import below"
    if sync["status"] == "failed":
        return f"Last good: {formats.instant(sync['last_ok_at'])}" if sync["last_ok_at"] else "Never worked yet"
    return f"{formats.count(sync['objects'], 'object')}, {formats.instant(sync['finished_at'])}"


def answer(settings: Settings, syncs: dict[str, dict[str, Any]]) -> str:
    """The page's answer in one sentence."""
    if not syncs:
        shown = "All figures come from the demo; nothing" if settings.is_demo else "Nothing"
        return f"{shown} of your own has been brought in yet."
    failed = [in_sentence(name) for name, sync in syncs.items() if sync["status"] == "failed"]
    if failed:
        return f"The last sync of {formats.listing(failed)} failed; the figures are those of the last good one."
    dates = [f"{in_sentence(name)} of {formats.date(sync['finished_at'])}" for name, sync in syncs.items()]
    return f"The figures come from {formats.listing(dates)}."


def switch(settings: Settings) -> None:
    """The choice between the demo and one's own data, once there are any."""
    if not settings.own_warehouse.exists():
        st.caption("As soon as something of your own is synced or imported, it stands on all pages instead of the demo.")
        return
    words = {False: "Your own data", True: "The demo"}
    chosen = st.segmented_control(
        "Show on all pages", list(words), default=settings.is_demo, required=True, format_func=words.__getitem__, key="shown"
    )
    if chosen is not None and chosen != settings.is_demo:
        settings_module.save(settings, show="demo" if chosen else "own")
        if settings_module.load().is_demo != chosen:
            st.warning("RETAINER_SHOW is set elsewhere, and that wins.")
            return
        st.rerun()


def places(settings: Settings) -> None:
    """Where the data lie on this machine."""
    st.caption(
        "Everything lies in one folder that only you can read. Copy it to keep a backup; delete it to forget everything."
    )
    st.code(
        "\n".join(
            [
                f"Folder      {settings.home}",
                f"Your data   {settings.own_warehouse.name}",
                f"The demo    {settings.demo_warehouse.name}",
                f"Settings    {settings_module.HOME_SETTINGS}  (with the keys)",
                "Fetched     spool/  (from the last sync, until it is taken in)",
            ]
        ),
        language=None,
        wrap_lines=True,
    )
