"""What changed between two revisions, word by word: added words underlined, removed ones struck out."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from proposals.agreement import difference

MARKS = {
    "added": '<ins style="background:color-mix(in srgb, #0F766E 22%, transparent)">{}</ins>',
    "removed": '<del style="background:color-mix(in srgb, #C2500D 22%, transparent)">{}</del>',
    "same": "{}",
}


def show(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """The parts that differ, each below its title."""
    changed = difference.parts(before, after)
    st.markdown("**What changed**" if changed else "No word differs from the revision before.")
    for part in changed:
        st.html(marked(part))


def marked(part: difference.Part) -> str:
    """One part as HTML, everything in it escaped."""
    text = "".join(MARKS[piece.kind].format(escape(piece.text)) for piece in part.pieces)
    return f'<div style="white-space:pre-wrap"><strong>{escape(part.title)}</strong>\n{text}</div>'
