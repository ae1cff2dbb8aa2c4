"""What the demo company commits to: a roster of the few, and teams on their five steps, one of them to its reward."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from wallboard.demo.words import read_words
from wallboard.lifecycle.decisions import ADOPTED, Settle
from wallboard.lifecycle.initiatives import FINISHED, Finish
from wallboard.lifecycle.roster import BARRIER, REMOVED
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import touchpoint_states
from wallboard.records import decisions, initiatives, ratings, roster, sessions, teams
from wallboard.records.acting import Acting
from wallboard.records.decisions import Proposal, one_decision
from wallboard.records.opportunities import Idea, propose, report
from wallboard.records.recognitions import recognise
from wallboard.records.roster import Target
from wallboard.records.sessions import Plan, one_session
from wallboard.records.stage_evidence import artefacts_at, voices_at
from wallboard.records.teams import Task, experiences_of, one_team
from wallboard.screens.console.team_rule import frozen_now, verdict_now
from wallboard.store.lookups import touchpoint_stages
from wallboard.store.schema import user_account
from wallboard.voting import SELECTION

FIRST = 200_000
"""Number of the first event, after all others of the same instant."""

BEFORE_OPENING = timedelta(hours=2)
"""How long before the room opens that happens which happens on the as-of day itself."""

EARLY = timedelta(minutes=70)
"""How long before it comes to the roster leaders meet to vote on it."""

_By = Callable[[str, datetime], Acting]
_Words = Mapping[str, Any]
_Event = tuple[datetime, int, Callable[[datetime], None]]


@dataclass
class _Roster:
    """Who acts, and the numbers of what they have written so far, by its key."""

    by: _By
    opportunities: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    initiatives: dict[str, int] = field(default_factory=dict)


def team_events(by: _By, moment: Callable[[int, int], datetime]) -> Iterator[_Event]:
    """Everything that happens to the roster and its teams, with its instant, as `moment` gives it for days ago and a place."""
    words, on = read_words("teams"), _Roster(by)
    happens = [*_items(on, words["item"]), *_teams(on, words["team"]), *_others(on, words)]
    for number, (ago, nth, act) in enumerate(happens):
        yield moment(ago, nth) - (timedelta() if ago else BEFORE_OPENING), FIRST + number, act


_Happening = tuple[int, int, Callable[[datetime], None]]


def _items(on: _Roster, items: list[_Words]) -> Iterator[_Happening]:
    for item in items:
        yield item["proposed"], 0, lambda when, item=item: _propose(on, item, when)  # type: ignore[misc]
        yield item["on"], 0, lambda when, item=item: _select(on, item, when)  # type: ignore[misc]
        if "barrier" in item:
            yield item["barrier"]["ago"], 0, lambda when, item=item: _hinder(on, item, when)  # type: ignore[misc]
        if "off" in item:
            yield item["off"], 0, lambda when, item=item: _remove(on, item, when)  # type: ignore[misc]


def _teams(on: _Roster, tasked: list[_Words]) -> Iterator[_Happening]:
    for team in tasked:
        yield team["on"], 1, lambda when, team=team: _task(on, team, when)  # type: ignore[misc]
        for place, step in enumerate(team["steps"]):
            nth = sum(before["ago"] == step["ago"] for before in team["steps"][:place])
            yield step["ago"], nth, lambda when, team=team, step=step: _STEPS[step["do"]](on, team, step, when)  # type: ignore[misc]


def _others(on: _Roster, words: _Words) -> Iterator[_Happening]:
    for started in words["initiative"]:
        yield started["ago"], 1, lambda when, started=started: _start(on, started, when)  # type: ignore[misc]
        if "finished" in started:
            yield started["finished"]["ago"], 1, lambda when, started=started: _finish(on, started, when)  # type: ignore[misc]
    for praised in words["recognised"]:
        yield praised["ago"], 1, lambda when, praised=praised: _recognise(on, praised, when)  # type: ignore[misc]


def _user(act: Acting, login: str) -> int:
    return int(act.connection.scalars(select(user_account.c.id).where(user_account.c.login == login)).one())


def _propose(on: _Roster, item: _Words, when: datetime) -> None:
    act = on.by(item["by"], when)
    idea = Idea("improve", "customer", item["title"], item["stage"])
    number = on.opportunities[item["key"]] = propose(act, item.get("perimeter", "all"), idea)
    ratings.rate(act, number, item["impact"], item["effort"])
    ratings.count_votes(act, number, item["votes"], item["asked"])


def _select(on: _Roster, item: _Words, when: datetime) -> None:
    act = on.by(item["chosen_by"], when)
    target = Target(issue_type=item["kind"], less_by=item["less_by"], due_on=(when + timedelta(days=item["due"])).date())
    chosen = on.opportunities[item["key"]]
    _vote(on, item, chosen, when)
    on.items[item["key"]] = roster.select_opportunity(act, chosen, _user(act, item["sponsor"]), target)


def _vote(on: _Roster, item: _Words, chosen: int, when: datetime) -> None:
    """The leaders meet before the room opens, and vote."""

    def at(minutes: int, login: str = "imogen") -> Acting:
        return on.by(login, when - EARLY + timedelta(minutes=minutes))

    leaders, dissent = ("ana", "chloe", "ines"), item.get("against", ())
    what = Plan(perimeter="all", kind="working session", title="Which few come first?", minutes=30)
    number = sessions.plan(at(0), what, when - EARLY + timedelta(minutes=5))
    sessions.take_seen(at(5), number, "begun", one_session(at(5).connection, number).life.seq)
    for login in leaders:
        sessions.attend(at(6, login), number, _user(at(6), login))
    review = (when + timedelta(days=180)).date()
    words = {"words": item["title"], "implications": item["means"], "review_on": review}
    decided = decisions.propose(at(7), number, Proposal(kind=SELECTION, opportunity=chosen, **words))
    for login in leaders:
        decisions.vote(at(20, login), decided, _user(at(20), login), "no" if login in dissent else "yes")
    decisions.take_form(at(21), ADOPTED, decided, one_decision(at(21).connection, decided).life.seq, Settle())
    for login in leaders:
        sessions.leave_uncommitted(at(25, login), number, _user(at(25), login), "The sponsor answers for it.")
    sessions.take_seen(at(30), number, "ended", one_session(at(30).connection, number).life.seq)


def _hinder(on: _Roster, item: _Words, when: datetime) -> None:
    act, number = on.by(item["barrier"]["by"], when), on.items[item["key"]]
    seen = roster.one_item(act.connection, number).life.seq
    roster.take_form(act, BARRIER, number, seen, BARRIER.form.read(item["barrier"]))  # type: ignore[union-attr]


def _remove(on: _Roster, item: _Words, when: datetime) -> None:
    act, number = on.by(item["chosen_by"], when), on.items[item["key"]]
    seen = roster.one_item(act.connection, number).life.seq
    roster.take_form(act, REMOVED, number, seen, REMOVED.form.read({"words": item["off_words"]}))  # type: ignore[union-attr]


def _start(on: _Roster, started: _Words, when: datetime) -> None:
    act = on.by(started["by"], when)
    if started["touchpoint"] in touchpoint_stages(act.connection):
        there = _complaints(act, started)
        made = initiatives.start(act, started["title"], started["function"], started["touchpoint"], complaints=there)
        on.initiatives[started["title"]] = made


def _finish(on: _Roster, started: _Words, when: datetime) -> None:
    number = on.initiatives.get(started["title"])
    if number is not None:
        act, finish = on.by(started["by"], when), Finish.read(started["finished"])
        seen = initiatives.one_initiative(act.connection, number).life.seq
        initiatives.take_form(act, FINISHED, number, seen, finish, complaints_now=_complaints(act, started))


def _complaints(act: Acting, started: _Words) -> int | None:
    """What is measured where an initiative works, as somebody acts."""
    states = touchpoint_states(act.connection, Scope.of(act.settings, act.at))
    return next((row.complaints for row in states if row.touchpoint == started["touchpoint"]), None)


def _recognise(on: _Roster, praised: _Words, when: datetime) -> None:
    act = on.by(praised["by"], when)
    recognise(act, praised["words"], (when + timedelta(days=praised["shown"])).date(), user=_user(act, praised["who"]))


def _task(on: _Roster, team: _Words, when: datetime) -> None:
    act = on.by("imogen", when)
    what = Task(
        name=team["name"],
        reward=team["reward"],
        step_days=team["days"],
        pace=team.get("pace"),
        pilot=team.get("pilot", False),
    )
    number = on.teams[team["name"]] = teams.task(act, on.items[team["item"]], what)
    for member in team["member"]:
        says = {"user_id": _user(act, member["who"]), "how": member["how"], "share": member["share"]}
        teams.take(act, "member", number, one_team(act.connection, number).life.seq, **says)


def _take(on: _Roster, team: _Words, kind: str, login: str, when: datetime, refers: int | None = None, **says: Any) -> None:
    act, number = on.by(login, when), on.teams[team["name"]]
    teams.take(act, kind, number, one_team(act.connection, number).life.seq, refers, **says)


def _presented(on: _Roster, step: _Words, when: datetime) -> dict[str, int]:
    act = on.by(step["who"], when)
    return {"user_id": _user(act, step["who"])}


def _experience(on: _Roster, team: _Words, step: _Words, when: datetime) -> None:
    """What customers experience, on the newest complaint and the first artefact of the stage by then."""
    act, view = on.by(step["who"], when), one_team(on.by(step["who"], when).connection, on.teams[team["name"]])
    item = next(item for item in read_words("teams")["item"] if item["key"] == team["item"])
    today, place = act.day(view.perimeter), item["stage"]
    voice, thing = voices_at(act.connection, place, today)[0], artefacts_at(act.connection, place, today)[0]
    report(act, view.opportunity, place, step["words"], (voice.source, voice.key), thing.number)
    made = experiences_of(act.connection, view.number)[0][0]
    _take(on, team, "experienced", step["who"], when, experience=made, **_presented(on, step, when))


def _causes(on: _Roster, team: _Words, step: _Words, when: datetime) -> None:
    act = on.by(step["who"], when)
    frozen = frozen_now(act.connection, act.settings, when, one_team(act.connection, on.teams[team["name"]]))
    presented = _presented(on, step, when)
    _take(on, team, "analysed", step["who"], when, words=step["words"], how=step["how"], **presented, **frozen)


def _recommend(on: _Roster, team: _Words, step: _Words, when: datetime) -> None:
    act = on.by(step["who"], when)
    says = {"words": step["words"], "note": step["note"], "budget": step["budget"], "currency": act.settings.currency}
    _take(on, team, "recommended", step["who"], when, **says, **_presented(on, step, when))


def _grant(on: _Roster, team: _Words, step: _Words, when: datetime) -> None:
    """Every recommendation that waits."""
    view = one_team(on.by(step["by"], when).connection, on.teams[team["name"]])
    for waiting in view.life.undecided:
        _take(on, team, "granted", step["by"], when, waiting.seq, words=step["words"])


def _act(on: _Roster, team: _Words, step: _Words, when: datetime) -> None:
    _take(on, team, "acted", step["who"], when, words=step["words"], **_presented(on, step, when))


def _check(on: _Roster, team: _Words, step: _Words, when: datetime) -> None:
    act = on.by(step["by"], when)
    verdict = verdict_now(act.connection, act.settings, when, one_team(act.connection, on.teams[team["name"]]))
    _take(on, team, "checked", step["by"], when, **verdict)


def _reward(on: _Roster, team: _Words, step: _Words, when: datetime) -> None:
    """The reward, where the rule says that complaints descend: it is asked for, not scripted."""
    life = one_team(on.by(step["by"], when).connection, on.teams[team["name"]]).life
    newest = life.newest("checked")
    if newest is not None and newest.verdict == "descending":
        until = (when + timedelta(days=step["shown"])).date()
        _take(on, team, "rewarded", step["by"], when, words=step["words"], due_on=until, unchanged=True)


def _disband(on: _Roster, team: _Words, step: _Words, when: datetime) -> None:
    _take(on, team, "disbanded", step["by"], when, words=step["words"])


_STEPS: Mapping[str, Callable[[_Roster, _Words, _Words, datetime], None]] = {
    "experience": _experience, "causes": _causes, "recommend": _recommend, "grant": _grant, "act": _act, "check": _check,
    "reward": _reward, "disband": _disband,
}  # fmt: skip
