"""The room's Plotly template: whatever a figure leaves open is set so that it can be read from the reader's distance."""

import re
import sys
from dataclasses import replace
from functools import cache
from importlib import import_module

from wallboard.drawing.numbers import locale_of
from wallboard.drawing.theme import PALETTES, Theme

LINE = 6
"""Thickness of a data line in canvas pixels."""

SERIES = ("accent", "watch", "bad", "quiet", "calm")
"""The colours of series that say nothing about theirs, in order."""

_CLEAR = "rgba(0,0,0,0)"


def template(theme: Theme) -> dict[str, object]:
    """The defaults of every figure on one screen: type scale, palette, few ticks, dates as the reader writes them."""
    colours, small = theme.colours, theme.size("quiet")
    axis = {
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "separatethousands": True,
        "ticklabeloverflow": "allow",
        "tickfont": {"size": small, "color": colours["quiet"]},
        "title": {"font": {"size": small, "color": colours["quiet"]}, "standoff": 18},
    }
    layout = {
        "font": {"family": "Inter", "size": small, "color": colours["ink"]},
        "paper_bgcolor": _CLEAR,
        "plot_bgcolor": _CLEAR,
        "colorway": [colours[name] for name in SERIES],
        "margin": {"l": 8, "r": 8, "t": 12, "b": 8, "pad": 6},
        "bargap": 0.24,
        "hovermode": False,
        "uniformtext": {"mode": "hide", "minsize": small},
        "title": {"font": {"size": theme.size("text")}, "automargin": True, "x": 0, "xanchor": "left", "yref": "container"},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "title": {"text": ""}},
        "xaxis": {
            **axis,
            "nticks": 4,
            "tickangle": 0,
            "tickformatstops": _date_ticks(theme.locale),
            "showline": True,
            "linecolor": colours["line"],
            "linewidth": 4,
        },
        "yaxis": {**axis, "nticks": 5, "rangemode": "tozero", "showgrid": True, "gridcolor": colours["line"], "gridwidth": 2},
        "annotationdefaults": {"showarrow": False, "font": {"size": small}},
        "shapedefaults": {"line": {"width": 0}},
    }
    plain_bar = {"marker": {"line": {"width": 0}}}
    traces = {"scatter": [{"line": {"width": LINE}, "marker": {"size": 2.5 * LINE}}], "bar": [plain_bar]}
    return {"layout": layout, "data": traces}


@cache
def locale_format(locale: str) -> dict[str, object]:
    """Names of months and days and the separators of a locale, as plotly.js takes them (d3-format, d3-time-format)."""
    known = locale_of(locale)
    months, days = known.months["format"], known.days["format"]
    from_sunday = (6, 0, 1, 2, 3, 4, 5)
    symbols = known.number_symbols.get("latn", known.number_symbols)
    return {
        "months": [months["wide"][n] for n in range(1, 13)],
        "shortMonths": [months["abbreviated"][n] for n in range(1, 13)],
        "days": [days["wide"][n] for n in from_sunday],
        "shortDays": [days["abbreviated"][n] for n in from_sunday],
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
    }


@cache
def _date_ticks(locale: str) -> list[dict[str, object]]:
    """How ticks days, months and years apart are written, the year once; only items with names take part in a template."""
    year = _d3(locale, "y")
    steps = ((None, "M1", f"{_d3(locale, 'MMMd')}\n{year}"), ("M1", "M12", f"{_d3(locale, 'MMM')}\n{year}"), ("M12", None, year))
    return [{"name": form, "dtickrange": [low, high], "value": form} for low, high, form in steps]


def _d3(locale: str, skeleton: str) -> str:
    """The pattern of a skeleton such as MMMd as d3-time-format writes it: %-d %b."""
    names = {"MMMM": "%B", "MMM": "%b", "M": "%-m", "d": "%-d", "y": "%Y"}
    pattern = locale_of(locale).datetime_skeletons[skeleton].pattern
    return re.sub(r"M+|L+|d+|y+|'([^']*)'", lambda part: part[1] or names.get(part[0].replace("L", "M"), part[0]), pattern)


def register(theme: Theme) -> None:
    """Give Plotly the template of each theme by name (room_dark, room_light), the room's own as its default."""
    io = import_module("plotly.io")
    for palette in PALETTES:
        io.templates[f"room_{palette}"] = template(replace(theme, palette=palette))
    io.templates.default = f"room_{theme.palette}"


def wanted() -> bool:
    """Whether a panel draws with Plotly Express, which writes the default template's colours into its figures (10 MB)."""
    return "plotly.express" in sys.modules
