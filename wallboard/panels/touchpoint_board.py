"""One touchpoint on one board: what the customer gets, how well it is done, what they say, and who answers for it.

The pictures of packaging or letters stand beside the KPIs against their targets, complaints per 1,000, the survey score with n
and interval, the owner and the promise. For leaders, from four metres.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.evidence import stale_only
from wallboard.drawing.marks import bar, nothing, said, shape
from wallboard.drawing.scale import Scale
from wallboard.drawing.scores import on_scale, score_words
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import STAGES
from wallboard.metrics.complaints import complaint_rate
from wallboard.metrics.frames import frame
from wallboard.metrics.journey import journey_map
from wallboard.metrics.kpis import kpi_board
from wallboard.metrics.media import touchpoint_media
from wallboard.metrics.scope import Scope
from wallboard.metrics.scores import scores
from wallboard.metrics.states import WORST_FIRST
from wallboard.metrics.touchpoints import READS, touchpoint_states
from wallboard.metrics.voices import verbatims
from wallboard.panel import COMPLAINT_FEED, Connection, Frames, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

NEARLY_ALL = 0.9
"""From here on the failures are drawn instead of the share."""

MISSED_FIRST = {False: 0, True: 1, None: 2}
SEEN = ("packaging", "communication", "screenshot", "paperwork")

WITHOUT_RATE = {"no cases": "nobody was there who could complain", "too few": "too few were there for a rate"}


class Options(Base):
    """Which touchpoint."""

    touchpoint: str | None = Field(None, description="the touchpoint's key; without it a priority one, the worst first")
    nth: int = Field(1, ge=1, le=9, description="which of the priority touchpoints, where none is named")
    weeks: int = Field(4, ge=1, le=26, description="complete weeks behind the KPIs and the complaints")
    kpis: int = Field(2, ge=1, le=4, description="KPIs to show, those with a missed target first")
    letters: int = Field(80, ge=20, le=200, description="longest quote before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Everything known about the touchpoint."""
    places, states = journey_map(connection, scope), touchpoint_states(connection, scope)
    at = options.touchpoint or _chosen(states, options.nth)
    if at is None:
        return {"place": places.head(0)}
    return {
        "place": places[places["touchpoint"] == at],
        "state": states[states["touchpoint"] == at],
        "kpis": kpi_board(connection, scope, touchpoint=at, weeks=options.weeks),
        "complaints": frame(complaint_rate(connection, scope, touchpoint=at, weeks=options.weeks), complaint_rate),
        "scores": scores(connection, scope, touchpoint=at),
        "media": touchpoint_media(connection, scope, touchpoint=at),
        "voices": verbatims(connection, scope, touchpoint=at, limit=1, longest=options.letters, state=_state_of(states, at)),
    }


def _state_of(states: pd.DataFrame, at: str) -> str:
    return "".join(states.loc[states["touchpoint"] == at, "state"])


def _chosen(states: pd.DataFrame, nth: int) -> str | None:
    """The nth touchpoint: those declared a priority before the others, the worst first; None where there are fewer."""
    worst = states["state"].map(WORST_FIRST.index)
    ordered = states.assign(rest=~states["priority"].fillna(False).astype(bool), worst=worst)
    keys = ordered.sort_values(["rest", "worst"], kind="stable")["touchpoint"].tolist()
    return str(keys[nth - 1]) if nth <= len(keys) else None


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """Three columns: what they get, how well, who."""
    if frames["place"].empty:
        return Picture("", nothing(_missing(options)))
    place = frames["place"].iloc[0]
    columns = [
        _seen(frames, options, theme),
        html.Div(_measures(frames, options, theme), className="kpis"),
        _answers(place, frames, theme, named=options.touchpoint is None),
    ]
    return Picture("", html.Div(columns, className="point"))


def _missing(options: Options) -> str:
    if options.touchpoint:
        return f"There is no touchpoint '{options.touchpoint}' in the journey: name another."
    if options.nth == 1:
        return "The journey has stages, and no touchpoint at any of them."
    return f"The journey has fewer than {options.nth} touchpoints."


def _seen(frames: Frames, options: Options, theme: Theme) -> Component:
    pictures = frames["media"][frames["media"]["kind"].isin(SEEN) & frames["media"]["playable"]]
    parts: list[Component] = []
    if pictures.empty:
        parts.append(html.P("no picture collected", className="empty"))
    else:
        one = pictures.sort_values("kind", key=lambda kinds: kinds.map(SEEN.index), kind="stable").iloc[0]
        when = f", {theme.day(one['captured_on'])}" if one["captured_on"] else ""
        parts += [
            html.Img(src=f"/media/{one['media']}", alt=one["caption"] or ""),
            html.P(f"{one['caption'] or ''}{when}", className="quiet small"),
        ]
    voices = frames["voices"]
    if len(voices):
        voice = voices.iloc[0]
        old = stale_only(voice["day"], voice["stale"], theme)
        parts.append(html.Div([*said(crop(str(voice["words"]), options.letters)), *old], className="quote"))
    return html.Div(parts, className="seen")


def _measures(frames: Frames, options: Options, theme: Theme) -> list[Component]:
    kpis = [row for _, row in frames["kpis"].iterrows()]
    chosen = sorted(kpis, key=lambda kpi: MISSED_FIRST[kpi["meets"]])[: theme.rows(options.kpis)]
    rows: list[Component] = [_kpi(row, theme) for row in chosen]
    if left := len(kpis) - len(chosen):
        rows.append(html.P(f"and {theme.whole(left)} more {'KPI' if left == 1 else 'KPIs'}", className="quiet small"))
    rows += [_complaints(row, theme) for _, row in frames["complaints"].head(1).iterrows()]
    rows += [_score(row, theme) for _, row in frames["scores"].head(1).iterrows()]
    return rows or [html.P("not measured", className="empty")]


