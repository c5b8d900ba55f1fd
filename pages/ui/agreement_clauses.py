"""The clauses of a draft in its form: their parameters, which of them and in which order, and those of the user's own."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from data.money import to_major
from proposals.agreement import clauses
from proposals.agreement.parameters import Parameter
from proposals.agreement.terms import Terms

EXAMPLE = "A blank line parts paragraphs; “- ” begins an item. Leave it empty to remove the clause."


def parameter(asked: Parameter, draft: Terms) -> Any:
    """The field of one parameter, and what stands in it; an amount as text in major units."""
    value = draft.parameters[asked.name]
    if asked.kind == "choice":
        options = list(asked.choices)
        return st.selectbox(asked.label, options, options.index(str(value)), format_func=asked.choices.__getitem__)
    if asked.kind == "count":
        return st.number_input(asked.label, asked.least, asked.most, int(value), step=1)
    if asked.kind == "money":
        return st.text_input(asked.label, str(to_major(int(value), draft.currency)))
    return st.text_input(asked.label, "" if value is None else f"{value:g}" if asked.kind == "share" else str(value))


def order(draft: Terms, turn: str) -> list[tuple[str, bool]]:
    """Clauses by id with whether each is in, in the order that their numbers give."""
    shipped, own = clauses.clauses(), {clause.id: clause.title for clause in draft.own}
    frame = pd.DataFrame(
        [
            {
                "id": key, "place": place, "on": is_on, "clause": own.get(key) or key.replace("_", " ").capitalize(),
                "rules": ", ".join(shipped[key].rules) if key in shipped else "Your own",
            }
            for place, (key, is_on) in enumerate(draft.clauses, start=1)
        ]
    )  # fmt: skip
    edited = st.data_editor(
        frame,
        column_config={
            "id": None,
            "place": st.column_config.NumberColumn("Place", min_value=1, max_value=99, step=1, width="small"),
            "on": st.column_config.CheckboxColumn("In", width="small"),
            "clause": st.column_config.Column("Clause", disabled=True),
            "rules": st.column_config.Column("Answers", disabled=True),
        },
        hide_index=True,
        height="content",
        key=f"order_{turn}",
    )
    st.caption("Give a clause the number of the place where it shall stand.")
    step = edited["place"] - frame["place"]  # who moves up comes before whoever stood there, who moves down after
    ordered = edited.assign(place=edited["place"] + step.clip(-0.5, 0.5)).sort_values("place", kind="stable")
    return [(str(row["id"]), bool(row["on"])) for row in ordered.to_dict("records")]


def own(draft: Terms, turn: str) -> list[dict[str, str]]:
    """The user's own clauses, and room for a new one: those with title and text, as id, title, text."""
    numbers = [int(clause.id.rpartition("-")[2]) for clause in draft.own if clause.id.rpartition("-")[2].isdigit()]
    held = [(clause.id, clause.title, clause.text) for clause in draft.own]
    found = []
    for key, title, text in [*held, (f"own-{max(numbers, default=0) + 1}", "", "")]:
        named = st.text_input(
            "Title" if title else "Title of a new clause",
            title,
            max_chars=300,
            placeholder="Response times",
            key=f"{key}_{turn}",
        )
        written = st.text_area(
            "Text" if title else "Text of the new clause", text, help=EXAMPLE, height=140, key=f"{key}_text_{turn}"
        )
        if named.strip() and written.strip():
            found.append({"id": key, "title": named, "text": written})
    return found


def arranged(ordered: Sequence[tuple[str, bool]], written: Sequence[dict[str, str]]) -> list[tuple[str, bool]]:
    """The order without own clauses that were emptied, new ones at its end."""
    kept = {clause["id"] for clause in written}
    given = [pair for pair in ordered if not pair[0].startswith("own-") or pair[0] in kept]
    return [*given, *((key, True) for key in sorted(kept - {key for key, _ in ordered}))]
