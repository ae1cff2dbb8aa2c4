"""How things look on one screen: colours, sizes computed from the screen and its distance, and the reader's locale."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import pi, sqrt, tan

from wallboard.drawing.reader import Reader

CANVAS_HEIGHT = 1080
"""Every screen is drawn on a canvas this high and scaled to the glass, so that 4K is 1080p made finer."""

CAP_HEIGHT = 0.716
"""Height of a capital per em; Inter's is 0.727, so this errs to the larger side."""

DEFAULT_FLOOR = 41.1
"""The smallest legible size of the default screen, 55 inches at 4 metres, in canvas pixels."""

FLOOR_ARCMIN = 16

_SENTENCE = 1.16
SHARES = {"quiet": 1.0, "text": _SENTENCE, "title": 1.38} | {
    name: _SENTENCE * 2 ** (step / 2) for step, name in enumerate(("number", "large", "huge", "giant"), start=1)
}
"""Sizes of the type scale as multiples of the smallest legible size: quiet words, a sentence, the question of a scene; then four
sizes of numbers, two steps of which double. The large one is that of a headline number: twice its sentence."""

DARK = {
    "ground": "#101418",
    "panel": "#171d24",
    "line": "#2b3540",
    "ink": "#f3f6f8",
    "quiet": "#aab6c2",
    "calm": "#8392a1",
    "accent": "#56b4e9",
    "good": "#56b4e9",
    "watch": "#f2c84b",
    "bad": "#ff7f33",
    "alarm": "#b3261e",
}
LIGHT = {
    "ground": "#f4f1ea",
    "panel": "#fffdf8",
    "line": "#d5cfc2",
    "ink": "#15191d",
    "quiet": "#4c5660",
    "calm": "#5f6a74",
    "accent": "#005f9e",
    "good": "#005f9e",
    "watch": "#8f6600",
    "bad": "#961d00",
    "alarm": "#b3261e",
}
PALETTES = {"dark": DARK, "light": LIGHT}
VERDICTS = ("good", "watch", "bad")
"""The colours that say whether something is good or bad: of one brightness never, so that they differ without their hue too."""
TONES = {"gain": "good", "loss": "bad", "alert": "bad"}
"""What a direction or a fault means: a gain is good, a loss and a missed promise are bad."""


def smallest_legible(diagonal_in: float, distance_m: float, arcmin: float = FLOOR_ARCMIN) -> float:
    """Font size in canvas pixels whose capitals span `arcmin` at `distance_m` on a 16:9 panel (NUREG-0700, ISO 9241-3)."""
    image_height_mm = diagonal_in * 25.4 * 9 / sqrt(337)
    glyph_mm = 2 * distance_m * 1000 * tan(arcmin / 60 * pi / 180 / 2)
    return glyph_mm / (image_height_mm / CANVAS_HEIGHT) / CAP_HEIGHT


@dataclass(frozen=True)
class Theme(Reader):
    """Everything a drawing may depend on besides its numbers."""

    palette: str
    floor: float
    small_n: int = 10
    perimeters: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What each perimeter of the room is called."""
    judged: bool = True
    """False: without the colours that praise or warn, or could be taken for them."""

    @property
    def colours(self) -> dict[str, str]:
        """The palette's colours by their meaning."""
        colours = PALETTES[self.palette]
        colours = colours if self.judged else colours | dict.fromkeys((*VERDICTS, "accent"), colours["calm"])
        return colours | {tone: colours[meaning] for tone, meaning in TONES.items()}

    def size(self, name: str) -> int:
        """A size of the type scale in canvas pixels."""
        return round(self.floor * SHARES[name])

    def rows(self, at_default: int) -> int:
        """How many rows fit where `at_default` fit at the default screen and distance; never none."""
        return max(1, int(at_default * DEFAULT_FLOOR / max(self.floor, DEFAULT_FLOOR) + 1e-9))

    def tokens(self) -> dict[str, str]:
        """The CSS custom properties of this theme's type scale; its colours are those of the class of its palette."""
        return {f"--{name}-size": f"{self.floor * share:.1f}px" for name, share in SHARES.items()}


def palette_rules() -> str:
    """The CSS that gives every page its colours: the dark ones everywhere, the light ones within the class light."""
    return "".join(
        f"{where} {{ {' '.join(f'--{name}: {colour};' for name, colour in palette.items())} }}\n"
        for where, palette in ((":root", DARK), (".light", LIGHT))
    )
