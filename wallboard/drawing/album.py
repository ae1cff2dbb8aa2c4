"""What customers see, one thing at a time: pictures to zoom into, also before and after, paper to turn, video with its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.theme import Theme
from wallboard.metrics.agenda import WalkItem
from wallboard.metrics.media import MediaFile

PAPER, VIDEO = "paperwork", "video"
MOMENTS = ("before", "after")
WHY_NOT = "no consent on file"
UPRIGHT = 1.15


@dataclass(frozen=True)
class Thing:
    """One thing of the album: one file, or the same thing before and after."""

    files: tuple[MediaFile, ...]

    @property
    def first(self) -> MediaFile:
        """The file that speaks for it."""
        return self.files[0]

    @property
    def numbers(self) -> str:
        """The numbers of its files, as the page names them."""
        return " ".join(str(file.media) for file in self.files)


def things(files: Sequence[MediaFile]) -> list[Thing]:
    """Files in their order, those that are one thing before and after put together where both may be shown."""
    listed: list[Thing] = []
    pairs = {name: _pair(files, name) for name in {file.pair for file in files if file.pair}}
    for file in files:
        pair = pairs.get(file.pair or "", ())
        if not pair:
            listed.append(Thing((file,)))
        elif file is pair[0]:
            listed.append(Thing(pair))
    return listed


def _pair(files: Sequence[MediaFile], name: str) -> tuple[MediaFile, ...]:
    by_moment = {file.moment: file for file in files if file.pair == name and file.playable}
    return tuple(by_moment[moment] for moment in MOMENTS) if set(MOMENTS) <= set(by_moment) else ()


def album(all_things: Sequence[Thing], theme: Theme, strip: int) -> Component:
    """The first thing large, so many as `strip` says beneath it; a walk, or a touch, opens the others, and fetches them."""
    placed = placed_of(len(all_things), strip)
    pages = [page(thing, theme, first=n == 0, awaited=n > 0) for n, thing in enumerate(all_things)]
    thumbs = [_thumb(thing, first=n == 0) for n, thing in enumerate(all_things[:placed])]
    below = html.Div([*thumbs, *more_of(len(all_things) - placed, theme)], className="strip", hidden=len(all_things) < 2)
    return html.Div([html.Div(pages, className="pages"), below], className="album")


def placed_of(number: int, strip: int) -> int:
    """How many of so many things have a place in a strip; where it is too short for all, the button of the others takes file."""
    return number if number <= strip else max(1, strip - 1)


def more_of(number: int, theme: Theme) -> list[Component]:
    """A button that opens one after the other what has no place in the strip, with how many those are; nothing for none."""
    words = theme.plural(number, "more thing", "more things")
    return [html.Button(f"+{number}", className="others", title=words)] if number > 0 else []


def when(file: MediaFile, theme: Theme) -> str:
    """When a file was captured; old evidence says from which month it is."""
    if not file.captured_on:
        return "date not known"
    return f"from {theme.month(file.captured_on)}" if file.stale else theme.day(file.captured_on)


def named(file: MediaFile | WalkItem, otherwise: str) -> str:
    """The caption of a file that may be shown: what may not be shown is not named either, for a caption can name a person."""
    return file.caption or otherwise if file.playable else otherwise


def page(thing: Thing, theme: Theme, *, first: bool, awaited: bool) -> Component:
    """A thing as large as its place; one that is `awaited` is fetched only when it is shown."""
    file = thing.first
    size = _size(file, theme)
    counted = [html.B(size)] if size else []
    dated = html.Span(when(file, theme), className="quiet")
    caption = html.Figcaption([html.Span(named(file, "")), *counted, dated])
    kind = ["page-of", *(["upright"] if _upright(file) else []), *(["shown"] if first else [])]
    return html.Figure([_shown(thing, awaited=awaited), caption], className=" ".join(kind), **{"data-media": thing.numbers})


def _upright(file: MediaFile) -> bool:
    """Whether it is so much higher than wide that its words find room beside it."""
    return bool(file.playable and file.width and file.height and file.height > file.width * UPRIGHT)


def _size(file: MediaFile, theme: Theme) -> str:
    counted = (file.pages, "page"), (file.fields, "field")
    return ", ".join(theme.plural(count, noun, f"{noun}s") for count, noun in counted if count)


def _shown(thing: Thing, *, awaited: bool) -> Component:
    file = thing.first
    if not file.playable:
        return html.P(f"not shown: {file.why_not or WHY_NOT}", className="empty")
    if len(thing.files) > 1:
        return _compared(thing, awaited=awaited)
    if file.kind == VIDEO:
        return _video(file, awaited=awaited)
    if file.mime == "application/pdf" or (file.kind == PAPER and (file.pages or 0) > 1):
        return _paper(file, awaited=awaited)
    return picture(f"/media/{file.media}", file.caption or "", awaited=awaited)


def picture(address: str, words: str, name: str = "zoom", *, awaited: bool = False) -> Component:
    """A picture that opens at its own pixels when it is touched; one that is `awaited` is fetched only when it is shown."""
    source = {"data-src": address} if awaited else {"src": address}
    return html.Img(alt=words, className=name, tabIndex=0, role="button", draggable="false", **source)


def _compared(thing: Thing, *, awaited: bool) -> Component:
    both = [
        picture(f"/media/{file.media}", f"{file.caption or ''}, {file.moment}", f"zoom {file.moment}", awaited=awaited)
        for file in thing.files
    ]
    words = [html.Span(moment, className=f"moment {moment}") for moment in MOMENTS]
    size = thing.first.width, thing.first.height
    shape = {"aspectRatio": f"{size[0]} / {size[1]}"} if all(size) else {}
    return html.Div([*both, *words], className="compare", style=shape)


def _paper(file: MediaFile, *, awaited: bool) -> Component:
    pages = file.pages or 1
    attributes = {"data-pages": str(pages), "data-paper": str(file.media)}
    turns = [
        html.Button("‹", className="turn back", title="The page before"),
        html.Span(f"1 of {pages}", className="at"),
        html.Button("›", className="turn on", title="The next page"),
    ]
    sheet = picture(f"/media/{file.media}/page/1?width=1600", f"{file.caption or 'paperwork'}, page 1", awaited=awaited)
    return html.Div([sheet, html.Div(turns, className="turns", hidden=pages < 2)], className="paper", **attributes)


def _video(file: MediaFile, *, awaited: bool) -> Component:
    at_once = {} if awaited else {"autoPlay": True, "poster": f"/media/{file.media}/thumb"}
    film = html.Video(
        [html.Source(src=f"/media/{file.media}", type=file.mime), *track(file)],
        muted=True, loop=True, preload="none" if awaited else "auto", **at_once, **{"aria-label": file.caption or ""},
    )  # fmt: skip
    return html.Div([film, html.P(className="captions", **{"aria-live": "off"})], className="film")


def track(file: MediaFile) -> list[Component]:
    """The words of a clip, where it has any."""
    has = file.transcript or file.words
    return [html.Track(src=f"/captions/{file.media}.vtt", kind="captions", default=True)] if has else []


def _thumb(thing: Thing, *, first: bool) -> Component:
    file = thing.first
    inside: Component | str = html.Img(src=f"/media/{file.media}/thumb", alt="") if file.playable else "—"
    mark = "▶" if file.kind == VIDEO else "⇄" if len(thing.files) > 1 else ""
    label = [inside, *([html.I(mark)] if mark and file.playable else [])]
    attributes = {"data-media": thing.numbers, "aria-label": named(file, "a picture" if file.playable else "not shown")}
    return html.Button(label, className="here" if first else "", title=named(file, ""), **attributes)
