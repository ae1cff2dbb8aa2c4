"""The presenter's page: the walk's agenda, what can be shown at each place, and what is marked on the way.

assets/js/presenter.js keeps it where the walk is; whoever does not lead sees the same page without its controls.
"""

from collections.abc import Iterator, Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.album import named
from wallboard.drawing.words import quote
from wallboard.metrics.agenda import WalkItem, WalkPlace, walk_agenda, walk_items
from wallboard.metrics.research import unreviewed
from wallboard.metrics.scope import Scope
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import select
from wallboard.screens.console.walk_end import offers, walk_scope
from wallboard.store.showing import RECORDINGS

NAMES = {"experience": "What they experience", "hear": "What they hear", "react": "How they react"}


def walk_page(page: PageContext) -> list[Component]:
    """Everything of the page; the script shows what belongs to the place and to the person."""
    scope = walk_scope(page.connection, page.settings, page.theme.now, page.query.get("perimeter"))
    places = walk_agenda(page.connection, scope)
    items = walk_items(page.connection, scope)
    shown = [_place(page, scope, row, places, [item for item in items if item.stage == row.stage]) for row in places]
    attributes = {
        "data-me": str(page.me.id),
        "data-part": page.query.get("perimeter", ""),
        "data-leads": "yes" if page.allowed("guided") else "",
        "data-beat": str(min(5, page.settings.walk_release_seconds / 4)),
        "data-mode": "",
    }
    return [
        html.Div(
            [
                _bar(),
                html.Div(
                    [_agenda(page, scope, places), html.Div(shown, className="shown"), _beside(page)], className="walk-parts"
                ),
                _steps(),
            ],
            className="walking",
            id="walking",
            **attributes,
        )
    ]


def _bar() -> Component:
    """What is going on, and the great switches."""
    line = html.P([html.B(className="who"), html.Span(className="followed")], className="state", role="status")
    switches = [
        _touch("begin", "Begin the walk", "when-none"),
        _touch("take-over", "Take over", "when-follow may-lead"),
        _touch("hold", "Take the walls", "when-free"),
        _touch("release", "Let the walls go", "when-held calm"),
        _touch("end", "Finish", "when-lead calm"),
    ]
    title = html.H1("The walk", className="visually-hidden")
    refusal = html.P(className="refusal", role="alert", hidden=True)
    return html.Header([title, line, refusal, html.Div(switches, className="switches")])


def _touch(verb: str, words: str, name: str = "", **more: object) -> Component:
    return html.Button(words, type="button", className=name, **{"data-do": verb}, **more)


def _agenda(page: PageContext, scope: Scope, places: Sequence[WalkPlace]) -> Component:
    """Every place, in order; and the research that nobody has looked at yet."""
    rows = [html.Li(_goes(number, row)) for number, row in enumerate(places, 1)]
    return html.Nav([html.Ol(rows), *_research(page, scope)], className="agenda", **{"aria-label": "the walk"})


def _goes(number: int, row: WalkPlace) -> Component:
    name = quote(row.title) if row.kind == "stage" else row.title
    more = [html.Small(str(row.items), title="items to show")] if row.items else []
    return html.Button([html.I(str(number)), html.Span(name), *more], type="button", **{"data-goes": row.place})


def _research(page: PageContext, scope: Scope) -> Iterator[Component]:
    waiting = unreviewed(page.connection, scope)
    if waiting:
        listed = [html.Li(html.A(study.title, href="/room/research", dir="auto")) for study in waiting[:3]]
        yield html.Section([html.H2("Research not yet reviewed"), html.Ul(listed)], className="waiting-research")


def _place(page: PageContext, scope: Scope, row: WalkPlace, places: Sequence[WalkPlace], items: Sequence[WalkItem]) -> Component:
    """One place: its name, and what can be shown there."""
    number = places.index(row) + 1
    head = [
        html.Small(f"{number} of {len(places)}"),
        html.H1(quote(row.title) if row.kind == "stage" else row.title),
    ]
    return html.Section([html.Div(head, className="head"), *_inside(page, scope, row, items)], hidden=True, **_attributes(row))


def _attributes(row: WalkPlace) -> dict[str, str]:
    return {"data-place": row.place} | ({"data-stage": str(row.stage)} if row.stage else {})


