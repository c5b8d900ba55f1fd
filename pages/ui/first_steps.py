"""The few steps from the demo to one's own figures, each ticked off once it is done."""

import streamlit as st

from data.settings import Settings
from data.warehouse import Warehouse
from pages.ui import formats


def undone(settings: Settings, shown: Warehouse) -> list[str]:
    """Which of the steps are left: stripe, care, name. What the demo holds does not count."""
    has_care = not settings.is_demo and shown.last_sync("maintenance") is not None
    done = {"stripe": bool(settings.stripe_api_key), "care": has_care, "name": bool(settings.sender_name)}
    return [step for step, is_done in done.items() if not is_done]


def card(left: list[str]) -> None:
    """The steps with what each is good for, and a link to where it is done."""
    steps = {
        "stripe": ("Connect Stripe", "Your revenue, churn and failed payments, read and never written.", "sources.py"),
        "care": ("Import care data", "Updates, backups, incidents and hours of your clients’ sites.", "maintenance.py"),
        "name": ("Set your name for e-mails", "Proposals are signed with it.", "sources.py"),
    }
    with st.container(border=True, gap="small"):
        st.subheader(f"Make it yours: {formats.count(len(left), 'step')} left", anchor=False)
        for step, (title, about, page) in steps.items():
            if step in left:
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    st.markdown(f":material/radio_button_unchecked: {about}", width="stretch")
                    if st.button(title, key=f"step_{step}", type="primary" if step == left[0] else "secondary"):
                        st.switch_page(page)
            else:
                st.markdown(f":green[:material/check_circle:] {title}: done")
