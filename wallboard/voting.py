"""By which rule each kind of decision is taken: the share of yes, how many vote, from how many functions, and which roles."""

import re
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

Voter = Literal["facilitator", "leader", "president"]


_SHARE = re.compile(r"(\d{1,3}) ?(?:%|/ ?([1-9]\d{0,2}))")


def _share(text: str) -> str:
    if _SHARE.fullmatch(text) is None:
        raise ValueError('is not a share. Write a fraction or per cent, such as "2/3" or "67 %".')
    if not Fraction(1, 2) <= Fraction(*_parts(text)) <= 1:
        raise ValueError("is not from one half to all. Fewer yes than no decide nothing.")
    return text


def _parts(text: str) -> tuple[int, int]:
    yes, of = _SHARE.findall(text)[0]
    return int(yes), int(of or 100)


class DecisionRule(BaseModel):
    """The rule of one kind of decision."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    share: Annotated[str, AfterValidator(_share)] = Field(
        "51 %", description='share of yes among yes and no: a fraction or per cent, such as "2/3" or "67 %"'
    )
    quorum: int = Field(2, ge=1, le=99, description="how many must vote yes or no")
    functions: int = Field(2, ge=1, le=99, description="from how many functions their votes must come")
    vote: tuple[Voter, ...] = Field(("leader", "president"), min_length=1, description="the roles that vote on it")

    @field_validator("vote")
    @classmethod
    def _each_once(cls, vote: tuple[Voter, ...]) -> tuple[Voter, ...]:
        return tuple(dict.fromkeys(sorted(vote)))

    @property
    def parts(self) -> tuple[int, int]:
        """The share as it is written: of how many votes so many must be yes."""
        return _parts(self.share)


class SelectionRule(DecisionRule):
    """What puts an opportunity on the roster; no single voter and no single function selects one."""

    quorum: int = Field(2, ge=2, le=99, description="how many must vote yes or no")
    functions: int = Field(2, ge=2, le=99, description="from how many functions their votes must come")


class Decisions(BaseModel):
    """The rule of each kind of decision, by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    selection: SelectionRule = Field(
        SelectionRule(), alias="selection of an initiative", description="what puts an opportunity on the roster"
    )
    budget: DecisionRule = Field(DecisionRule(share="67 %"), description="money")
    initiatives: DecisionRule = Field(
        DecisionRule(), alias="start, stop or continue", description="what becomes of an initiative"
    )
    definition: DecisionRule = Field(
        DecisionRule(share="100 %"), alias="definition of a measure", description="how a measure is counted"
    )
    other: DecisionRule = Field(DecisionRule(quorum=1, functions=1), description="everything else")

    @model_validator(mode="before")
    @classmethod
    def _what_is_not_declared_stays(cls, declared: Any) -> Any:
        """A kind that says only a part of its rule keeps the rest of it."""
        if not isinstance(declared, dict):
            return declared
        plain = {field.alias or name: field.default for name, field in cls.model_fields.items()}
        known = {name: rule for name, rule in declared.items() if name in plain and isinstance(rule, dict)}
        return declared | {name: plain[name].model_dump() | rule for name, rule in known.items()}

    @property
    def by_name(self) -> dict[str, DecisionRule]:
        """The rule of each kind."""
        return {field.alias or name: getattr(self, name) for name, field in type(self).model_fields.items()}


NAMES = tuple(Decisions().by_name)
"""Every kind of decision."""

SELECTION = NAMES[0]
