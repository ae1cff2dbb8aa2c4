"""The five steps that a team reports, from the current experience to the reward, each declared once.

The rule that decides on the reward is DR-1 (definitions, B.5): its baseline is frozen with the second report.
"""

from types import MappingProxyType

from wallboard.lifecycle.forms import Amount, Day, Form, Note, Number, Words, YesOrNo, form_field
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.roles import LEADS, WORKS

VERDICTS = ("descending", "rising", "no", "too little data", "too early")
"""What the rule may say."""

RUN, ENOUGH = 8, 20
"""Weeks since the actions began before which, and complaints of the baseline below which, the rule gives no verdict."""

_PRESENTS = {"control": "user", "label": "Which team member presents it?", "about": "who presents it"}


class Experience(Form):
    """The report of the current experience that becomes step one."""

    experience: Number = form_field("experience", "Which report of the current experience?", "the current experience")
    user_id: Number = form_field(**_PRESENTS)


EXPERIENCED = StepKind(
    kind="experienced",
    verb="report-step-1",
    follows="tasked",
    says=("experience", "user_id"),
    once=True,
    may=WORKS,
    form=Experience,
    button="Report step 1",
    hint="It needs a stage, a customer’s voice and an artefact: write it on the opportunity’s page.",
    done="Step 1 is reported.",
    title="Current experience reported",
    missing="step 1, the current experience, has not been reported.",
)


class Causes(Form):
    """Root causes and current measures: this freezes the baseline."""

    words: Words = form_field("text", "What are the root causes?", "the root causes", rows=4)
    how: Words = form_field("text", "What is measured today?", "the current measures")
    user_id: Number = form_field(**_PRESENTS)


ANALYSED = StepKind(
    kind="analysed",
    verb="report-step-2",
    follows="experienced",
    says=("words", "how", "user_id", "base_from", "base_to"),
    once=True,
    may=WORKS,
    form=Causes,
    button="Report step 2 and freeze the baseline",
    hint="The complaints of the last 24 complete weeks become the baseline. It is frozen once and never changed.",
    done="Step 2 is reported. The baseline is frozen.",
    title="Root causes reported, baseline frozen",
    missing="step 2, root causes and current measures, has not been reported.",
)


class Recommendation(Form):
    """One action with its budget."""

    words: Words = form_field("text", "What do you recommend?", "the recommendation")
    budget: Amount = form_field("line", "What does it cost?", "the budget", "0 if it costs nothing")
    note: Note = form_field("text", "What will change for customers?")
    user_id: Number = form_field(**_PRESENTS)


RECOMMENDED = StepKind(
    kind="recommended",
    verb="report-step-3",
    follows="analysed",
    says=("words", "budget", "currency", "user_id"),
    may=WORKS,
    form=Recommendation,
    button="Recommend it",
    done="Written down: leaders will decide.",
    title="Recommended, with its budget",
    missing="step 3, recommendations and budget, has not been reported.",
)


class Grant(Form):
    """That a recommendation gets its budget."""

    refers: Number = form_field("step", about="which recommendation")
    words: Words = form_field("line", "What is decided?", "the decision")


GRANTED = StepKind(
    kind="granted",
    verb="grant",
    follows="recommended",
    says=("words",),
    once=True,
    may=LEADS,
    form=Grant,
    button="Grant it",
    done="Granted: the team may begin.",
    title="Granted",
    missing="no recommendation has been granted.",
)


class Decline(Form):
    """Why a recommendation gets no budget."""

    refers: Number = form_field("step", about="which recommendation")
    words: Words = form_field("line", "Why not?", "the reason")


DECLINED = StepKind(
    kind="declined",
    verb="refuse-proposal",
    follows="recommended",
    says=("words",),
    once=True,
    may=LEADS,
    form=Decline,
    button="Decline it",
    done="Declined, with the reason.",
    title="Declined",
)


class Action(Form):
    """An action that has begun."""

    refers: Number = form_field("step", about="which grant")
    words: Words = form_field("text", "What has begun?", "what has begun")
    user_id: Number = form_field("user", "Which team member answers for it?", "who answers for it")


ACTED = StepKind(
    kind="acted",
    verb="report-step-4",
    follows="granted",
    says=("words", "user_id"),
    may=WORKS,
    form=Action,
    button="This action has begun",
    done="Begun. The rule watches the complaints from the next full week.",
    title="Action begun",
    missing="step 4, actions begun, has not been reported.",
)

CHECKED = StepKind(
    kind="checked",
    follows="acted",
    says=("rule", "version", "verdict"),
    may=WORKS,
    title="Checked by the rule",
    done="Checked; the result is kept with everything it rests on.",
    missing="the rule has not been asked.",
)


class Reward(Form):
    """That somebody outside the team confirms the reward."""

    refers: Number = form_field("step", about="which check")
    unchanged: YesOrNo = form_field(
        "choice",
        "Are channels, classification, exposure and the way we close complaints as they were?",
        "whether all else is unchanged",
    )
    words: Words = form_field("text", "What does the team get, and what for?", "the reward")
    due_on: Day = form_field("day", "Until when does the wall celebrate it?", "until when it is shown", within=366)


REWARDED = StepKind(
    kind="rewarded",
    verb="reward-team",
    follows="checked",
    says=("words", "due_on", "unchanged"),
    once=True,
    may=LEADS,
    form=Reward,
    button="Confirm the reward",
    hint="Somebody outside the team confirms it.",
    done="Rewarded. The wall celebrates the team.",
    title="Rewarded",
)

REPORTS = MappingProxyType(
    {
        "experienced": "current experience",
        "analysed": "root causes and measures",
        "recommended": "recommendations and budget",
        "acted": "actions begun",
        "rewarded": "reward",
    }
)
"""The five steps, by the kind that reports each."""

KINDS = (EXPERIENCED, ANALYSED, RECOMMENDED, GRANTED, DECLINED, ACTED, CHECKED, REWARDED)
