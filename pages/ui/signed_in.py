"""Who uses the dashboard, where log-in is set up (`[auth]` in the secrets file); without it nobody is asked."""

import streamlit as st


def reader() -> str:
    """The e-mail address of whoever is logged in; empty where there is no log-in."""
    return str(st.user.get("email") or "") if _is_set_up() else ""


def require(allowed: str = "") -> None:
    """Stop here unless somebody allowed is logged in.

    `allowed` holds e-mail addresses, separated by commas; empty: everyone whom the provider lets in.
    """
    if not _is_set_up():
        return
    if not st.user.is_logged_in:
        st.title("Retainer Desk")
        if st.button("Log in", type="primary"):
            st.login()
        st.stop()
    emails = {email.strip().lower() for email in allowed.split(",") if email.strip()}
    if emails and str(st.user.get("email", "")).lower() not in emails:
        st.error("This account may not open the dashboard.")
        if st.button("Log out"):
            st.logout()
        st.stop()


def _is_set_up() -> bool:
    return bool(st.secrets.load_if_toml_exists() and "auth" in st.secrets)
