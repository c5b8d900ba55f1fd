"""Each picture shows what its frame holds."""

import pandas as pd
import pytest

from pages.ui import drawing, formats, mrr_charts, palette, tier_charts

BOOK = ["Essential", "Growth", "Partner"]
MONTH = {
    "opening_minor": 1_000_000,
    "new_minor": 35_000,
    "reactivation_minor": 0,
    "expansion_minor": 20_000,
    "contraction_minor": 10_000,
    "churn_minor": 15_000,
    "closing_minor": 1_030_000,
}


@pytest.fixture(autouse=True)
def american(monkeypatch):
    monkeypatch.setattr(formats, "reader_locale", lambda: "en_US")


def ends(bar):
    """From where to where each bar goes."""
    return [(start, start + length) for start, length in zip(bar.base, bar.x, strict=True)]


def test_the_waterfall_leads_from_opening_to_closing_without_a_gap():
    bar = mrr_charts.waterfall(MONTH, "usd").checked().data[0]
    spans, levels = ends(bar)[1:-1], [1_000_000, 1_035_000, 1_035_000, 1_055_000, 1_045_000, 1_030_000]
    for (low, high), before, after in zip(spans, levels, levels[1:], strict=False):
        assert (low, high) == (min(before, after), max(before, after))
    assert ends(bar)[0][1] == 1_000_000
    assert ends(bar)[-1][1] == 1_030_000


def test_the_waterfall_names_each_amount_with_its_sign():
    bar = mrr_charts.waterfall(MONTH, "usd").checked().data[0]
    assert list(bar.text) == ["$10,000.00", "+$350.00", "–", "+$200.00", "−$100.00", "−$150.00", "$10,300.00"]


def test_gain_is_teal_and_loss_is_orange_and_opening_and_closing_are_grey():
    colours = list(mrr_charts.waterfall(MONTH, "usd").checked().data[0].marker.color)
    assert colours == [
        palette.GREY,
        palette.NEW,
        palette.REACTIVATION,
        palette.EXPANSION,
        palette.CONTRACTION,
        palette.CHURN,
        palette.GREY,
    ]


def test_opening_and_closing_are_cut_only_where_changes_could_not_be_seen():
    small = mrr_charts.waterfall(MONTH, "usd").checked()
    large = mrr_charts.waterfall({**MONTH, "opening_minor": 0, "new_minor": 1_035_000}, "usd").checked()
    assert small.layout.meta["cut"] and small.layout.xaxis.range[0] > 0
    assert not large.layout.meta["cut"] and large.layout.xaxis.range[0] == 0


def mix(*rows):
    return pd.DataFrame(rows, columns=["month", "tier", "currency", "mrr_minor", "customers"])


MIX = mix(
    ("2026-09", "Essential", "usd", 15_000, 1),
    ("2026-10", "Essential", "usd", 30_000, 2),
    ("2026-10", "Old <b>plan</b>", "usd", 9_900, 1),
    ("2026-11", "Essential", "usd", 30_000, 2),
    ("2026-11", "Growth", "usd", 35_000, 1),
)


def test_tiers_are_stacked_from_the_cheapest_of_the_book_up_then_the_others():
    figure = tier_charts.by_tier(MIX, BOOK, "2026-11", "mrr_minor", "usd").checked()
    done = [trace for trace in figure.data if trace.stackgroup == "done"]
    assert [trace.name for trace in done] == ["Essential", "Growth", "Old &lt;b&gt;plan&lt;/b&gt;"]
    assert [list(trace.y) for trace in done] == [[15_000, 30_000], [0, 0], [0, 9_900]]


def test_the_unfinished_month_is_hatched_and_a_finished_one_is_not():
    running = tier_charts.by_tier(MIX, BOOK, "2026-11", "mrr_minor", "usd").checked()
    over = tier_charts.by_tier(MIX, BOOK, "2026-12", "mrr_minor", "usd").checked()
    assert {trace.fillpattern.shape for trace in running.data if trace.stackgroup == "so far"} == {"/"}
    assert not [trace for trace in over.data if trace.stackgroup == "so far"]
    assert [len(trace.x) for trace in over.data] == [3, 3, 3]


