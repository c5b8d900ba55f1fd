"""A frame for `st.dataframe` whose cells are shown in words of ours, while they sort as the numbers and days that they are.

Streamlit shows words for cells only where it is given a pandas Styler, and asks that for every cell's HTML, which takes longer
than all else about a table. The one here holds its words ready and has nothing to work out. Nor is the same table turned into
Arrow's bytes anew at every run. tests/pages/test_cells.py compares both with what pandas and Streamlit would have made.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pandas as pd
from streamlit import dataframe_util

_convert = dataframe_util.convert_pandas_df_to_arrow_bytes


class _Sent(pd.DataFrame):
    """A frame that knows the bytes by which it goes to the browser, once it was sent."""

    _metadata: ClassVar[list[str]] = ["arrow"]
    arrow: bytes = b""


class _Told(_Sent):
    """One that has its own words ready wherever somebody wants all of it as text."""

    _metadata: ClassVar[list[str]] = ["arrow", "words"]
    words: pd.DataFrame

    def astype(self, *_args: Any, **_named: Any) -> pd.DataFrame:  # type: ignore[misc, override]
        return self.words


def _converted(df: pd.DataFrame, *, downcast_large_types: bool = False) -> bytes:
    if downcast_large_types or not isinstance(df, _Sent):
        return _convert(df, downcast_large_types=downcast_large_types)
    if not df.arrow:
        df.arrow = _convert(df)
    return df.arrow


dataframe_util.convert_pandas_df_to_arrow_bytes = _converted


def told(
    frame: pd.DataFrame, words: Mapping[str, Sequence[str]], key: str, inks: Mapping[tuple[int, int], str] | None = None
) -> Any:
    """What `st.dataframe` shows of the frame: in the columns of `words` these, one a row, in the others their cells' own text.

    `inks` holds CSS, as `color: #A5430A`, for cells by row and column, both counted from 0. `key` is the table's.
    """
    if frame.empty:
        return frame
    rows = _Told(frame)
    rows.words = _Sent(
        {name: words[name] if name in words else [str(cell) for cell in frame[name]] for name in map(str, frame)}, dtype=object
    )
    from pandas.io.formats.style import Styler  # only now, since it takes longer to load than a page without a table

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
