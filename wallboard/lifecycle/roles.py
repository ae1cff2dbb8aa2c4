"""Who works in the room: each role once, with what it may do besides the steps of an issue, which name their roles themselves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """One role; `relays_only`: it relays issues and reads what becomes of them, and answers for none."""

    name: str
    may: tuple[str, ...]
    relays_only: bool = False


_EVERYBODY = ("relayed", "marked", "tried")
_TEAM = (*_EVERYBODY, "proposed", "learned", "reported")
_LEADS = (*_TEAM, "judged", "attendance", "guided", "reviewed", "recorded", "row_reviewed")

GUEST = Role("guest", _EVERYBODY, relays_only=True)
TEAM_MEMBER = Role("team member", _TEAM)
FACILITATOR = Role("facilitator", _LEADS)
LEADER = Role("leader", _LEADS)
PRESIDENT = Role("president", _LEADS)

ROLES: tuple[Role, ...] = (GUEST, TEAM_MEMBER, FACILITATOR, LEADER, PRESIDENT)
"""All of them, the president last."""

WORKS = tuple(role for role in ROLES if not role.relays_only)
"""Who works on issues."""

LEADS = (FACILITATOR, LEADER, PRESIDENT)
"""Who admits issues, names who answers for them, and decides."""

BY_NAME = {role.name: role for role in ROLES}
