"""A KPI's value in words: a share near 100 % as its failures in 1,000, for nobody sees how far 99.2 % is from 99.5 %."""

from dataclasses import dataclass

from wallboard.drawing.theme import Theme

NEARLY_ALL = 0.9
"""From here on a share is said as its failures."""

PER = 1000


@dataclass(frozen=True, slots=True)
class KpiWords:
    """A number, what it counts ("fail in 1,000"; "" where the number says that itself), and its target; "" where it has none."""

    number: str
    unit: str
    target: str


def counts_failures(unit: str | None, better: str | None, near: float | None) -> bool:
    """Whether the failures are said, of a KPI that is as high as `near`."""
    return unit == "share" and better == "up" and near is not None and near >= NEARLY_ALL


def failures(share: float) -> float:
    """Of 1,000, those that are missing from a share."""
    return round(PER * (1 - share), 9)


def kpi_words(value: float, target: float | None, unit: str | None, better: str | None, theme: Theme) -> KpiWords:
    """A KPI beside its target, both in the same unit."""
    if counts_failures(unit, better, value):
        aim = "" if target is None else f"≤\u00a0{failures_words(target, theme)}"
        return KpiWords(failures_words(value, theme), f"fail in {theme.whole(PER)}", aim)
    return KpiWords(value_words(value, unit, theme), "", "" if target is None else _target_words(target, unit, theme))


def failures_words(share: float, theme: Theme) -> str:
    """Failures in 1,000: 72, 9.8."""
    fail = round(failures(share), 1)
    return theme.whole(fail) if fail >= 10 or fail == round(fail) else theme.decimal(fail)


def value_words(value: float, unit: str | None, theme: Theme) -> str:
    """A KPI's value in its own unit: 92.7%, 4.2."""
    return theme.share(value, 1) if unit == "share" else theme.decimal(value)


def _target_words(target: float, unit: str | None, theme: Theme) -> str:
    is_whole = unit == "share" and round(100 * target, 6).is_integer()
    return theme.share(target) if is_whole else value_words(target, unit, theme)
