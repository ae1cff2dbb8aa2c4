"""What the console's pages are put together from: forms, fields, customers' words, buttons large enough for a finger."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from wallboard.drawing.words import quote
from wallboard.records.choices import Recording

FOLDED = 600
"""A text of more letters is folded."""


def form(address: str, fields: Sequence[Component], *buttons: Component, seen: int | None = None, name: str = "") -> Component:
    """A form that is sent by the page's script; what the room says to it stands above its buttons."""
    attributes = {"data-seen": str(seen)} if seen is not None else {}
    foot = [
        html.Div(className="refusal alert alert-warning", role="alert", hidden=True),
        html.Div([*buttons], className="buttons"),
    ]
    return html.Form(
        [*fields, *foot], action=address, method="post", className=f"ask {name}".strip(), autoComplete="off", **attributes
    )


def button(words: str, calm: bool = False, name: str | None = None, value: str | None = None) -> Component:
    """A button that sends its form."""
    given: dict[str, object] = {key: text for key, text in (("name", name), ("value", value)) if text is not None}
    return dbc.Button(words, type="submit", color="secondary" if calm else "primary", **given)


def text(name: str, label: str, hint: str = "", rows: int = 2, **more: Any) -> Component:
    """A field for some sentences, written from whichever side the language is."""
    return _labelled(label, hint, html.Textarea(name=name, rows=str(rows), dir="auto", className="form-control", **more))


def line(name: str, label: str, hint: str = "", kind: str = "text", value: str | None = None, **more: Any) -> Component:
    """A field for a few words, or for a day."""
    given = {"value": value} if value is not None else {}
    return _labelled(label, hint, dbc.Input(name=name, type=kind, **given, **more))


def select(
    name: str, label: str, options: Mapping[str, str], first: str | None = None, hint: str = "", chosen: str = ""
) -> Component:
    """A choice of one; what is chosen beforehand stands first, `first` is what stands there while nothing is chosen."""
    listed = [(key, words) for key, words in options.items() if key == chosen]
    listed += [("", first)] if first is not None else []
    listed += [(key, words) for key, words in options.items() if key != chosen]
    made = html.Select([html.Option(words, value=key) for key, words in listed], name=name, className="form-select")
    return _labelled(label, hint, made)


def box(name: str, label: str | Component | list[Any], ticked: bool = False, identity: str = "") -> Component:
    """One box to tick, with its words beside it."""
    return dbc.Checkbox(name=name, id=identity or f"box-{name}", label=label, value=ticked)


def one_of(name: str, label: str, options: Mapping[str, str], chosen: str | None = None, identity: str = "") -> Component:
    """A choice of one among a few, all of them to be seen."""
    listed = [{"value": key, "label": words} for key, words in options.items()]
    radios = dbc.RadioItems(options=listed, name=name, id=identity or f"one-of-{name}", value=chosen, className="choices")
    return html.Fieldset([html.Legend(label), radios], className="field")


def several(legend: str, boxes: Sequence[Component], hint: str = "") -> Component:
    """Boxes that belong together."""
    hints = [html.P(hint, className="hint")] if hint else []
    return html.Fieldset([html.Legend(legend), *hints, html.Div([*boxes], className="choices")], className="field")


def fold(title: object, *inside: Component, opened: bool = False, name: str = "") -> Component:
    """Something that opens at a touch."""
    item = dbc.AccordionItem([*inside], title=title, item_id="folded")
    active = {"active_item": "folded"} if opened else {}
    return dbc.Accordion(item, start_collapsed=True, **active, flush=True, className=f"fold {name}".strip())


def written(words: str, quoted: bool = False) -> list[Component]:
    """A person's text exactly as written, its end folded where it is long; nothing in it is ever anything but text."""
    shown = quote if quoted else str
    if len(words) <= FOLDED:
        return [html.Span(shown(words), dir="auto")]
    cut = words.rfind(" ", FOLDED // 2, FOLDED) + 1 or FOLDED
    rest = fold(f"the other {len(words) - cut:,} letters", html.P(words[cut:], dir="auto"), name="rest")
    return [html.Span(f"{'“' if quoted else ''}{words[:cut]}…", dir="auto"), rest]


def voice(words: str) -> Component:
    """A customer's words, between quotation marks."""
    return html.Blockquote(written(words, quoted=True), className="words", dir="auto")


def player(recording: Recording | None) -> list[Component]:
    """The recording of a customer, to be played, with its words where it has some."""
    if recording is None:
        return []
    if recording.kind == "video":
        return [html.Video(src=f"/media/{recording.number}", controls=True, className="recording")]
    spoken = [fold("What is said in it", html.P(recording.words, dir="auto"))] if recording.words else []
    return [html.Audio(src=f"/media/{recording.number}", controls=True, preload="metadata", className="recording"), *spoken]


def facts(rows: Iterable[tuple[str, Any]]) -> Component:
    """Names with what is known of them."""
    return html.Dl([part for name, value in rows for part in (html.Dt(name), html.Dd(value, dir="auto"))], className="facts")


def _labelled(label: str, hint: str, field: Component) -> Component:
    hints = [html.Small(hint)] if hint else []
    return html.Label([html.Span(label), *hints, field], className="field form-label")
