"""What a client will see of an e-mail or report: as a document of its own origin, which may load and run nothing."""

import base64

import streamlit as st

from pages.ui import formats

_NOTHING_RUNS = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"


def show(subject: str, page: str, alt: str, *, width: int, height: int) -> None:
    """The subject, and the HTML page below it in a frame of that size in pixels; `alt` names the frame."""
    st.markdown(f"**Subject:** {formats.plain(subject)}")
    shut = page.replace("<head>", f"<head>{_NOTHING_RUNS}", 1)
    address = "data:text/html;charset=utf-8;base64," + base64.b64encode(shut.encode()).decode()
    with st.container(border=True, width=width):
        st.iframe(address, height=height, alt=alt)
