"""Forms that no native speaker would use are in no text of the room: refusals, panels, pages, layouts."""

import re

import pytest

from tests.conftest import REPOSITORY

FORMS = {
    r"(?<![Tt]here )\b(is|was) no (?!longer|more\b|such|one\b|zero)[a-z{]": "is not a …",
    r"\bcommonest\b": "most common",
    r"\bcame less left\b": "net change",
    r"\breal change\b": "clear difference",
    r"\be-mail\b": "email",
    r"(?<![\w\\])n(\\u00a0| )?(=(\\u00a0| )?)?\{(?!self)": "sample() of the theme",
    r"\bpartly costed: ": "how many are not costed",
    r"\bwhom may we\b": "who might we",
}
"""What is not written, and what is written instead."""


@pytest.fixture(scope="module")
def lines() -> list[tuple[str, str]]:
    """Every line of a program or layout with a text in it, docstrings apart: where it is, and it from its first quote on."""
    files = [
        *(file for file in (REPOSITORY / "wallboard").rglob("*.py") if not {"migrations", "making"} & {*file.parts}),
        *(REPOSITORY / "wallboard").glob("**/*.toml"),
        *(file for place in ("layouts", "starter") for file in (REPOSITORY / place).rglob("*.toml")),
    ]
    numbered = ((file, *line) for file in files for line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1))
    return [
        (f"{file.relative_to(REPOSITORY)}:{number}", text[0])
        for file, number, line in numbered
        if '"""' not in line and (text := re.search(r"""["'].*""", line))
    ]


@pytest.mark.parametrize("form", FORMS)
def test_no_text_has_a_form_that_nobody_would_say(lines: list[tuple[str, str]], form: str) -> None:
    faults = [f"{where}: {text.strip()[:90]}" for where, text in lines if re.search(form, text, re.IGNORECASE)]
    assert not faults, f"write: {FORMS[form]}\n" + "\n".join(faults)


def test_a_text_is_looked_at_and_such_forms_are_seen(lines: list[tuple[str, str]]) -> None:
    assert len(lines) > 5_000
    forms = tuple(FORMS)
    assert re.search(forms[0], "'x' is no perimeter.") and not re.search(forms[0], "There is no perimeter.")
    assert re.search(forms[5], 'f"n {count}"') and re.search(forms[5], "(n = {count})")
