"""The research shelf at arm's length: every study with what it found, and the form that says it was reviewed."""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import shape
from wallboard.drawing.words import quote
from wallboard.metrics.research import Study, research_shelf
from wallboard.metrics.scope import Scope
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, facts, form, line, text
from wallboard.screens.console.wording import who_may


def research_page(page: PageContext) -> list[Component]:
    """What waits first, with a form for those who may review; then what was reviewed, and what came of it."""
    rows = research_shelf(page.connection, Scope.of(page.settings, page.theme.now))
    waiting, done = [row for row in rows if not row.reviewed], [row for row in rows if row.reviewed]
    lead = "Whatever nobody has reviewed goes on the agenda of the next walk."
    head = html.Header([html.H1("The research shelf"), html.P(lead, className="hint")])
    if not rows:
        return [head, html.P("No study is on the shelf. Load research: study, method, n, what it found.", className="hint")]
    return [
        head,
        _column("Not reviewed yet", waiting, "The room has reviewed every study.", page),
        _column("Reviewed", done, "None yet.", page),
    ]


def _column(title: str, rows: list[Study], none: str, page: PageContext) -> Component:
    cards = html.Ul([html.Li(_study(row, page)) for row in rows]) if rows else html.P(none, className="hint")
    return html.Section([html.H2([f"{title} ", html.B(page.theme.whole(len(rows)))]), cards], className="studies")


def _study(row: Study, page: PageContext) -> Component:
    state = "good" if row.reviewed else "attention"
    reviewed = "reviewed" if row.reviewed else "not reviewed"
    about = [
        ("method", row.method),
        ("sample", page.theme.sample(row.n)),
        ("stage", quote(row.stage_name) if row.stage_name else "the whole journey"),
        ("finished", page.day(row.finished_on)),
    ]
    parts = [
        html.P([shape(state), html.B(reviewed, className="" if row.reviewed else "alert")], className="line"),
        html.P(row.title, className="title", dir="auto"),
        html.P(row.summary, dir="auto"),
        facts(about),
        *(_reviewed(row, page) if row.reviewed else _ask(row, page)),
    ]
    return html.Article(parts, className="card")


def _reviewed(row: Study, page: PageContext) -> list[Component]:
    by = f"{row.reviewed_by}, {page.instant(row.reviewed_at)}" if row.reviewed_at else ""
    more = f"; reviewed {row.reviews} times" if row.reviews > 1 else ""
    return [html.P(row.review_words, className="words", dir="auto"), html.P(f"{by}{more}", className="hint")]


def _ask(row: Study, page: PageContext) -> list[Component]:
    if not page.allowed("reviewed"):
        return [html.P(who_may("reviewed", page), className="hint")]
    which = html.Div(line("study", "", value=row.study), hidden=True)
    words = text("words", "What do we take from it?", hint="in a sentence or two")
    return [form("/room/do/review/0", [which, words], button("The room has reviewed it"), name="review")]
