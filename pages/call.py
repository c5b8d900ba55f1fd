"""Call: the nine steps of a sales call to talk along and type into; what is typed becomes the notes (mission.md R20, R21)."""

import streamlit as st

from pages.ui import blocks, call_form, formats, languages, warehouse
from proposals import call_sheet

blocks.head("Call", "What do I say next, and what did they say?")
settings = warehouse.settings()
with st.container(horizontal=True, vertical_alignment="bottom"):
    code = languages.choose("Language of the call", "en", "call_language", is_kept=True)
    words = call_sheet.words(code)
    with st.popover(words.question, icon=":material/record_voice_over:"):
        st.markdown(formats.plain(words.answer))

st.caption("Type in what you hear: each field becomes a line of the notes.")
for number, step in enumerate(words.steps, start=1):
    with st.container(border=True, gap="small"):
        st.markdown(f"**{number}. {formats.plain(step.title)}**  \n{formats.plain(step.say)}")
        call_form.fields(step, words, settings)

notes = call_sheet.notes(code, call_form.typed())
if notes:
    st.subheader("What becomes the notes", anchor=False)
    st.code(notes, language=None, wrap_lines=True)
with st.container(horizontal=True):
    is_done = st.button("Write the proposal", type="primary", icon=":material/draft:")
    st.button("Begin a new call", type="tertiary", icon=":material/restart_alt:", on_click=call_form.clear)
if is_done:
    call_form.write_proposal(notes)
blocks.foot(rules=["What you type is kept while this browser tab is open; it never leaves this machine."])
