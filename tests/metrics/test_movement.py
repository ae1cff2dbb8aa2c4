"""The one rule that says whether anything has moved."""

from datetime import date, timedelta

from wallboard.metrics.movement import FELL, NOTHING_MOVED, ROSE, movement

SINCE = date(2026, 1, 5)
LATER = SINCE + timedelta(weeks=12)


def test_nothing_has_moved_within_chance_after_twelve_weeks() -> None:
    cases = {
        (40, 40, 1.0): NOTHING_MOVED,
        (40, 25, 1.0): NOTHING_MOVED,
        (40, 24, 1.0): FELL,
        (40, 60, 1.0): ROSE,
        (40, 59, 1.0): NOTHING_MOVED,
        (0, 0, 1.0): NOTHING_MOVED,
        (0, 4, 1.0): ROSE,
        (40, 20, 0.5): NOTHING_MOVED,
        (40, 40, 0.4): ROSE,
    }
    for (then, now, exposure), expected in cases.items():
        assert movement(SINCE, LATER, then, now, exposure) == expected, (then, now, exposure)
    assert movement(SINCE, LATER - timedelta(days=1), 40, 40) is None, "too early to say"
    assert movement(SINCE, LATER, None, 40) is None and movement(SINCE, LATER, 40, None) is None
