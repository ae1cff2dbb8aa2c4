"""A form's fields are what its file says, whatever else the file may hold; nothing in it is run."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.errors import DependencyError

from tests.conftest import REPOSITORY
from tests.examples import at_most
from tests.loaders.conftest import SHARED
from tests.loaders.papers import paper
from wallboard.media.forms import NoForm, PaperForm
from wallboard.media.making.form_fields import read_form

REFUND = REPOSITORY / "data" / "media" / "help" / "refund-form" / "experience" / "refund-form.pdf"
REAL = SHARED / "retail" / "media" / "forms" / "form_210966.pdf"
REQUIRED, LINES = 2, 1 << 12


def formed(folder: Path, content: bytes) -> PaperForm:
    file = folder / "form.pdf"
    file.write_bytes(content)
    return read_form(file)


def refused(folder: Path, content: bytes) -> str:
    with pytest.raises(NoForm) as why:
        formed(folder, content)
    return str(why.value)


def test_kind_label_demands_and_place_are_the_files_own(tmp_path: Path) -> None:
    form = formed(
        tmp_path,
        paper(
            {"name": "last", "rect": (10, 20, 60, 40)},
            {"name": "who", "label": "Your name", "flags": REQUIRED, "longest": 8, "rect": (10, 150, 60, 170)},
            {"name": "why", "flags": LINES},
            {"name": "when", "script": 'AFDate_KeystrokeEx("dd/mm/yyyy");'},
            {"name": "how much", "script": "AFNumber_Keystroke(2, 0, 0, 0, '', true);"},
            {"name": "yes", "kind": "checkbox", "on": "On"},
            {"name": "size", "kind": "choice", "options": ("Small", "Large")},
            {"name": "sign", "kind": "signature"},
            {"name": "send", "kind": "push"},
            {"name": "number", "flags": 1},
            {"name": "secret", "hidden": True},
        ),
    )
    fields = {field.name: field for field in form.fields}
    assert [*fields] == ["who", "why", "when", "how much", "yes", "size", "sign", "last"]
    who, box = fields["who"], fields["who"].boxes[0]
    assert (who.label, who.kind, who.required, who.longest) == ("Your name", "text", True, 8)
    assert (box.page, box.left, box.top, box.width, box.height) == (1, 0.1, 0.15, 0.5, 0.1)
    assert fields["why"].lines and fields["why"].label == "why" and not fields["why"].required
    assert (fields["when"].says, fields["how much"].says, fields["who"].says) == ("date", "number", "")
    assert fields["yes"].boxes[0].value == "On" and fields["size"].choices == ("Small", "Large")
    assert form.pages == (0.5,) and not form.scripted


def test_boxes_of_one_name_are_one_field(tmp_path: Path) -> None:
    boxes = ({"name": "pay", "kind": "radio", "on": on, "rect": (x, 10, x + 5, 15)} for x, on in ((10, "card"), (30, "cash")))
    (field,) = formed(tmp_path, paper(*boxes)).fields
    assert field.kind == "radio" and [box.value for box in field.boxes] == ["card", "cash"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (paper(), "has no fields to fill in."),
        (paper({"name": "a", "flags": 1}), "has no fields to fill in."),
        (paper(xfa=True), "has its fields in XFA only, which browsers cannot show."),
        (paper({"name": "a"}, password="tea"), "is locked by a password."),
        (paper({"name": "a"}, turned=90), "has a page that is turned on its side."),
        (b"%PDF-1.7 and no more", "is not a PDF that can be read."),
        (b"", "is not a PDF that can be read."),
    ],
)
def test_what_cannot_be_filled_in_is_refused_by_name(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert refused(tmp_path, content) == sentence


def test_a_form_that_is_only_locked_against_changes_is_read(tmp_path: Path) -> None:
    (field,) = formed(tmp_path, paper({"name": "who", "label": "Your name"}, owner="tea")).fields
    assert field.label == "Your name"


def test_a_form_that_is_locked_in_a_way_that_nobody_here_opens_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_: object) -> None:
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr("wallboard.media.making.form_fields.PdfReader", locked)
    assert refused(tmp_path, b"%PDF-1.7") == "is locked with AES: save it without protection."


def test_a_missing_file_and_a_huge_one_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoForm, match="cannot be opened"):
        read_form(tmp_path / "nowhere.pdf")
    monkeypatch.setattr("wallboard.media.making.form_fields.LARGEST", 3)
    assert "is larger than" in refused(tmp_path, paper({"name": "a"}))


def test_fields_beside_xfa_count_and_scripts_are_named_not_run(tmp_path: Path) -> None:
    form = formed(tmp_path, paper({"name": "a"}, xfa=True, script="app.alert('hello')"))
    assert len(form.fields) == 1 and form.scripted


@settings(max_examples=at_most(30))
@given(cut=st.integers(0, 1500), put=st.binary(max_size=6))
def test_a_broken_file_is_a_form_or_a_sentence_and_never_anything_else(
    tmp_path_factory: pytest.TempPathFactory, cut: int, put: bytes
) -> None:
    whole = paper({"name": "a", "label": "A"}, {"name": "b", "kind": "checkbox"})
    file = tmp_path_factory.mktemp("broken") / "form.pdf"
    file.write_bytes(whole[:cut] + put + whole[cut + len(put) :])
    try:
        assert read_form(file).fields
    except NoForm as why:
        assert str(why).endswith(".")


def test_the_demos_refund_form_asks_for_52_things_25_of_them_required() -> None:
    form = read_form(REFUND)
    assert len(form.fields) == 52 and len(form.pages) == 3
    assert sum(field.required for field in form.fields) == 25
    assert next(field for field in form.fields if field.name == "in_your_words").longest == 50


@pytest.mark.skipif(not REAL.is_file(), reason="the real form lies beside the repository")
def test_the_real_form_keeps_its_fields_though_it_is_xfa_too_and_has_scripts() -> None:
    form = read_form(REAL)
    kinds = [field.kind for field in form.fields]
    assert (kinds.count("text"), kinds.count("checkbox"), kinds.count("radio"), kinds.count("signature")) == (52, 5, 3, 1)
    assert len(form.pages) == 2 and form.scripted
    assert "VETERAN'S NAME" in form.fields[0].label and form.fields[0].label.startswith("…")
    month = next(field for field in form.fields if field.name.endswith("DOB_Month[0]"))
    assert month.longest == 2 and "Enter 2 digit Month" in month.label
