"""The opportunities of the room: all of them by kind and origin, and one with what customers experience today."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.words import quote
from wallboard.metrics.gaps import HANDOFF, NO_MEASURE, NO_OWNER, TWO_INITIATIVES, TWO_OWNERS, Finding, findings
from wallboard.metrics.scope import Scope
from wallboard.records.annotations import TITLE
from wallboard.records.opportunities import (
    OFFERED_AT_THE_END,
    Opportunity,
    Report,
    count_opportunities,
    one_opportunity,
    opportunities,
    origins,
    reports,
    touchpoint_names,
)
from wallboard.records.ratings import Rating, ratings
from wallboard.records.stage_evidence import artefacts_at, shown_today, voices_at
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, form, line, one_of, select, text, voice
from wallboard.screens.console.roster_forms import roster_forms
from wallboard.screens.console.wording import who_may
from wallboard.store.schema.walk import KINDS, ORIGINS

NAMES_OF_FINDINGS = {
    NO_OWNER: "Nobody answers for it",
    TWO_OWNERS: "Two answer for it",
    NO_MEASURE: "Nothing is measured",
    TWO_INITIATIVES: "Two initiatives at once",
    HANDOFF: "A handoff without owner",
}
KIND_WORDS = {"improve": "Improve", "innovate": "Innovate"}
KIND_HINTS = {"improve": "Improve: do better what customers know", "innovate": "Innovate: give them what they do not have yet"}
FROM = {
    "walkthrough": "marked on a walk",
    "lowest feeling": "customers feel worst here",
    "largest loss": "most is lost here",
    "board note": "a note on the board",
    "social": "a public post",
    "research": "research",
    "gap": "a gap in the journey",
    "overlap": "work done twice",
    "idea": "an idea",
    "customer": "a customer proposed it",
}


def opportunities_page(page: PageContext) -> list[Component]:
    """All of them, or those of one kind and one origin; and the form that writes one down."""
    kind = page.query.get("kind") if page.query.get("kind") in KINDS else None
    origin = page.query.get("origin") if page.query.get("origin") in ORIGINS else None
    chosen = opportunities(page.connection, kind, origin)
    cards = [html.Li(_card(opportunity, page)) for opportunity in chosen]
    none = "Nothing of this kind yet." if kind or origin else "None yet: walk the journey and mark what strikes you."
    listed = html.Ul(cards) if cards else html.P(none, className="hint")
    lead = "What the walk, the customers and the research show, each with where it comes from: ready for a vote."
    every = count_opportunities(page.connection, kind, origin)
    cut = [html.P(f"The newest {len(chosen)} of {every} are shown here.", className="hint cut")] if every > len(chosen) else []
    head = html.Header([html.H1("Opportunities"), _filters(page, kind, origin), html.P(lead, className="hint"), *cut])
    return [
        head,
        html.Div([html.Section([*_findings(page), listed], className="listed"), _propose(page)], className="opportunities"),
    ]


def _findings(page: PageContext) -> list[Component]:
    """What was found between functions and nobody has taken up, each with the button that makes an opportunity of it."""
    scope = Scope.of(page.settings, page.theme.now)
    waiting = [row for row in findings(page.connection, scope) if row.opportunity is None]
    if not waiting:
        return []
    return [html.H2("Gaps and overlaps"), html.Ul([html.Li(_finding(row, page)) for row in waiting], className="findings")]


def _finding(row: Finding, page: PageContext) -> list[Component]:
    title = f"{NAMES_OF_FINDINGS[row.kind]}: {row.touchpoint_name}"
    words = html.P([html.B(NAMES_OF_FINDINGS[row.kind]), f" · {quote(row.touchpoint_name)}"], className="title", dir="auto")
    who = [html.P(row.who, className="hint", dir="auto")] if row.who else []
    if not page.allowed("proposed"):
        return [words, *who]
    fields = {
        "title": title[:TITLE], "kind": "improve", "origin": row.origin, "stage": row.stage, "touchpoint": row.touchpoint,
        "why": row.who or "", "finding": row.finding,
    }  # fmt: skip
    hidden = [line(name, "", kind="hidden", value=value) for name, value in fields.items()]
    return [
        words,
        *who,
        form("/room/do/propose/0", [html.Div(hidden, hidden=True)], button("Make it an opportunity"), name="findings"),
    ]


def _filters(page: PageContext, kind: str | None, origin: str | None) -> Component:
    known = origins(page.connection)
    kinds = [_chip("Both kinds", None, origin, kind is None)]
    kinds += [_chip(words, key, origin, kind == key) for key, words in KIND_WORDS.items()]
    there = [key for key in ORIGINS if key in known]
    chips = [_chip("Every origin", kind, None, origin is None), *(_chip(FROM[key], kind, key, origin == key) for key in there)]
    return html.Nav([html.Span(kinds), html.Span(chips)], className="chips", **{"aria-label": "which opportunities"})


def _chip(name: str, kind: str | None, origin: str | None, chosen: bool) -> Component:
    query = "&".join(f"{key}={value}" for key, value in (("kind", kind), ("origin", origin)) if value)
    return html.A(
        name, href=f"/room/opportunities?{query}" if query else "/room/opportunities", className="chosen" if chosen else ""
    )


def _card(opportunity: Opportunity, page: PageContext) -> Component:
    reported = (
        html.Span("month one reported", className="good") if opportunity.reports else html.Span("month one not reported yet")
    )
    place = page.names.stages.get(opportunity.stage or "")
    facts = [
        FROM[opportunity.origin],
        quote(place) if place else None,
        f"{opportunity.by}, {page.day(opportunity.day)}",
        _stake(opportunity, page),
    ]
    parts = [
        html.P([html.B(KIND_WORDS[opportunity.kind], className=f"kind {opportunity.kind}"), reported], className="line"),
        html.P(opportunity.title, className="title", dir="auto"),
        html.P(" · ".join(part for part in facts if part), className="hint"),
    ]
    return html.A(html.Div(parts), href=f"/room/opportunity/{opportunity.id}", className="card")


def _stake(opportunity: Opportunity, page: PageContext) -> str | None:
    return f"{page.money(float(opportunity.value_at_stake))} lost in 12 months" if opportunity.value_at_stake else None


def _propose(page: PageContext) -> Component:
    if not page.allowed("proposed"):
        return html.P(who_may("proposed", page), className="hint")
    sources = {key: words for key, words in FROM.items() if key not in ("walkthrough", *OFFERED_AT_THE_END)}
    fields = [
        text("title", "What is it?", hint="in the customer’s words"),
        one_of("kind", "Improve or innovate?", KIND_HINTS),
        select("origin", "Where does it come from?", sources, chosen="idea"),
        select("stage", "Stage", page.names.stages, first="the whole journey"),
        text("why", "What speaks for it?"),
        select("perimeter", "Part of the business", {"all": page.settings.company} | page.perimeters()),
    ]
    return html.Section(
        [html.H2("Record an initiative"), form("/room/do/propose/0", fields, button("Write it down"), name="propose")]
    )


def opportunity_page(page: PageContext, number: int) -> list[Component]:
    """One opportunity: where it comes from, and its first month."""
    opportunity = one_opportunity(page.connection, number)
    place = page.names.stages.get(opportunity.stage or "")
    facts = [
        FROM[opportunity.origin],
        quote(place) if place else None,
        f"{opportunity.by}, {page.day(opportunity.day)}",
        _stake(opportunity, page),
    ]
    head = [
        html.P(
            [
                html.B(KIND_WORDS[opportunity.kind], className=f"kind {opportunity.kind}"),
                html.Span(f"opportunity {opportunity.id}"),
            ],
            className="line",
        ),
        html.H1(opportunity.title, dir="auto"),
        html.P(" · ".join(part for part in facts if part), className="hint"),
        *([html.P(opportunity.why, dir="auto")] if opportunity.why else []),
    ]
    rating = ratings(page.connection, [number]).get(number, Rating())
    done = reports(page.connection, number)
    shown = shown_today(page.connection, {each.media for each in done}, page.today(opportunity.perimeter))
    reported = [_reported(each, page, each.media in shown) for each in done]
    lead = "Month one: what customers experience today. It stands on the stage, a customer’s voice and an artefact."
    return [
        html.Article(head, className="opportunity"),
        html.Div([*roster_forms(opportunity, rating, page)], className="speaks"),
        html.H2("What customers experience today"),
        *(reported or [html.P("Not reported yet.", className="alert")]),
        html.P(lead, className="hint"),
        *_report_form(page, opportunity),
    ]


def _reported(done: Report, page: PageContext, shown: bool) -> Component:
    """A report: the stage with its touchpoints, the words, the voice, and the artefact, its picture while it may be shown."""
    points = touchpoint_names(page.connection, done.stage)
    here = html.A(quote(page.names.stages.get(done.stage, done.stage)), href=f"/journey/{done.stage}")
    stage_map = html.Section(
        [html.H3("The stage"), html.P(here, className="title"), html.Ol([html.Li(name, dir="auto") for name in points])],
        className="stage-map",
    )
    words = html.Section([html.H3("What they experience"), html.P(done.words, dir="auto")])
    voice_section = html.Section([html.H3("A customer’s voice"), voice(done.quotation)])
    picture = html.A(html.Img(src=f"/media/{done.media}/thumb", alt=done.artefact), href=f"/media/{done.media}")
    gone = html.P("It is no longer shown.", className="hint")
    seen = html.Section([html.H3("What they see or hear"), picture if shown else gone, html.P(done.artefact, dir="auto")])
    by = html.P(f"reported by {done.by}, {page.instant(done.at)}", className="hint")
    return html.Article([stage_map, words, voice_section, seen, by], className="reported")


def _report_form(page: PageContext, opportunity: Opportunity) -> Iterator[Component]:
    if not page.allowed("reported"):
        yield html.P(who_may("reported", page), className="hint")
        return
    place = page.query.get("stage") or opportunity.stage or ""
    if place not in page.names.stages:
        yield html.P("At which stage is it? Choose it, and its voices and artefacts appear here.", className="hint")
        yield _stages(page, opportunity, place)
        return
    yield _stages(page, opportunity, place)
    today = page.today(opportunity.perimeter)
    voices = {f"{row.source}|{row.key}": quote(row.words) for row in voices_at(page.connection, place, today)}
    things = {str(row.number): f"{row.caption} ({row.kind})" for row in artefacts_at(page.connection, place, today)}
    fields = [
        html.Div(line("stage", "", value=place), hidden=True),
        text("words", "What does the customer experience here today?", rows=4),
        one_of("voice", "A customer’s voice", voices)
        if voices
        else html.P("No customer was heard at this stage.", className="alert"),
        one_of("media", "What they see, hear or get", things)
        if things
        else html.P("Nothing was collected here.", className="alert"),
    ]
    yield form(f"/room/do/report/{opportunity.id}", fields, button("Report month one"), name="report")


def _stages(page: PageContext, opportunity: Opportunity, place: str) -> Component:
    chips = [
        html.A(quote(name), href=f"/room/opportunity/{opportunity.id}?stage={key}", className="chosen" if key == place else "")
        for key, name in page.names.stages.items()
    ]
    return html.Nav(html.Span(chips), className="chips", **{"aria-label": "stage"})
