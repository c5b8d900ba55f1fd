"""Glossary: what each figure and each word means, from the figures' own definitions and the rule book."""

import streamlit as st

from data import metrics
from pages.ui import blocks, formats, terms

blocks.head("Glossary", "What does this figure mean, and how is it reckoned?")
wanted = st.text_input(
    "Find a word or figure", placeholder="churn, comped, hourly rate …", type="search", key="q", bind="query-params", width=360
)
words = str(wanted or "").casefold().split()
figures = [metrics.about(name) for name in metrics.names()]
found_terms = {
    term: meaning for term, meaning in terms.TERMS.items() if all(word in f"{term} {meaning}".casefold() for word in words)
}
found_figures = [
    about
    for about in sorted(figures, key=lambda about: about.title.casefold())
    if all(word in f"{about.name} {about.title} {about.definition} {about.formula}".casefold() for word in words)
]
st.caption(f"{formats.count(len(found_terms), 'word')}, {formats.count(len(found_figures), 'figure')}.")
if not found_terms and not found_figures:
    st.markdown(f"Nothing here explains “{formats.plain(wanted)}”. Try a shorter word, or empty the field to see everything.")

if found_terms:
    st.subheader("Words", anchor=False)
    with st.grid(2, min_column_width=340, gap="medium"):
        for term, meaning in found_terms.items():
            st.markdown(f"**{formats.plain(term)}**  \n{formats.plain(meaning)}")
if found_figures:
    st.subheader("Figures", anchor=False)
    for about in found_figures:
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{formats.plain(about.title)}**  \n{formats.plain(about.definition)}")
            st.caption(terms.reckoned(about))
blocks.foot(rules=["Each figure has one definition, which stands in the file that computes it."])
