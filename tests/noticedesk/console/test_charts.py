"""Charts: the numbers of a table as stacks that fit the drawing, with a table of the same numbers."""

from noticedesk.console.charts import FOOT, HEIGHT, WIDTH, stacked
from noticedesk.store.views import Table

CLAIMS = Table(
    columns=("day", "right_kind", "claims"),
    rows=[("2026-11-02", "copyright", 3), ("2026-11-01", "copyright", 1), ("2026-11-02", "", 1)],
)


def test_a_chart_has_the_numbers_of_its_table() -> None:
    chart = stacked(("Claims", "claims"), CLAIMS, "day", "right_kind", "claims")
    assert (chart.labels, chart.series) == (("2026-11-01", "2026-11-02"), ("copyright", "not known"))
    assert chart.values == ((1, 0), (3, 1))
    assert chart.says == "Claims: 2 columns; the highest is 2026-11-02 with 4."
    assert [bar.says for bar in chart.bars] == [
        "2026-11-01, copyright: 1",
        "2026-11-02, copyright: 3",
        "2026-11-02, not known: 1",
    ]


def test_bars_stay_inside_the_drawing_and_stacks_have_no_gap() -> None:
    first, low, high = stacked(("Claims", "claims"), CLAIMS, "day", "right_kind", "claims").bars
    assert high.y == 0 and round(high.y + high.height, 1) == low.y
    assert all(bar.x + bar.width <= WIDTH and bar.y + bar.height <= HEIGHT - FOOT + 0.1 for bar in (first, low, high))


def test_more_series_than_colours_go_together_and_lose_nothing() -> None:
    rows = [("2026-11-01", f"right {place}", 10 - place) for place in range(9)]
    chart = stacked(("Claims", "claims"), Table(columns=CLAIMS.columns, rows=rows), "day", "right_kind", "claims")
    assert len(chart.series) == 6 and chart.series[-1] == "others"
    assert sum(chart.values[0]) == sum(10 - place for place in range(9))


def test_columns_can_be_series() -> None:
    table = Table(columns=("week", "met", "missed"), rows=[("2026-11-02", 4, 1), ("2026-11-02", 1, 0)])
    chart = stacked(("Times", "clocks"), table, "week", ("met", "missed"))
    assert chart.series == ("met", "missed") and chart.values == ((5, 1),)


def test_nothing_draws_nothing() -> None:
    chart = stacked(("Claims", "claims"), Table(columns=CLAIMS.columns, rows=[]), "day", "right_kind", "claims")
    assert chart.bars == () and chart.marks == () and chart.says == "Claims: nothing yet."
