"""Bringing in a file of agreements outside Stripe: the template to fill in, what the file holds, and keeping it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import streamlit as st

from data.refresh import own_warehouse
from data.settings import load
from data.sources import agreements as agreement_files
from pages.ui import blocks, file_box, formats
from pages.ui.blocks import Column

READ = {
    "client": Column("Client", width="medium"),
    "tier": "Tier",
    "amount": "Amount",
    "months": Column("Months", "count"),
    "starts_on": Column("Starts on", "date"),
    "paid_until": Column("Paid until", "date"),
    "paid_by": Column("Paid by", "word"),
}


def as_read(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Agreements of a file as they are shown before they are kept: each amount in its own currency."""
    amounts = [formats.money(row["amount_minor"], row["currency"]) for row in rows]
    return pd.DataFrame(rows).assign(amount=amounts)


def show(key: str = "agreements") -> None:
    """A file of agreements outside Stripe: template, check, then keep."""
    example = "Atelier Dupont,Growth,1050.00,eur,3,2026-01-01,,2026-03-31,bank transfer"
    template = f"{','.join(agreement_files.COLUMNS)}\n{example}\n".encode("utf-8-sig")
    file_box.template("Download CSV template", template, "agreements-template.csv", "text/csv", f"{key}_csv")
    uploaded = file_box.ask("CSV or Excel file", ["csv", "xlsx"], key)
    if uploaded is None:
        return
    with TemporaryDirectory(prefix="retainer-") as folder:
        path = Path(folder) / Path(uploaded.name).name
        path.write_bytes(uploaded.getvalue())
        good, bad = agreement_files.read_file(path)
        read, left = formats.count(len(good), "agreement"), formats.count(len(bad), "row")
        st.markdown(f"**{read} read, {left} left out.** Nothing has been kept yet.")
        if good:
            blocks.table(as_read(good), READ, alt="Agreements as they were read", key="agreement_rows", rows=6)
        for sentence in bad[:20]:
            st.caption(formats.plain(sentence))
        if good and st.button(f"Import {formats.count(len(good), 'agreement')}", type="primary", key=f"{key}_keep"):
            report = agreement_files.import_file(path, own_warehouse(load()))
            file_box.empty(key, formats.plain(report.lines()[0]))
