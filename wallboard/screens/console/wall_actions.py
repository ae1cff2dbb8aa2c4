"""What a form puts on a wall in a session: a scene of the wall, the opening, or one thing as large as the glass."""

from wallboard.errors import RuleRefused
from wallboard.lifecycle import sessions as lives
from wallboard.lifecycle.sessions import EVERY_WALL, FIRST, LARGE, OPENING
from wallboard.metrics.agenda import chosen_voice
from wallboard.metrics.scope import Scope
from wallboard.records import sessions
from wallboard.records.acting import Acting, one_of
from wallboard.records.sessions import Zoom
from wallboard.records.snapshots import frozen_panels, frozen_scenes
from wallboard.screens.console.actions import Done
from wallboard.screens.console.sent import Sent
from wallboard.screens.console.showable import known_subject


def show(act: Acting, number: int, sent: Sent) -> Done:
    """`scene` is named with its wall: several walls have scenes of one name; `subject` is what stands there alone."""
    wall, _, scene = (sent.short("scene", "the scene", 300) or "").partition("/")
    subject, at = sent.text("subject"), _zoom(sent)
    if scene in LARGE and subject:
        wall = _wall_of(act, number, subject) if scene == "number" else wall
        one_of("the wall", wall, frozen_scenes(act.connection, number))
        known_subject(act.connection, number, wall, scene, subject, act.day(""))
    elif wall == EVERY_WALL:
        one_of("the scene", scene, (OPENING, FIRST))
        subject = _voice(act, subject) if scene == OPENING and subject else None
    else:
        known = {name: scenes for name, (_label, scenes) in frozen_scenes(act.connection, number).items()}
        one_of("the scene", scene, known.get(one_of("the wall", wall, known), {}))
        subject = None
    sessions.show(act, number, wall, scene, subject, at)
    return Done(lives.SHOWN.done)


def _wall_of(act: Acting, number: int, panel: str) -> str:
    """The wall on which a panel stands."""
    walls = frozen_panels(act.connection, number)
    return next((wall for wall, panels in walls.items() if panel in panels), "")


def _voice(act: Acting, subject: str) -> str:
    """Words that somebody has chosen; raises RuleRefused where the store does not have them."""
    try:
        known = chosen_voice(act.connection, Scope.of(act.settings, act.at), subject)
    except (ValueError, KeyError, TypeError):
        known = ()
    if not known:
        raise RuleRefused("the words", "are not in the store any more.", "Choose others.")
    return subject


def _zoom(sent: Sent) -> Zoom | None:
    if not sent.text("zoom"):
        return None
    at = Zoom(
        zoom=sent.number("zoom", "the zoom"), across=sent.number("across", "the place"), down=sent.number("down", "the place")
    )
    if not (100 <= at.zoom <= 800 and 0 <= at.across <= 1000 and 0 <= at.down <= 1000):
        raise RuleRefused("the zoom", "lies outside of the wall.", "Choose 100 to 800 per cent, around a point of the wall.")
    return at
