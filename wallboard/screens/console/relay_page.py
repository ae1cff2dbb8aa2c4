"""Relaying an issue: the customer's own words first, then where they belong."""

from collections.abc import Mapping

import orjson
from dash import html
from dash.development.base_component import Component

from wallboard.records.choices import recordings
from wallboard.records.searching import newest_complaints, search_hit
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import box, button, fold, form, line, one_of, select, several, text
from wallboard.screens.console.relay_offers import Offered, offers_as_json
from wallboard.screens.console.wording import EFFECTS, KINDS

TITLE = 200
"""Letters of a title that some other screen has begun."""

RELAYED = ("interview", "call", "survey", "ticket", "review", "post")


def relay_form(page: PageContext) -> list[Component]:
    """The form; `?source=..&key=..` chooses what some other screen has shown."""
    chosen = _chosen(page)
    fields = [html.Div([_words(page, chosen), _about(page, chosen)], className="halves")]
    made = form("/room/do/relay/0", fields, button("Relay it to the room"), name="relay")
    lead = (
        "Issues come from the customer. Bring the customer’s own words or recording; without them the room will not consider it."
    )
    return [html.Header([html.H1("Relay an issue"), html.P(lead, className="hint")]), made]


def _chosen(page: PageContext) -> Offered | None:
    source, key = page.query.get("source"), page.query.get("key")
    hit = search_hit(page.connection, source, key) if source and key else None
    return offers_as_json(page.connection, page.names, [hit], page.settings)[0] if hit else None


def _newest(page: PageContext) -> list[Component]:
    """The newest complaints that are no issue yet, each taken over with its place at one touch."""
    offers = offers_as_json(page.connection, page.names, newest_complaints(page.connection), page.settings)
    if not offers:
        return []
    heading = html.H3("or one of the newest complaints that no issue has yet")
    return [html.Div([heading, *map(_taken_over, offers)], className="newest")]


def _taken_over(offer: Offered) -> Component:
    shown = [html.Q(offer["words"], dir="auto"), html.Small(offer["by"], dir="auto")]
    return html.Button(shown, type="button", **{"data-voice": orjson.dumps(offer).decode()})


def _words(page: PageContext, chosen: Mapping[str, object] | None) -> Component:
    """Three ways to bring what the customer said; one is enough."""
    shown = [html.Blockquote(f"“{chosen['words']}”", className="words", dir="auto"), html.P(chosen["by"])] if chosen else []
    already = [html.P(f"Issue {chosen['issue']} has this already.", className="alert")] if chosen and chosen["issue"] else []
    attributes = {"data-source": chosen["source"], "data-key": chosen["key"]} if chosen else {}
    search = [
        line("search", "Search what customers have written", hint="their own words; newest first", kind="search"),
        html.Div(className="search-results", role="listbox", **{"aria-label": "what customers have written"}),
        *_newest(page),
    ]
    picked = html.Div([*shown, *already], className="picked", hidden=chosen is None, **attributes)
    other = html.Button("Choose something else", type="button", className="btn btn-secondary unpick", hidden=chosen is None)
    ways_in = html.Div([*search, *_recordings(page)], className="ways-in", hidden=chosen is not None)
    return html.Section([html.H2("1. What did the customer say?"), picked, other, ways_in])


def _recordings(page: PageContext) -> list[Component]:
    """What no source has brought: written down as it was heard, or recorded."""
    played = {recording.path: recording.caption or recording.path for recording in recordings(page.connection, page.theme.today)}
    recorded = [select("recording", "or a recording of the room", played, first="no recording")] if played else []
    return [
        fold(
            "I heard it myself",
            text("heard_words", "The customer’s words, as they were said", rows=3),
            *recorded,
            select("heard_kind", "How did you hear it?", {key: KINDS[key] for key in RELAYED}),
            line("channel", "Where, or through what", hint="a visit in Leeds, the help line, a fair"),
            line("said_by", "Who said it", hint="the customer’s name in the room"),
            line("heard_on", "When", kind="date", value=page.theme.today.isoformat(), max=page.theme.today.isoformat()),
            name="heard",
        )
    ]


def _about(page: PageContext, chosen: Mapping[str, object] | None) -> Component:
    names, known = page.names, {key: str(value) for key, value in (chosen or {}).items() if value}
    offered, title = (chosen or {}).get("functions"), page.query.get("title", known.get("title", ""))[:TITLE]
    likely = offered if isinstance(offered, list) else []
    functions = [box(f"function.{key}", name, key in likely) for key, name in names.functions.items()]
    none = html.P("No functions are known yet: load the export of functions first.", className="alert")
    return html.Section(
        [
            html.H2("2. What is it about?"),
            line(
                "title",
                "In a few words",
                hint="what we will call it among ourselves",
                value=title,
            ),
            several(
                "Which functions must work on it?",
                functions,
                "Two or more. A single function fixes it in its own improvement work.",
            )
            if functions
            else none,
            one_of("effect", "Effect on the customer’s satisfaction", EFFECTS),
            select("perimeter", "Part of the business", page.perimeters(), chosen=known.get("perimeter", "")),
            select("issue_type", "Kind of issue", names.issue_types, first="not known", chosen=known.get("issue_type", "")),
            select("stage", "Stage of the journey", names.stages, first="not known", chosen=known.get("stage", "")),
            select("touchpoint", "Touchpoint", names.touchpoints, first="not known", chosen=known.get("touchpoint", "")),
        ]
    )
