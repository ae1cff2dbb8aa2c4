"""The colours of both palettes: one good, one watch and one bad, which differ in brightness and not in hue alone."""

from dataclasses import replace
from itertools import product

import pytest

from tests.panels.words import THEME
from wallboard.drawing.theme import PALETTES, TONES, VERDICTS, palette_rules


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    dark, light = sorted([luminance(first), luminance(second)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES)
def test_watch_and_trouble_differ_in_brightness(palette: str) -> None:
    colours = PALETTES[palette]
    assert contrast(colours["watch"], colours["bad"]) >= 1.5


@pytest.mark.parametrize(("palette", "ground", "verdict"), list(product(PALETTES, ("ground", "panel"), VERDICTS)))
def test_a_verdict_can_be_read_on_every_ground(palette: str, ground: str, verdict: str) -> None:
    assert contrast(PALETTES[palette][verdict], PALETTES[palette][ground]) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
def test_every_tone_is_a_verdict_and_calm_where_nothing_is_judged(palette: str) -> None:
    judged, calm = (replace(THEME, palette=palette, judged=judges).colours for judges in (True, False))
    assert all(judged[tone] == PALETTES[palette][verdict] for tone, verdict in TONES.items())
    assert {calm[name] for name in (*VERDICTS, *TONES)} == {PALETTES[palette]["calm"]}


def test_each_page_gets_both_palettes() -> None:
    dark, light = palette_rules().splitlines()
    assert dark.startswith(":root {") and light.startswith(".light {")
    assert all(f"--{name}: {colour};" in light for name, colour in PALETTES["light"].items())
