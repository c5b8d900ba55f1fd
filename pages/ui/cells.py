"""A frame for `st.dataframe` whose cells are shown in words of ours, while they sort as the numbers and days that they are.

Streamlit shows words for cells only where it is given a pandas Styler, and asks that for every cell's HTML, which takes longer
than all else about a table. The one here holds its words ready and has nothing to work out; tests/pages/test_cells.py
compares it with what pandas itself would have said.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pandas as pd
from pandas.io.formats.style import Styler


class _Told(pd.DataFrame):
    """A frame that has its own words ready wherever somebody wants all of it as text."""

    _metadata: ClassVar[list[str]] = ["words"]
    words: pd.DataFrame

    def astype(self, *_args: Any, **_named: Any) -> pd.DataFrame:  # type: ignore[misc, override]
        return self.words


def told(
    frame: pd.DataFrame, words: Mapping[str, Sequence[str]], key: str, inks: Mapping[tuple[int, int], str] | None = None
) -> Any:
    """What `st.dataframe` shows of the frame: in the columns of `words` these, one a row, in the others their cells' own text.

    `inks` holds CSS, as `color: #A5430A`, for cells by row and column, both counted from 0. `key` is the table's.
    """
    if frame.empty:
        return frame
    rows = _Told(frame)
    rows.words = pd.DataFrame(
        {name: words[name] if name in words else [str(cell) for cell in frame[name]] for name in map(str, frame)}, dtype=object
    )
    shown = Styler(rows, uuid=key)
    told = {"body": [], "cellstyle": _rules(inks or {})}
    shown._compute = lambda: shown  # type: ignore[attr-defined]
    shown._translate = lambda *_args, **_named: told  # type: ignore[attr-defined]
    return shown


def _rules(inks: Mapping[tuple[int, int], str]) -> list[dict[str, Any]]:
    places: dict[str, list[str]] = {}
    for (row, column), css in inks.items():
        places.setdefault(css, []).append(f"row{row}_col{column}")
    return [
        {"props": [tuple(rule.split(":")) for rule in css.split(";")], "selectors": selectors}
        for css, selectors in places.items()
    ]
