"""What customers see, one thing at a time: pictures to zoom into, also before and after, paper to turn, video with its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.theme import Theme

PAPER, VIDEO = "paperwork", "video"
MOMENTS = ("before", "after")
WHY_NOT = "no consent on file"
UPRIGHT = 1.15

File = dict[str, Any]
"""A row of stage_media."""


@dataclass(frozen=True)
class Thing:
    """One thing of the album: one file, or the same thing before and after."""

    files: tuple[File, ...]

    @property
    def first(self) -> File:
        """The file that speaks for it."""
        return self.files[0]

    @property
    def said(self) -> str:
        """The numbers of its files, as the page names them."""
        return " ".join(str(one["media"]) for one in self.files)


def things(files: Sequence[File]) -> list[Thing]:
    """Files in their order, those that are one thing before and after put together where both may be shown."""
    found: list[Thing] = []
    pairs = {name: _pair(files, name) for name in {one["pair"] for one in files} - {None}}
    for one in files:
        pair = pairs.get(one["pair"], ())
        if not pair:
            found.append(Thing((one,)))
        elif one is pair[0]:
            found.append(Thing(pair))
    return found


def _pair(files: Sequence[File], name: str) -> tuple[File, ...]:
    by_moment = {one["moment"]: one for one in files if one["pair"] == name and one["playable"]}
    return tuple(by_moment[moment] for moment in MOMENTS) if set(MOMENTS) <= set(by_moment) else ()


def album(all_things: Sequence[Thing], theme: Theme, strip: int) -> Component:
    """The first thing large, so many as `strip` says beneath it; the others wait for a walk, or a touch, that opens them."""
    placed = placed_of(len(all_things), strip)
    pages = [page(thing, theme, first=n == 0, awaited=n >= placed) for n, thing in enumerate(all_things)]
    thumbs = [_thumb(thing, first=n == 0) for n, thing in enumerate(all_things[:placed])]
    below = html.Div([*thumbs, *more_of(len(all_things) - placed, theme)], className="strip", hidden=len(all_things) < 2)
    return html.Div([html.Div(pages, className="pages"), below], className="album")


def placed_of(number: int, strip: int) -> int:
    """How many of so many things have a place in a strip; where it is too short for all, the button of the others takes one."""
    return number if number <= strip else max(1, strip - 1)


def more_of(number: int, theme: Theme) -> list[Component]:
    """A button that opens one after the other what has no place in the strip, with how many those are; nothing for none."""
    words = theme.plural(number, "more thing", "more things")
    return [html.Button(f"+{number}", className="others", title=words)] if number > 0 else []


def when(one: File, theme: Theme) -> str:
    """When a file was captured; old evidence says from which month it is."""
    if not one["captured_on"]:
        return "date not known"
    return f"from {theme.month(one['captured_on'])}" if one["stale"] else theme.day(one["captured_on"])


def named(one: Mapping[str, Any], otherwise: str) -> str:
    """The caption of a file that may be shown: what may not be shown is not named either, for a caption can name a person."""
    return str(one["caption"] or otherwise) if one["playable"] else otherwise


def page(thing: Thing, theme: Theme, *, first: bool, awaited: bool) -> Component:
    """A thing as large as its place; one that is `awaited` is fetched only when it is shown."""
    one = thing.first
    size = _size(one, theme)
    counted = [html.B(size)] if size else []
    dated = html.Span(when(one, theme), className="quiet")
    caption = html.Figcaption([html.Span(named(one, "")), *counted, dated])
    kind = ["page-of", *(["upright"] if _upright(one) else []), *(["shown"] if first else [])]
    return html.Figure([_shown(thing, awaited=awaited), caption], className=" ".join(kind), **{"data-media": thing.said})


def _upright(one: File) -> bool:
    """Whether it is so much higher than wide that its words find room beside it."""
    known = one["playable"] and one["width"] and one["height"]
    return bool(known and one["height"] > one["width"] * UPRIGHT)


def _size(one: File, theme: Theme) -> str:
    counted = (("pages", "page"), ("fields", "field"))
    return ", ".join(theme.plural(int(one[name]), noun, f"{noun}s") for name, noun in counted if one[name])


def _shown(thing: Thing, *, awaited: bool) -> Component:
    one = thing.first
    if not one["playable"]:
        return html.P(f"not shown: {one['why_not'] or WHY_NOT}", className="empty")
    if len(thing.files) > 1:
        return _compared(thing, awaited=awaited)
    if one["kind"] == VIDEO:
        return _video(one, awaited=awaited)
    if one["mime"] == "application/pdf" or (one["kind"] == PAPER and (one["pages"] or 0) > 1):
        return _paper(one, awaited=awaited)
    return picture(f"/media/{one['media']}", one["caption"] or "", awaited=awaited)


def picture(address: str, words: str, name: str = "zoom", *, awaited: bool = False) -> Component:
    """A picture that opens at its own pixels when it is touched; one that is `awaited` is fetched only when it is shown."""
    source = {"data-src": address} if awaited else {"src": address}
    return html.Img(alt=words, className=name, tabIndex=0, role="button", draggable="false", **source)


def _compared(thing: Thing, *, awaited: bool) -> Component:
    both = [
        picture(f"/media/{one['media']}", f"{one['caption'] or ''}, {one['moment']}", f"zoom {one['moment']}", awaited=awaited)
        for one in thing.files
    ]
    words = [html.Span(moment, className=f"moment {moment}") for moment in MOMENTS]
    size = thing.first["width"], thing.first["height"]
    shape = {"aspectRatio": f"{size[0]} / {size[1]}"} if all(size) else {}
    return html.Div([*both, *words], className="compare", style=shape)


def _paper(one: File, *, awaited: bool) -> Component:
    pages = int(one["pages"] or 1)
    said = {"data-pages": str(pages), "data-paper": str(one["media"])}
    turns = [
        html.Button("‹", className="turn back", title="The page before"),
        html.Span(f"1 of {pages}", className="at"),
        html.Button("›", className="turn on", title="The next page"),
    ]
    sheet = picture(f"/media/{one['media']}/page/1?width=1600", f"{one['caption'] or 'paperwork'}, page 1", awaited=awaited)
    return html.Div([sheet, html.Div(turns, className="turns", hidden=pages < 2)], className="paper", **said)


def _video(one: File, *, awaited: bool) -> Component:
    at_once = {} if awaited else {"autoPlay": True, "poster": f"/media/{one['media']}/thumb"}
    film = html.Video(
        [html.Source(src=f"/media/{one['media']}", type=one["mime"]), *track(one)],
        muted=True, loop=True, preload="none" if awaited else "auto", **at_once, **{"aria-label": one["caption"] or ""},
    )  # fmt: skip
    return html.Div([film, html.P(className="captions", **{"aria-live": "off"})], className="film")


def track(one: File) -> list[Component]:
    """The words of a clip, where it has any."""
    has = one["transcript"] or one["words"]
    return [html.Track(src=f"/captions/{one['media']}.vtt", kind="captions", default=True)] if has else []


def _thumb(thing: Thing, *, first: bool) -> Component:
    one = thing.first
    inside: Component | str = html.Img(src=f"/media/{one['media']}/thumb", alt="") if one["playable"] else "—"
    mark = "▶" if one["kind"] == VIDEO else "⇄" if len(thing.files) > 1 else ""
    label = [inside, *([html.I(mark)] if mark and one["playable"] else [])]
    said = {"data-media": thing.said, "aria-label": named(one, "a picture" if one["playable"] else "not shown")}
    return html.Button(label, className="here" if first else "", title=named(one, ""), **said)
