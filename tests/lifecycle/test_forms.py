"""What a form has sent is read as its declaration means it; whatever else it holds is refused with the field's name."""

from typing import Any

import pytest

from wallboard.errors import RuleRefused
from wallboard.lifecycle.forms import LARGEST
from wallboard.lifecycle.steps import KINDS

ALLEVIATE: dict[str, Any] = {"words": "Call them.", "user_id": "5", "due_on": "2026-06-30"}


def read(verb: str, **sent: Any) -> dict[str, Any]:
    form = KINDS.verb(verb).form
    assert form is not None
    return form.read(sent).model_dump()


def test_texts_numbers_days_and_choices_are_read() -> None:
    fields = read("alleviate", **ALLEVIATE | {"words": " Call\r\nthem. ", "more": "nobody asked"})
    assert (fields["words"], fields["user_id"], str(fields["due_on"])) == (
        "Call\nthem.",
        5,
        "2026-06-30",
    ) and "more" not in fields
    assert read("join", user_id=str(LARGEST), function=" ") == {"user_id": LARGEST, "function": None}
    assert read("react", words="Fine.", accepted="no")["accepted"] is False


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("words", " \n", "what is done now: says nothing"),
        ("user_id", "", "who does it: has not been chosen"),
        ("user_id", "-5", "who does it: '-5' is not known"),
        ("user_id", "٥", "is not known"),
        ("user_id", str(LARGEST + 1), "is not known"),
        ("user_id", "0" * 12 + "9" * 5000, "is not known"),
        ("due_on", "", "until when: has not been named"),
        ("due_on", "30/06/2026", "until when: is not a date"),
    ],
)
def test_a_refusal_names_the_field(field: str, value: str, refusal: str) -> None:
    with pytest.raises(RuleRefused, match=refusal):
        read("alleviate", **ALLEVIATE | {field: value})
