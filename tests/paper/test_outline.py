"""What a panel has drawn becomes rows, bars and charts on paper, each as long as on the wall."""

from typing import Any

from dash import dcc, html

from wallboard.drawing.scale import Scale
from wallboard.drawing.vector import vector
from wallboard.paper.outline import Cell, Chart, Marks, Span, Table, Upright, Words, outline


def bar(left: str, width: str, high: float, scale: str = "people", **more: str) -> html.Div:
    mark = html.I(className="sized loss", style={"left": left, "width": width})
    return html.Div(mark, **{"data-along": "x", "data-low": "0", "data-high": str(high), "data-scale": scale, **more})


def test_a_list_is_a_table_whose_bars_stand_on_one_scale() -> None:
    rows = [
        html.Li([html.Span("came"), html.B("174"), bar("0%", "100%", 200)]),
        html.Li([html.Span("came back"), html.B("20"), bar("0%", "50%", 20)]),
    ]
    [table] = outline(html.Div(html.Ul(rows)))
    assert isinstance(table, Table)
    assert [cell.words for cell in table.rows[0]] == ["came", "174", ""] and table.rows[0][1].bold
    lengths = [row[2].marks.spans[0].length for row in table.rows if row[2].marks]
    assert lengths == [1.0, 0.05], "20 of 20 is a tenth of 200, half of which is drawn"
    assert table.rows[0][2].marks and table.rows[0][2].marks.spans[0].tone == "loss"


def test_a_loss_lies_on_the_other_side_of_nothing() -> None:
    scale = Scale("net", 60, -40)
    [table] = outline(html.Ul([html.Li(["a", scale.well(scale.mark(30))]), html.Li(["b", scale.well(scale.mark(-20))])]))
    assert isinstance(table, Table)
    spans = [row[1].marks.spans[0] for row in table.rows if row[1].marks]
    assert [(round(span.start, 3), round(span.length, 3)) for span in spans] == [(0.4, 0.3), (0.2, 0.2)]


def test_figures_of_people_become_a_bar_as_long_as_their_count() -> None:
    drawn = html.Ul(
        html.Li([html.B("16"), html.Div([bar("0%", "100%", 20, **{"data-count": "16", "data-per": "20"}), "one is 20"])])
    )
    [table] = outline(drawn)
    assert isinstance(table, Table)
    cell = table.rows[0][1]
    assert cell.words == "" and cell.marks is not None and cell.marks.spans == (Span(0, 0.8, "loss"),)


def test_single_upright_bars_stand_side_by_side_with_their_words() -> None:
    def month(height: str, words: str) -> html.Li:
        mark = html.I(className="sized", style={"bottom": "0%", "height": height})
        place = html.Div(mark, **{"data-along": "y", "data-low": "0", "data-high": "9", "data-scale": "a month"})
        return html.Li([place, html.Span(words)])

    [upright] = outline(html.Ul([month("50%", ""), month("100%", "Feb")]))
    assert isinstance(upright, Upright) and upright.labels == ("", "Feb")
    assert [(span.slot, span.length) for span in upright.marks.spans] == [(0, 0.5), (1, 1.0)]


def test_words_stand_apart_as_on_the_glass_and_a_shape_is_a_letter() -> None:
    state = html.I(className="shape attention", **{"aria-label": "attention"})
    assert outline(html.P([html.B("87"), "open now"])) == [Words("87 open now")]
    assert outline(html.P(["worth ", html.B("£5"), "."])) == [Words("worth £5.")]
    assert outline(html.P([html.Span("Finance"), html.Span("never meets one")])) == [Words("Finance never meets one")]
    assert outline(html.Blockquote("“No.”")) == [Words("“No.”", quoted=True)]
    assert outline(html.P([state, "late"])) == [Words("■ late")]


def test_charts_and_drawings_are_kept_and_columns_without_anything_go() -> None:
    figure: dict[str, Any] = {"data": [], "layout": {}}
    row = html.Li([html.Span(""), html.Img(src=vector(["<path/>"])), html.B("2")])
    chart, table = outline(html.Div([html.Div(dcc.Graph(figure=figure)), html.Ul(row)]))
    assert chart == Chart(figure)
    assert isinstance(table, Table) and len(table.rows[0]) == 2 and table.rows[0][0].svg.startswith(b"<svg")
    assert table.rows[0][1] == Cell("2", bold=True)


def test_rows_beneath_each_other_are_one_table() -> None:
    row = html.Div([html.Span("a"), html.B("1"), bar("0%", "10%", 1)])
    [table] = outline(html.Div([row, row]))
    assert isinstance(table, Table) and len(table.rows) == 2
    assert table.rows[0][2].marks == Marks("x", (Span(0, 0.1, "loss"),), 1, "people", 0.0, 1.0)
