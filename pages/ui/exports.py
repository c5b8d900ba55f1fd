"""A frame as a CSV file for a spreadsheet: decimals in major units, and no cell that a spreadsheet would run."""

import io
import zipfile
from collections.abc import Mapping

import pandas as pd

from data import tables
from data.money import to_major


def csv(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 CSV with a byte order mark.

    Columns `*_minor` become decimals of the row's currency under their bare name; text that would start a formula gets an
    apostrophe before it, figures stay figures.
    """
    out = frame.copy()
    for column in [name for name in frame.columns if name.endswith("_minor")]:
        out[column] = [
            "" if pd.isna(minor) else str(to_major(int(minor), str(currency)))
            for minor, currency in zip(frame[column], frame["currency"], strict=True)
        ]
    texts = [name for name in frame.columns if not name.endswith("_minor") and not pd.api.types.is_numeric_dtype(frame[name])]
    for column in texts:
        out[column] = [_harmless(value) for value in frame[column]]
    out.columns = [name.removesuffix("_minor") for name in out.columns]
    return out.to_csv(index=False).encode("utf-8-sig")


def _harmless(value: object) -> str:
    return str(tables.guarded("" if pd.isna(value) else str(value)))  # type: ignore[call-overload]


def archive(files: Mapping[str, bytes]) -> bytes:
    """Those files in one zip, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()
