"""A box that takes a file, the template to fill in beside it, and what came of the file that was in it last."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

_SAID = "import_said"


def template(label: str, make: bytes | Callable[[], bytes], name: str, mime: str, key: str) -> None:
    """A button that downloads a template by that file name, to be filled in."""
    st.download_button(label, make, name, mime, icon=":material/download:", on_click="ignore", key=key)


def ask(label: str, types: Sequence[str], key: str) -> Any:
    """The file in the box (Streamlit's UploadedFile), or None while it is empty."""
    return st.file_uploader(label, type=list(types), key=f"{key}_file_{st.session_state.setdefault(_turn(key), 0)}")


def empty(key: str, said: str = "") -> None:
    """Put an empty box in its place and draw the page anew; there `outcome` tells what was `said`, in Markdown."""
    st.session_state[_turn(key)] = st.session_state.get(_turn(key), 0) + 1  # another name makes another box
    if said:
        st.session_state[_SAID] = said
    st.rerun()


def outcome() -> None:
    """What the import just made has brought, once."""
    if said := st.session_state.pop(_SAID, None):
        st.success(said, icon=":material/check_circle:")


def _turn(key: str) -> str:
    return f"{key}_turn"