def test_tiers_carry_their_label_where_they_end_and_one_that_earns_nothing_has_none():
    figure = tier_charts.by_tier(MIX, BOOK, "2026-11", "mrr_minor", "usd").checked()
    assert [label.text for label in figure.layout.annotations] == ["Essential", "Growth"]


def test_a_tier_keeps_its_colour_whichever_others_are_there():
    alone = tier_charts.by_tier(MIX[MIX["tier"] == "Growth"], BOOK, "", "customers").checked().data[0]
    among = next(trace for trace in tier_charts.by_tier(MIX, BOOK, "", "customers").checked().data if trace.name == "Growth")
    assert alone.fillcolor == among.fillcolor == palette.TIERS[1]


def test_equal_prices_are_one_dot_with_its_count_and_the_list_price_is_a_line():
    items = pd.DataFrame({"tier": ["Growth"] * 3 + ["Old"], "mrr_minor": [35_000, 35_000, 30_000, 9_900]})
    figure = tier_charts.prices(items, {"Growth": 35_000, "Partner": 75_000}, BOOK, "usd").checked()
    dots = figure.data[0]
    assert sorted(zip(dots.x, dots.text, strict=True)) == [(9_900, ""), (30_000, ""), (35_000, "2")]
    assert [shape.x0 for shape in figure.layout.shapes] == [35_000], "a tier that nobody pays has no row, so no line"


def test_moves_are_summed_by_where_from_and_where_to_and_show_which_way_is_up():
    moves = pd.DataFrame(
        {
            "from_tier": ["Essential", "Essential", "Partner", "Old"],
            "to_tier": ["Growth", "Growth", "Growth", "Growth"],
            "clients": [1, 2, 1, 1],
        }
    )
    sankey = tier_charts.moves(moves, BOOK).checked().data[0]
    flows = {
        (sankey.node.label[start], sankey.node.label[end]): (value, colour)
        for start, end, value, colour in zip(
            sankey.link.source, sankey.link.target, sankey.link.value, sankey.link.color, strict=True
        )
    }
    assert {pair: value for pair, (value, _) in flows.items()} == {
        ("Essential (3)", "Growth (5)"): 3,
        ("Partner (1)", "Growth (5)"): 1,
        ("Old (1)", "Growth (5)"): 1,
    }
    assert len({colour for _, colour in flows.values()}) == 3, "up, down and without rank"


def test_a_client_s_history_falls_to_zero_in_the_months_without_mrr():
    months = pd.DataFrame({"month": ["2026-07", "2026-09"], "mrr_minor": [100, 200]})
    line = mrr_charts.history(months, "usd", "2026-10").checked().data[0]
    assert list(line.y) == [100, 0, 200, 0]


@pytest.mark.parametrize("top", [0, 1, 99, 4_999, 12_345_678])
def test_an_axis_has_few_ticks_in_whole_units_and_starts_at_zero(top):
    axis = drawing.value_axis(top, "mrr_minor", "usd")
    assert 1 <= len(axis["tickvals"]) <= 6 and axis["tickvals"][0] == 0
    assert all(tick % 100 == 0 for tick in axis["tickvals"])


def test_no_picture_uses_a_legend_or_a_background_of_its_own():
    figure = mrr_charts.waterfall(MONTH, "usd").checked()
    assert figure.layout.showlegend is False
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"


def test_in_dark_lines_and_points_are_lit_and_bars_keep_their_colour():
    line = {"type": "scatter", "line": {"color": palette.NEW, "width": 2}, "marker": {"color": [palette.NEW, palette.CHURN]}}
    bars = {"type": "bar", "marker": {"color": palette.NEW}}
    dark, light = (drawing.drawn([line, bars], 200).inked("#fff", is_dark=is_dark).data for is_dark in (True, False))
    lit = palette.LIT[palette.NEW]
    assert dark[0]["line"] == {"color": lit, "width": 2} and dark[0]["marker"]["color"] == [lit, palette.LIT[palette.CHURN]]
    assert dark[1] == bars and light == [line, bars]
