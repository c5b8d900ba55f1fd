"""Who uses the dashboard, where log-in is set up."""

import streamlit as st


def reader() -> str:
    """The e-mail address of whoever is logged in; empty where there is no log-in."""
    return str(st.user.get("email") or "") if st.secrets.load_if_toml_exists() and "auth" in st.secrets else ""
