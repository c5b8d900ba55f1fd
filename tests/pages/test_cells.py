"""A table's cells are shown in words as pandas' own Styler would have shown them, and sort by what they are."""

import datetime as dt

import pandas as pd
import pyarrow as pa
from streamlit import dataframe_util
from streamlit.dataframe_util import convert_pandas_df_to_arrow_bytes
from streamlit.elements.lib.pandas_styler_utils import marshall_styler
from streamlit.proto.ArrowData_pb2 import ArrowData

from pages.ui import cells

FRAME = pd.DataFrame(
    {
        "client_name": ["Ada & Co", None, "=1+1"],
        "mrr_minor": [12_300, 5, 1_000_000],
        "rate": [0.5, None, 0.25],
        "since_on": [dt.date(2026, 1, 2), None, dt.date(2025, 1, 2)],
    }
)
WORDS = {"mrr_minor": ["$123.00", "$0.05", "$10,000.00"], "rate": ["50%", "", "25%"], "since_on": ["2 Jan", "", "2 Jan"]}
LATE = "color: #A5430A; font-weight: 600"


def sent(styled):
    proto = ArrowData()
    marshall_styler(proto, styled, "0")
    return proto.styler


def words_of(styler):
    with pa.ipc.open_stream(pa.BufferReader(styler.display_values)) as stream:
        return stream.read_all().to_pydict()


def test_the_words_that_reach_the_browser_are_those_that_pandas_would_have_sent():
    texts = {name: dict(zip(FRAME[name], words, strict=True)) for name, words in WORDS.items()}
    by_pandas = FRAME.style.format({name: (lambda cell, of=of: of.get(cell, "")) for name, of in texts.items()})
    assert words_of(sent(cells.told(FRAME, WORDS, "money"))) == words_of(sent(by_pandas))


def test_the_cells_themselves_stay_numbers_and_days_so_that_they_sort_as_such():
    kept = cells.told(FRAME, WORDS, "money").data
    assert convert_pandas_df_to_arrow_bytes(kept) == convert_pandas_df_to_arrow_bytes(FRAME)
    assert list(kept.sort_values("mrr_minor")["mrr_minor"]) == [5, 12_300, 1_000_000]


def test_a_cell_has_the_ink_that_pandas_would_have_given_it():
    ours = sent(cells.told(FRAME, {}, "care", {(0, 0): LATE, (2, 0): LATE}))
    by_pandas = FRAME.style.map(lambda name: LATE if name else "", subset=["client_name"]).set_uuid("care")
    expected = sent(by_pandas).styles.replace("#T_care_row1_col0, ", "").replace("  ", " ")
    assert ours.styles.replace("  ", " ") == expected


def test_what_goes_to_the_browser_again_is_made_once_and_is_what_streamlit_made():
    kept = cells.told(FRAME, WORDS, "money").data
    sent_first, sent_again = (dataframe_util.convert_pandas_df_to_arrow_bytes(kept) for _ in range(2))
    assert sent_first == convert_pandas_df_to_arrow_bytes(FRAME) and sent_again is sent_first
    assert dataframe_util.convert_pandas_df_to_arrow_bytes(kept.head(1)) == convert_pandas_df_to_arrow_bytes(FRAME.head(1))


def test_a_frame_without_rows_is_shown_as_it_is():
    assert cells.told(FRAME.iloc[:0], {}, "money").empty
