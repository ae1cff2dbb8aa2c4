"""Writes the advance widths of the room's typeface into wallboard/drawing/advances.json: `python -m bench.advances`."""

from pathlib import Path

import fontpkg_inter
import orjson
from fontTools.ttLib import TTFont
from fontTools.varLib.models import normalizeLocation, piecewiseLinearMap
from fontTools.varLib.varStore import VarStoreInstancer

from wallboard.drawing.text_width import ADVANCES, BOLD, LIGHT, Advances

LARGE = 32
"""The optical size of all type on a wall: the largest."""

LAST = 0x2FFF
"""No letter of an alphabet lies behind it."""


def measured() -> dict[str, Advances]:
    """The advance of each letter of the font that is served, and of those that are wider in columns of numbers."""
    with TTFont(Path(fontpkg_inter.ROOT) / "files" / "Inter[opsz,wght].ttf", lazy=True) as font:
        letters = {code: name for code, name in font.getBestCmap().items() if 0x20 <= code <= LAST}
        forms = _tabular(font)
        light, bold = (_at(font, [*letters.values(), *forms.values()], weight) for weight in (LIGHT, BOLD))
        advances = {chr(code): (light[name], bold[name]) for code, name in letters.items()}
        tabular = {chr(code): forms[name] for code, name in letters.items() if name in forms}
        return {"letters": advances, "tabular": {letter: (light[name], bold[name]) for letter, name in tabular.items()}}


def _tabular(font: TTFont) -> dict[str, str]:
    """The glyphs that stand in columns of numbers (OpenType `tnum`) by those for which they stand."""
    table = font["GSUB"].table
    lookups = {n for each in table.FeatureList.FeatureRecord if each.FeatureTag == "tnum" for n in each.Feature.LookupListIndex}
    parts = [getattr(part, "ExtSubTable", part) for n in lookups for part in table.LookupList.Lookup[n].SubTable]
    return {name: other for part in parts for name, other in part.mapping.items()}


def _at(font: TTFont, glyphs: list[str], weight: int) -> dict[str, int]:
    axes = {axis.axisTag: (axis.minValue, axis.defaultValue, axis.maxValue) for axis in font["fvar"].axes}
    place = normalizeLocation({"wght": weight, "opsz": LARGE}, axes)
    place = {axis: piecewiseLinearMap(value, font["avar"].segments[axis]) for axis, value in place.items()}
    deltas, where = font["HVAR"].table, font["HVAR"].table.AdvWidthMap.mapping
    varied = VarStoreInstancer(deltas.VarStore, font["fvar"].axes, place)
    per_em = font["head"].unitsPerEm
    return {name: round((font["hmtx"][name][0] + varied[where[name]]) / per_em * 1000) for name in glyphs}


if __name__ == "__main__":
    ADVANCES.write_bytes(orjson.dumps(measured(), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE))
