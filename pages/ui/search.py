"""What the search above a list finds: rows that hold every word that was typed, in any order, large or small."""

import pandas as pd


def found(words: str | None, *columns: pd.Series) -> pd.Series:
    """For each row whether these columns together hold every one of the words; without words, every row does."""
    text = pd.Series("", index=columns[0].index)
    for column in columns:
        text = text + " " + column.fillna("").astype(str).str.casefold()
    kept = pd.Series(True, index=text.index)
    for word in str(words or "").casefold().split():
        kept &= text.str.contains(word, regex=False)
    return kept
