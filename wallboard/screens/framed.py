"""The picture of what a panel has seen, in its frame: no verdict where there is doubt, what happened, what was restated."""

from wallboard.drawing.charts import plain_words
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote
from wallboard.layout import Placed
from wallboard.panel import Picture
from wallboard.screens.agreed import without
from wallboard.screens.frame import Made, frame, most_overdue
from wallboard.screens.freshness import Freshness
from wallboard.screens.happened import with_events
from wallboard.screens.judging import drawn
from wallboard.screens.seen import Seen


def framed(placed: Placed, seen: Seen, theme: Theme, fresh: Freshness) -> Made:
    """What a screen shows of a panel."""
    picture = without(_drawn(placed, seen, theme, fresh), seen.agreement.hidden)
    changed = " · ".join(filter(None, (_restated(placed, seen, picture, theme, fresh), seen.agreement.changed)))
    picture, beneath = with_events(picture, seen.happened, placed.cell, theme)
    return frame(picture, placed, fresh, theme, changed, beneath, seen.in_doubt.stopped)


def _drawn(placed: Placed, seen: Seen, theme: Theme, fresh: Freshness) -> Picture:
    late = most_overdue(fresh.of(placed.panel.reads))
    return drawn(placed.panel, seen.measured, placed.options, theme, seen.in_doubt, late)


def _restated(placed: Placed, seen: Seen, picture: Picture, theme: Theme, fresh: Freshness) -> str:
    """What the same picture says of that day by what has been loaded since, where it is not what the room has seen."""
    if seen.restated is None:
        return ""
    if off := seen.restated.agreement.off:
        return f"Since then: {off}"
    now = _drawn(placed, seen.restated, theme, fresh)
    for then, today in ((picture.headline, now.headline), (picture.number, now.number)):
        if plain_words(then) != plain_words(today):
            return f"Restated since: {quote(plain_words(then))} is {quote(plain_words(today))} by what was loaded later"
    return "Restated since: some of these numbers are others by what was loaded later"
