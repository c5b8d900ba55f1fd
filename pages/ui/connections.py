"""Connecting the tools that look after sites: for each what it brings, its key, a test, a sync, and what it could not read."""

from dataclasses import replace
from typing import Any

import streamlit as st

from data import clock
from data import settings as settings_module
from data.errors import AppError, SourceUnreachable
from data.settings import Settings
from data.sources.folder import Folder
from data.sources.mainwp import MAINWP, MainWP
from data.sources.updraft import UPDRAFT
from data.sources.uptime_kuma import UPTIME_KUMA, UptimeKuma
from data.sources.uptime_robot import UPTIME_ROBOT, UptimeRobot
from data.sources.wp_cli import WP_CLI
from data.sources.wp_umbrella import WP_UMBRELLA, WPUmbrella
from pages.ui import formats, freshness, states, syncing

Tool = MainWP | WPUmbrella | UptimeKuma | UptimeRobot | Folder
TOOLS: tuple[Tool, ...] = (MAINWP, WP_UMBRELLA, UPTIME_KUMA, UPTIME_ROBOT, WP_CLI, UPDRAFT)
LABELS = {
    "mainwp_url": "Address of the MainWP dashboard",
    "mainwp_key": "REST API key",
    "wp_umbrella_key": "Public API token",
    "uptime_kuma_url": "Address of Uptime Kuma",
    "uptime_kuma_key": "API key",
    "uptimerobot_key": "API key",
    "site_files": "Folder",
}


def show(settings: Settings, syncs: dict[str, dict[str, Any]]) -> None:
    """A card for each tool, open where something is connected; `syncs` are the newest ones by source."""
    for tool in TOOLS:
        sync = syncs.get(tool.name)
        is_connected = tool.is_connected(settings)
        is_open = (is_connected and not isinstance(tool, Folder)) or syncing.said_key(tool) in st.session_state
        with st.expander(f"{tool.title}: {_state(sync, is_connected=is_connected)}", expanded=is_open):
            _card(settings, tool, sync, is_connected=is_connected)


def _state(sync: dict[str, Any] | None, *, is_connected: bool) -> str:
    if sync and sync["status"] == "failed":
        return "the last sync failed"
    if sync:
        return f"synced {freshness.ago(sync['finished_at'], clock.now()).lower()}"
    return "connected, not synced" if is_connected else "not connected"


def _card(settings: Settings, tool: Tool, sync: dict[str, Any] | None, *, is_connected: bool) -> None:
    syncing.outcome(tool)
    st.caption(tool.brings)
    if not is_connected:
        _form(settings, tool, f"Connect {tool.title}")
        return
    with st.container(horizontal=True):
        wants_sync = st.button(f"Sync {tool.title}", type="primary", icon=":material/sync:", key=f"sync_{tool.name}")
        wants_test = st.button("Test connection", key=f"test_{tool.name}")
    with st.container():
        if wants_sync:
            syncing.run(settings, tool)
    if wants_test:
        with st.spinner("Testing the connection"):
            _test(settings, tool)
    if sync:
        _left_out(sync)
    _form(settings, tool, "Save changes")
    if st.button("Disconnect", key=f"disconnect_{tool.name}", type="tertiary"):
        _disconnect(settings, tool)


def _left_out(sync: dict[str, Any]) -> None:
    told = [str(what) for what in sync["missing"].values()]
    told += [sync["message"]] if sync["message"] else []
    if told:
        st.warning("  \n".join(["**At the last sync:**", *(formats.plain(sentence) for sentence in told)]))


def _form(settings: Settings, tool: Tool, label: str) -> None:
    # Fields of a new name after each change, so that no field ever holds a key that was given before.
    turn = st.session_state.setdefault(f"{tool.name}_turn", 0)
    about = {name: spec.metadata for name, spec in Settings.__dataclass_fields__.items()}
    with st.form(f"connect_{tool.name}", clear_on_submit=True, border=False):
        given: dict[str, str] = {}
        for name in tool.needs:
            is_secret, is_kept = about[name]["secret"], bool(getattr(settings, name))
            given[name] = str(
                st.text_input(
                    LABELS[name],
                    "" if is_secret else getattr(settings, name),
                    type="password" if is_secret else "default",
                    autocomplete="off",
                    placeholder="Kept; enter another to replace it" if is_secret and is_kept else "",
                    help=str(about[name]["help"]),
                    key=f"{name}_{tool.name}_{turn}",
                )
                or ""
            ).strip()
        st.caption(tool.key_from)
        is_sent = st.form_submit_button(label)
    if is_sent:
        changes: dict[str, Any] = {name: value for name, value in given.items() if value or not about[name]["secret"]}
        _connect(tool, changes)


def _connect(tool: Tool, changes: dict[str, Any]) -> None:
    wanted = replace(settings_module.load(), **changes)
    if not tool.is_connected(wanted):
        st.warning("Fill in every field.")
        return
    try:
        with st.spinner("Testing the connection"):
            said = tool.check(wanted)
    except SourceUnreachable as error:
        said = f"{error} It is kept, not tested yet."
    except AppError as error:
        states.show_error(error)
        return
    settings_module.save(settings_module.load(), **changes)
    st.session_state[f"{tool.name}_turn"] += 1
    is_fixed = bool(settings_module.overruled(changes))
    elsewhere = " But the environment or a secrets file sets another, which wins." if is_fixed else ""
    st.session_state[syncing.said_key(tool)] = (not is_fixed, f"{formats.plain(said)}{elsewhere}")
    st.rerun()


def _test(settings: Settings, tool: Tool) -> None:
    try:
        st.success(formats.plain(tool.check(settings)))
    except AppError as error:
        states.show_error(error)


def _disconnect(settings: Settings, tool: Tool) -> None:
    settings_module.save(settings, **dict.fromkeys(tool.needs, ""))
    is_gone = not tool.is_connected(settings_module.load())
    said = "Disconnected; what was synced stays." if is_gone else "It is set in the environment too; remove it there."
    st.session_state[syncing.said_key(tool)] = (is_gone, said)
    st.rerun()
