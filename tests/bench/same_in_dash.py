"""The Churn page's figures, its four pictures and its rows in Dash, to be painted beside ours.

python tests/bench/same_in_dash.py WAREHOUSE PORT
"""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import pandas as pd
from dash import Dash, dash_table, dcc, html
from plotly import graph_objects as go

from data import metrics
from data.settings import Settings
from data.warehouse import Warehouse
from pages.ui import churn_findings, cohort_grid, formats, palette

SHOWN = ["date", "client_name", "amount_minor", "cause"]


def layout(path: Path) -> Any:
    """Five figures, four pictures and who left, read as the page reads them."""
    opened = Warehouse(path, Settings(home=path.parent, show="demo"))
    read = {
        name: metrics.read(opened, name, currency="usd")
        for name in ("revenue_summary", "churn_rates", "movements", "churn_reasons", "survival", "cohorts")
    }
    opened.close()
    rates = read["churn_rates"]
    window = read["revenue_summary"].tail(24).merge(rates[["month", "customer_churn_rate"]], on="month")
    pictures = (
        go.Figure(go.Bar(x=window["month"], y=window["customers_churned"], text=window["customers_churned"])),
        _reasons(churn_findings.by_reason(read["churn_reasons"])),
        _survival(read["survival"]),
        _cohorts(read["cohorts"]),
    )
    figures = [html.Div(f"{rates[name].iloc[-1]:.1%}") for name in ("customer_churn_rate", "gross_mrr_churn_rate")]
    gone = read["movements"][read["movements"]["kind"] == "churn"][SHOWN]
    rows = dash_table.DataTable(gone.to_dict("records"), page_size=8)
    return html.Div([html.Div(figures, id="figures"), *[dcc.Graph(figure=one) for one in pictures], html.Div(rows, id="rows")])


def _reasons(counted: pd.DataFrame) -> go.Figure:
    return go.Figure(go.Bar(x=counted["clients"], y=counted["reason"], text=counted["clients"], orientation="h"))


def _survival(curve: pd.DataFrame) -> go.Figure:
    step = {"x": curve["age_months"], "mode": "lines", "line": {"shape": "hv"}}
    low, high = go.Scatter(y=curve["low"], **step), go.Scatter(y=curve["high"], fill="tonexty", **step)
    return go.Figure([low, high, go.Scatter(y=curve["surviving_share"], **step)])


def _cohorts(cells: pd.DataFrame) -> go.Figure:
    shown = cells[cells["age_months"].isin(cohort_grid.ages(int(cells["age_months"].max())))]
    grid = shown.assign(share=shown["clients_in_force"] / shown["clients"]).set_index(["cohort_month", "age_months"])
    shares, counts = (grid[column].unstack().sort_index(ascending=False) for column in ("share", "clients_in_force"))
    rows = [formats.month(month, short=True) for month in shares.index]
    colours = [[0, palette.CONTRACTION], [0.5, palette.EXPANSION], [1, palette.NEW]]
    columns = [str(age) for age in shares.columns]
    texts = [["" if pd.isna(count) else str(int(count)) for count in row] for row in counts.to_numpy()]
    heat = go.Heatmap(z=shares, x=columns, y=rows, text=texts, texttemplate="%{text}", colorscale=colours)
    return go.Figure(heat, layout={"height": 26 * len(rows) + 70})


if __name__ == "__main__":
    app = Dash(__name__)
    app.layout = layout(Path(sys.argv[1]))
    app.run(host="127.0.0.1", port=int(sys.argv[2]))
