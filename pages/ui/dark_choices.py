"""Letters of selected choices and tabs, and of sliders' values, that can be read in dark."""

import streamlit as st

# Streamlit gives them the theme's primary colour, which also carries the white letters of buttons: in dark no colour
# holds 4.5 : 1 in both, and config.toml has no other setting for either. Hence the one style sheet of the dashboard.
# In light it says again what the theme says; a system that turns dark meanwhile needs no new run.
_STYLE = """
<style>
[data-testid=stButtonGroup] button[data-selected=true] *, [role=tab][aria-selected=true] *, [data-testid=stSliderThumbValue] {
  color: light-dark(#0F766E, #7CCFC5);
}
</style>
"""


def lit() -> None:
    """In dark, draw those letters in the colour of links: 9 : 1 on what lies behind them."""
    st.html(_STYLE)
