"""What a person fills in for a step: a pydantic model makes the fields of the form and reads what was sent.

A field knows its label, the hint beside it, and what a refusal calls it (`about`). Every refusal is a RuleRefused that names it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from wallboard.errors import RuleRefused

LARGEST = 2**31 - 1
"""The largest number that a row may have."""


class Form(BaseModel):
    """The fields of one step, in the order in which they are asked for."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @classmethod
    def read(cls, sent: Mapping[str, object]) -> Self:
        """What a person has sent; raises RuleRefused with the first field that says too little."""
        given = {name: "" if sent.get(name) is None else sent[name] for name in cls.model_fields}
        about = {name: extra(cls, name).get("about", name) for name in cls.model_fields}
        return cls.model_validate(given, context=about)


def extra(form: type[Form], name: str) -> dict[str, Any]:
    """What a field says of itself besides its label and its hint."""
    more = form.model_fields[name].json_schema_extra
    return more if isinstance(more, dict) else {}


def form_field(control: str, label: str = "", about: str = "", hint: str = "", **more: Any) -> Any:
    """A field: the control that shows it (text, line, day, user, function, level, step, choice), its label, what a refusal
    calls it, and the hint beside it; `more` is for the control.
    """
    return Field(title=label, description=hint or None, json_schema_extra={"control": control, "about": about or label, **more})


def _about(info: ValidationInfo) -> str:
    known: Mapping[str, str] = info.context or {}
    return known.get(info.field_name or "", info.field_name or "")


def written(text: str) -> str | None:
    """A text as it was written, with the line ends that the room uses; None where nothing was."""
    return text.replace("\r\n", "\n").strip() or None


def chosen_number(text: str, about: str) -> int:
    """A whole number that a person has chosen."""
    digits = text.strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > len(str(LARGEST)) or int(digits) > LARGEST:
        what = f"'{digits[:40]}' is not known." if digits else "has not been chosen."
        raise RuleRefused(about, what, "Choose one from the list.")
    return int(digits)


def named_day(text: str, about: str) -> date:
    """A day that a person has named."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        what = "is not a date." if text.strip() else "has not been named."
        raise RuleRefused(about, what, "Write a date, such as 2026-06-30.") from None


def _text(value: object, info: ValidationInfo) -> object:
    if isinstance(value, str) and written(value) is None:
        raise RuleRefused(_about(info), "says nothing.", "Write it down.")
    return _note(value)


def _note(value: object) -> object:
    return written(value) if isinstance(value, str) else value


def _number(value: object, info: ValidationInfo) -> object:
    return chosen_number(value, _about(info)) if isinstance(value, str) else value


def _day(value: object, info: ValidationInfo) -> object:
    return named_day(value, _about(info)) if isinstance(value, str) else value


def _amount(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value
    try:
        amount = float(value.strip().replace(",", ""))
    except ValueError:
        what = f"'{value.strip()[:40]}' is not an amount." if value.strip() else "says nothing."
        raise RuleRefused(_about(info), what, "Write an amount, 0 where it costs nothing.") from None
    if not 0 <= amount < 1e12:
        raise RuleRefused(
            _about(info), f"{value.strip()[:40]} is not an amount that can be spent.", "Write it in full, 0 or more."
        )
    return amount


def _yes_or_no(value: object, info: ValidationInfo) -> object:
    if value not in (True, False, "yes", "no"):
        raise RuleRefused(_about(info), "says neither yes nor no.", "Ask the customer.")
    return value in (True, "yes")


def _key(value: object, info: ValidationInfo) -> object:
    if isinstance(value, str) and written(value) is None:
        raise RuleRefused(_about(info), "has not been chosen.", "Choose one from the list.")
    return _note(value)


Words = Annotated[str, BeforeValidator(_text)]
"""What must say something."""

Note = Annotated[str | None, BeforeValidator(_note)]
"""What may say something."""

Key = Annotated[str, BeforeValidator(_key)]
"""One of a list by its key."""

MaybeKey = Annotated[str | None, BeforeValidator(_note)]
"""One of a list by its key, or none."""

Number = Annotated[int, BeforeValidator(_number)]
"""One of a list by its number."""

Day = Annotated[date, BeforeValidator(_day)]
"""A day."""

Amount = Annotated[float, BeforeValidator(_amount)]
"""An amount of the room's money, 0 or more; blank is refused."""

YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
"""The customer's answer."""
