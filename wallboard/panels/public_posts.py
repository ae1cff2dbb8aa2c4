"""What people say in public about us and about competitors: newest first, unfiltered, exactly as written.

Nothing can hide a post. Competitors are labelled and never counted among our complaints. It says how many posts the room has
made an issue of, and how long the others have been waiting; touch a post to take it to the room.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import POSTS
from wallboard.metrics.scope import Scope
from wallboard.metrics.voices import Post, PostsTakenUp, posts, posts_taken_up
from wallboard.panel import OF_SINGLE_THINGS, Connection, Panel, Picture, Words
from wallboard.panel import Options as Base


class Options(Base):
    """How many posts."""

    rows: int = Field(5, ge=1, le=12, description="posts to show at the default screen and distance")
    letters: int = Field(110, ge=40, le=400, description="longest post before it is cut at a word")


@dataclass(frozen=True, slots=True)
class InPublic:
    """The newest posts, and what became of those that complain."""

    posts: tuple[Post, ...]
    taken: tuple[PostsTakenUp, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> InPublic:
    """The newest posts, and what became of those that complain."""
    return InPublic(posts(connection, scope, limit=options.rows), posts_taken_up(connection, scope))


def draw(measured: InPublic, options: Options, theme: Theme) -> Picture:
    """One row a post, in the order in which they were written."""
    shown = measured.posts[: theme.rows(options.rows)]
    if not shown:
        return Picture("Nothing was said in public", nothing("There is no post in the period shown."))
    rows = [_row(row, options, theme) for row in shown]
    listed = html.Ul(rows, className="posts trim silent")
    body = html.Div([listed, html.P(_waiting(measured.taken[0], theme), className="posts-wait")], className="in-public")
    return Picture("The newest posts about us and our competitors", body, note="unfiltered, newest first")


def _waiting(taken: PostsTakenUp, theme: Theme) -> Words:
    """How many complain of us and wait for the room, and how long."""
    if taken.state != "measured":
        return (
            "Nobody has complained about us in public in 13 weeks" if taken.state == "no cases" else "Nothing about us in public"
        )
    what = "complaint" if taken.counted == "negative" else "post"
    if not taken.waiting:
        return f"The room has taken up all of {theme.plural(taken.posts or 0, f'public {what}', f'public {what}s')}"
    count, _, noun = theme.plural(taken.waiting, f"public {what}", f"public {what}s").partition(" ")
    age = theme.plural(taken.oldest_days or 0, "day", "days")
    verb = "is waiting" if taken.waiting == 1 else "are waiting"
    return [metric_link(count, "public_complaints_waiting", "loss"), f" {noun} {verb} for the room, the oldest for {age}"]


def _row(row: Post, options: Options, theme: Theme) -> Component:
    when = theme.day(row.posted_at.astimezone(theme.zone).date())
    about = html.B("about us") if row.ours else html.B(f"about {row.brand}", className="quiet")
    words: str | Component = crop(row.words, options.letters)
    if row.ours:
        words = html.A(words, href=f"/room/relay?{urlencode({'source': row.source, 'key': row.source_key})}")
    return html.Li([html.P(words, dir="auto"), html.Div([about, html.Span(when, className="quiet")])])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("post", "issue_voice"),
    metrics=("public_complaints_waiting",),
    subject="What is said about us in public",
    needs=((POSTS,),),
    timeless=OF_SINGLE_THINGS,
    smallest=(
        Smallest(25, 13),
        Smallest(38, 11),
        Smallest(51, 10),
        Smallest(76, 6),
    ),
)
