"""The Churn page's figures, its four pictures and its rows in Dash, to be painted beside ours.

python tests/bench/same_in_dash.py WAREHOUSE PORT
"""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from dash import Dash, dash_table, dcc, html

from data import metrics
from data.settings import Settings
from data.warehouse import Warehouse
from pages.ui import charts, charts_churn, churn_findings

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
        charts.leavers(window, str(rates["month"].max())),
        charts_churn.reasons(churn_findings.by_reason(read["churn_reasons"])),
        charts_churn.survival(read["survival"]),
        charts.cohorts(read["cohorts"]),
    )
    figures = [html.Div(f"{rates[name].iloc[-1]:.1%}") for name in ("customer_churn_rate", "gross_mrr_churn_rate")]
    gone = read["movements"][read["movements"]["kind"] == "churn"][SHOWN]
    rows = dash_table.DataTable(gone.to_dict("records"), page_size=8)
    return html.Div([html.Div(figures, id="figures"), *[dcc.Graph(figure=one) for one in pictures], html.Div(rows, id="rows")])


if __name__ == "__main__":
    app = Dash(__name__)
    app.layout = layout(Path(sys.argv[1]))
    app.run(host="127.0.0.1", port=int(sys.argv[2]))
