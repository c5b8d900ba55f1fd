"""Proposals: from the notes of a call to a brief, three tiers and the e-mail (mission.md R10–R22)."""

import streamlit as st

from pages.ui import (
    blocks,
    brief_form,
    brief_questions,
    candidates,
    doubtful_facts,
    email_desk,
    formats,
    languages,
    marked_notes,
    model_reader,
    notes_box,
    offer_cards,
    on_record,
    proposal_opened,
    proposal_register,
    warehouse,
)

blocks.head("Proposals", "What should I offer, and what do I write?")
asked = str(st.query_params.get("proposal", ""))
if asked and proposal_opened.one(asked):
    blocks.foot(rules=["What was sent stands as it was; a change is a new revision."])
    st.stop()
settings = warehouse.settings()
st.session_state.setdefault(notes_box.VIEW, "Edit")
notes = notes_box.held()
if not notes.strip():
    st.markdown(
        "Put in the notes of a call. You get what they say, each fact with its quote, three tiers that contain each other, and "
        f"the e-mail in {languages.every()}. {formats.plain(model_reader.where(settings))}"
    )
    notes_box.write()
    proposal_register.show()
    candidates.show()
    blocks.foot(rules=["Prices come from the price book; nothing in the notes can change one. No discount is ever offered."])
    st.stop()

with st.container(horizontal=True, vertical_alignment="top"):
    view = st.segmented_control("Notes", ["Marked", "Edit"], key=notes_box.VIEW, required=True, persist_state="session")
    book = notes_box.book(notes, settings)
read = notes_box.read(notes, book)
found = on_record.corrected(model_reader.added(read, notes, book, settings), notes)
left, right = st.columns([5, 6], gap="large")
with left:
    if view == "Edit":
        notes_box.write()
    else:
        with st.container(border=True, height=520):
            st.html(marked_notes.marked(notes, found))
        st.caption("Marked is what was read. Point at a mark to see as what.")
with right:
    told = marked_notes.facts(found)
    st.subheader(f"{formats.count(len(told), 'fact')} read" if told else "Nothing was read", anchor=False)
    if not told:
        st.markdown("These notes say nothing that an offer could stand on. Add who, what troubles them, and what they want.")
    key = on_record.form_key(notes, book, found)
    corrected = brief_form.edit(found, notes, book, key)
    doubtful_facts.show(found, corrected, book, key)
    brief_questions.show(corrected)

st.subheader("Three tiers, each with everything of the one before", anchor=False)
made = offer_cards.made(corrected, book)
offer_cards.show(made)

st.subheader("The e-mail", anchor=False)
email_desk.ask_name(settings)
mail = email_desk.written(made, settings)
if mail:
    email_desk.ways_out(mail)
    email_desk.replies(made, mail, settings)
    on_record.keep(made, read, notes, mail)
proposal_register.show()
blocks.foot(rules=["Prices come from the price book; nothing in the notes can change one. No discount is ever offered."])
