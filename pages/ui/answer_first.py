"""The answer before the rest: where a browser opens the dashboard, what is heavy waits until it has drawn what stands above.

A browser that is handed a whole page at once fetches and reads the code of pictures and tables, seven megabytes of it, before
it draws the first figure. It draws first what it has had for a blink, and spends on that the time which is waited here.
"""

import time

import streamlit as st

BLINK = 0.12
DRAWN = "answer_drawn"


def pause() -> None:
    """Wait a blink, in seconds BLINK, once in a browser's visit; called before the first thing that is heavy."""
    if DRAWN not in st.session_state and st.context.timezone:  # which nothing but a browser tells
        st.session_state[DRAWN] = True
        time.sleep(BLINK)
