"""What makes and keeps a team: tasked by leaders, its members, its pace, and its end without a reward."""

from wallboard.lifecycle.forms import Form, Number, Words, form_field
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.roles import LEADS, WORKS

TASKED_BY_LEADERS, VOLUNTEER = "tasked", "volunteer"
"""How somebody came into a team."""

TASKED = StepKind(kind="tasked", follows=None, may=LEADS, title="Tasked", missing="there is no such team.")


class JoinTeam(Form):
    """Who joins a team, how, and with which share of their time."""

    user_id: Number = form_field("user", "Who joins the team?", "who joins")
    how: Words = form_field(
        "options",
        "How?",
        "how they join",
        options={TASKED_BY_LEADERS: "tasked by a leader", VOLUNTEER: "volunteers, in a pilot"},
    )
    share: Number = form_field("number", "What percentage of their time?", "the share of their time", most=100)


MEMBER = StepKind(
    kind="member",
    verb="join-team",
    follows="tasked",
    says=("user_id", "how", "share"),
    may=LEADS,
    form=JoinTeam,
    button="Add to the team",
    done="Added to the team.",
    title="Joined the team",
)


class LeaveTeam(Form):
    """Who leaves a team, and why."""

    user_id: Number = form_field("user", "Who leaves the team?", "who leaves")
    words: Words = form_field("line", "Why?", "the reason")


LEFT_TEAM = StepKind(
    kind="left_team",
    verb="leave-team",
    follows="tasked",
    says=("user_id", "words"),
    may=LEADS,
    form=LeaveTeam,
    button="Remove from the team",
    done="No longer in the team.",
    title="Left the team",
)


class Pace(Form):
    """How long a step shall take, and why."""

    step_days: Number = form_field("number", "How many days should each step take?", "the days of a step", most=120)
    words: Words = form_field("text", "Why?", "the reason", "the team has to agree")


PACED = StepKind(
    kind="paced",
    verb="pace-team",
    follows="tasked",
    says=("step_days", "words"),
    may=WORKS,
    form=Pace,
    button="Ask the team for another pace",
    done="Asked: it takes effect once the team agrees.",
    title="Another pace asked for",
    missing="nobody has asked for another pace.",
)


class Agree(Form):
    """That the team agrees to another pace."""

    refers: Number = form_field("step", about="which pace")


AGREED = StepKind(
    kind="agreed",
    verb="agree-pace",
    follows="paced",
    once=True,
    may=WORKS,
    form=Agree,
    button="The team agrees",
    done="Agreed: all coming steps follow it.",
    title="Agreed by the team",
)


class Disband(Form):
    """Why a team ends without a reward."""

    words: Words = form_field("text", "Why does the team end without a reward?", "the reason")


DISBANDED = StepKind(
    kind="disbanded",
    verb="disband-team",
    follows="tasked",
    says=("words",),
    once=True,
    may=LEADS,
    form=Disband,
    button="End the cycle",
    done="Ended, with the reason.",
    title="Ended without a reward",
)

KINDS = (TASKED, MEMBER, LEFT_TEAM, PACED, AGREED, DISBANDED)