def _inside(page: PageContext, scope: Scope, row: WalkPlace, items: Sequence[WalkItem]) -> Iterator[Component]:
    if row.kind == "stage":
        if not items:
            yield html.P("Nothing was collected here.", className="hint")
        else:
            yield html.Ul([html.Li(_item(item)) for item in items], className="things")
        yield _views(page, "stage", str(row.stage))
    elif row.kind == "end":
        yield html.P("Finish the walk, and every mark becomes an opportunity.", className="hint")
        yield offers(page, scope)
    else:
        yield html.P(_hints()[row.kind], className="hint")
        if row.kind == "map":
            yield _views(page, "journey", "map")


def _views(page: PageContext, layout: str, place: str) -> Component:
    """The other questions of a place: the first scene is the place itself."""
    names = page.views.get(layout, [])
    views = [
        (place, "The stage" if layout == "stage" else "The map"),
        *((f"{place}/{name}", f"{title[:1].upper()}{title[1:]}") for name, title in names[1:]),
    ]
    buttons = [html.Button(words, type="button", className="calm", **{"data-view": to}) for to, words in views]
    return html.Div(buttons if len(names) > 1 else [], className="views")


def _hints() -> Mapping[str, str]:
    return {
        "mission": "The walls show what the company is for. To follow on a phone, scan the code.",
        "voice": "A customer speaks before any number is seen. Have somebody read it aloud.",
        "map": "The whole journey, and how customers feel along it. Walk into its first stage.",
    }


def _item(row: WalkItem) -> Component:
    """One thing to show: its picture, its words, and whether it can be heard."""
    number, kind = row.media, row.kind
    seen = html.Img(src=f"/media/{number}/thumb", alt="") if row.playable and kind != "call" else html.I(className=f"kind {kind}")
    words = [html.Span(named(row, kind), dir="auto"), html.Small(_words(row))]
    attributes = {
        "data-item": str(number),
        "data-sounds": "yes" if kind in RECORDINGS else "",
        "data-seconds": str(row.seconds or ""),
    }
    return html.Button(
        [seen, html.Span(words)], type="button", disabled=not row.playable, className=f"thing {kind}", **attributes
    )


def _words(row: WalkItem) -> str:
    if not row.playable:
        return row.why_not or "may not be shown"
    seconds = row.seconds
    long = f" · {int(seconds // 60)}:{int(seconds % 60):02}" if seconds else ""
    return f"{NAMES[row.lane]}{long}"


def _beside(page: PageContext) -> Component:
    """Marks, sound, and the code by which phones follow."""
    return html.Aside([*_marking(), _sound(page), _code()])


def _marking() -> Iterator[Component]:
    kinds = [
        html.Button("Improve", type="submit", name="kind", value="improve"),
        html.Button("Innovate", type="submit", name="kind", value="innovate"),
    ]
    words = html.Textarea(name="words", rows="2", dir="auto", placeholder="What strikes you here?", **{"aria-label": "your mark"})
    refusal = html.Div(className="refusal", role="alert", hidden=True)
    yield html.Form(
        [html.H2("Mark this"), words, refusal, html.Div(kinds, className="kinds")], className="mark when-walk", method="post"
    )
    yield html.Section([html.H2("Marked so far"), html.Ol(className="marked")], className="marks when-walk")


def _sound(page: PageContext) -> Component:
    screens = {name: name for name in page.settings.screen} | {"": "nowhere"}
    chosen = select("sounding", "Sound from", screens, chosen=next(iter(screens)))
    return html.Div(chosen, className="sound when-lead")


def _code() -> Component:
    code = html.Img(src="/walk/follow.svg", alt="code of the page that follows the walk")
    words = html.P([html.B("Follow on a phone"), html.Span("/follow", className="address")])
    return html.A([code, words], href="/follow", target="_blank", className="code")


def _steps() -> Component:
    """The large buttons at the foot: back, play, next."""
    seek = html.Div(
        [html.Span("0:00", className="at"), html.Div(className="seek"), html.Span(className="long")], className="position"
    )
    return html.Footer(
        [
            html.Button("Back", type="button", className="step back", **{"data-step": "-1"}),
            html.Div([_touch("toggle", "Play", "play"), seek], className="playing-now"),
            html.Button("Next", type="button", className="step next", **{"data-step": "1"}),
        ],
        className="steps when-lead",
    )