def _kpi(row: "pd.Series[Any]", theme: Theme) -> Component:
    cases = theme.plural(int(row["denominator"] or 0), "case", "cases")
    if row["state"] != "measured":
        return _line(row["name"], row["state"], "quiet", None, cases if row["state"] == "too few" else "")
    is_share = row["unit"] == "share"
    value = theme.share(row["value"], 1) if is_share else theme.decimal(row["value"])
    tone = {True: "good", False: "loss"}.get(row["meets"], "calm")
    target = row["target"]
    goal = None if pd.isna(target) else float(target)
    said = "" if tone == "calm" else tone
    if is_share and row["better"] == "up" and row["value"] >= NEARLY_ALL:
        return _line(row["name"], value, said, *_failures(1 - row["value"], None if goal is None else 1 - goal, tone, row, theme))
    aim = "" if goal is None else f"target {theme.share(goal) if is_share else theme.decimal(goal)} · "
    drawn = bar(Scale("share", 1.0), row["value"], tone, goal) if is_share else None
    return _line(row["name"], value, said, drawn, f"{aim}{cases}")


def _failures(missed: float, allowed: float | None, tone: str, row: "pd.Series[Any]", theme: Theme) -> tuple[Component, str]:
    """Of a share near to all, those that are missing from it, in 1,000: there a bar from nothing to all shows no difference."""
    fails, limit = 1000 * missed, None if allowed is None else 1000 * allowed
    scale = Scale.over(f"failures in 1,000: {row['name']}", [1.25 * fails, 1.25 * (limit or 0.0)])
    aim = "" if limit is None else f", aim {_per_1000(limit, theme)}"
    n = theme.whole(int(row["denominator"]))
    return bar(scale, fails, tone, limit), f"{_per_1000(fails, theme)} in 1,000 fail{aim} · n\u00a0{n}"


def _per_1000(number: float, theme: Theme) -> str:
    rounded = round(number, 1)
    return theme.whole(rounded) if rounded >= 10 or rounded == round(rounded) else theme.decimal(rounded)


def _complaints(row: "pd.Series[Any]", theme: Theme) -> Component:
    if row["complaints"] is None:
        return _line("Complaints", "not measured", "quiet", None, "nothing is loaded of these weeks")
    if row["state"] != "measured":
        why = "a rate is not known: exposure missing" if row["exposure"] is None else WITHOUT_RATE[row["state"]]
        return _line("Complaints", theme.whole(int(row["complaints"])), "", None, why)
    now, before = row["per_1000"], row["previous_per_1000"]
    was = f"{theme.decimal(before)} in the weeks before" if pd.notna(before) else "not known before"
    top = max(now, before if pd.notna(before) else 0) * 1.5 or 1
    drawn = bar(Scale("complaints per 1,000", top), now, "calm", before if pd.notna(before) else None)
    return _line(f"Complaints per 1,000 {row['exposure_kind']}", theme.decimal(now), "", drawn, was)


def _score(row: "pd.Series[Any]", theme: Theme) -> Component:
    value, band, within = score_words(row, theme)
    tone = "loss" if row["judged"] in ("attention", "watch") else "calm"
    drawn = None if within is None else on_scale(row)
    return _line("What they score it", value, "" if tone == "calm" else tone, drawn, band)


def _line(name: str, value: str, tone: str, drawn: Component | None, below: str) -> Component:
    parts = [html.Span(name), html.B(value, className=f"number {tone}")]
    return html.Div([*parts, *([drawn] if drawn else []), html.Span(below, className="below")], className="kpi")


def _answers(place: "pd.Series[Any]", frames: Frames, theme: Theme, *, named: bool) -> Component:
    """Who answers; `named` where the title of the scene cannot say at which touchpoint."""
    owner = html.P(place["owner"], className="name") if place["owner"] else html.P("nobody yet", className="name alert")
    team = ", with ".join(part for part in (place["function"], place["supplier"]) if part)
    which = [html.P(f"“{place['touchpoint_name']}”", className="name", dir="auto")] if named else []
    parts: list[Component] = [html.Div([*which, html.P("answers for it", className="quiet"), owner, html.P(team)])]
    if place["promised"]:
        due = place["promised_by"]
        days = (due - theme.today).days if due else None
        parts.append(
            html.Div(
                [html.P("promised", className="quiet"), html.P(html.B(place["promised"])), _due(days, theme)], className="card"
            )
        )
    else:
        parts.append(html.Div([html.P("promised", className="quiet"), html.P("nothing yet")], className="card"))
    if len(frames["state"]):
        state = frames["state"].iloc[0]
        parts.append(html.Div([html.P([shape(state["state"]), " ", html.B(_state_word(state["state"]))])]))
    return html.Div(parts, className="answers")


def _due(days: int | None, theme: Theme) -> Component:
    if days is None:
        return html.P("no date", className="quiet")
    if days < 0:
        return html.P([shape("attention"), f" {theme.plural(-days, 'day', 'days')} late"], className="alert")
    return html.P([shape("watch" if days < 30 else "good"), f" due in {theme.plural(days, 'day', 'days')}"])


def _state_word(state: str) -> str:
    return {"good": "as it should be", "watch": "watch it", "attention": "needs attention"}.get(state, state)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(*READS, "issue_type", "survey_response", "media"),
    bare=True,
    feeds=(COMPLAINT_FEED, JudgedFeed("touchpoint_kpis"), JudgedFeed("survey_responses")),
    subject="What customers meet here",
    needs=((STAGES,),),
    timeless="it describes the journey; each number in it has its own state",
)
