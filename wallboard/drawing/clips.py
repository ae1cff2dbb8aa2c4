"""Calls that can be played: the waveform, the words that follow, who speaks, and the consent; or why one does not play."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.album import named, page, things, track, when
from wallboard.drawing.theme import Theme
from wallboard.metrics.media import MediaFile

CALL = "call"
CONSENT = {"given": "with consent", "not needed": "no consent needed"}


def clip(row: MediaFile, theme: Theme, *, first: bool, awaited: bool) -> Component:
    """A call with its player, its words and what is known of it; one that is `awaited` is fetched only when it is opened."""
    about = html.P(named(row, "a call"), className="about")
    below = html.P([*_facts(row, theme)], className="facts quiet")
    kind = "clip shown" if first else "clip"
    return html.Div([*_player(row, awaited=awaited), about, below], className=kind, **{"data-media": str(row.media)})


def _player(row: MediaFile, *, awaited: bool) -> list[Component]:
    if not row.playable:
        return [
            html.Div(html.P(_silence(row), className="empty"), className="player silent"),
            html.Div(className="transcript-words"),
        ]
    audio = html.Audio(
        [html.Source(src=f"/media/{row.media}", type=row.mime), *track(row)], preload="none" if awaited else "metadata"
    )
    attributes = {"data-peaks": f"/media/{row.media}/peaks", "data-seconds": str(row.seconds or "")}
    words = html.Div(className="transcript-words", **{"aria-live": "off"})
    return [html.Div(audio, className="player", **attributes), words]


def _silence(row: MediaFile) -> str:
    why = row.why_not or ""
    if row.consent not in CONSENT or not why:
        return "This clip does not play: the customer’s consent is not on file."
    return f"This clip does not play: {why}."


def _facts(row: MediaFile, theme: Theme) -> list[str]:
    taken = [when(row, theme), CONSENT.get(row.consent, "no consent on file")]
    return [" · ".join([*taken, *(["parts taken out"] if row.redacted else [])])]


def length(seconds: float) -> str:
    """Minutes and seconds: 1:12."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def clip_thumb(row: MediaFile, *, first: bool) -> Component:
    """The button that opens it: its length, and whether it plays."""
    mark = html.I(className="plays" if row.playable else "silent")
    words = length(row.seconds) if row.seconds else "call"
    attributes = {"data-media": str(row.media), "aria-label": named(row, "a call")}
    return html.Button([mark, f" {words}"], className="here" if first else "", title=named(row, ""), **attributes)


def opened_by_a_walk(files: Sequence[MediaFile], theme: Theme) -> list[Component]:
    """What has no place of its own on a stage: it lies over its lane while a walk shows it; nothing where there is none."""
    calls = [clip(file, theme, first=False, awaited=True) for file in files if file.kind == CALL]
    seen = things([file for file in files if file.kind != CALL])
    pages = [page(thing, theme, first=False, awaited=True) for thing in seen]
    return [html.Div([*pages, *calls], className="album over")] if pages or calls else []
