"""What customers must do comes by a file; a task that nobody could try is refused with the remedy."""

import pytest

from tests.loaders.conftest import Workspace
from tests.loaders.papers import paper
from tests.metrics.given import journey
from wallboard.store.schema import task

SOURCES = """
[tasks]
feed = "tasks"
file = "tasks.csv"
mode = "snapshot"
[tasks.columns]
task = "task"
touchpoint = "at"
title = "what"
kind = "kind"
path = "file"
address = "address"
steps = "steps"
customer_seconds = "seconds"
customer_n = "n"
"""
HEADER = "task,at,what,kind,file,address,steps,seconds,n\n"


@pytest.fixture
def office(quick: Workspace) -> Workspace:
    quick.sources(SOURCES)
    with quick.engine.begin() as connection:
        journey(connection)
    quick.put("media/help/form.pdf", paper({"name": "a"}))
    quick.put("media/help/flat.pdf", paper())
    quick.put("media/help/locked.pdf", paper({"name": "a"}, password="tea"))
    quick.put("media/help/xfa.pdf", paper(xfa=True))
    quick.put("media/help/form.txt", "no PDF at all")
    quick.put("secret.pdf", paper({"name": "a"}))
    (quick.room.data / "media" / "out.pdf").symlink_to(quick.room.data / "secret.pdf")
    return quick


def test_a_form_a_page_of_the_web_and_steps_are_loaded_and_loading_twice_changes_nothing(office: Workspace) -> None:
    rows = (
        "form,parcel,Ask,form,help/form.pdf,,,660,212",
        "web,parcel,Look,web,,https://shop.example/x?y=1,,,",
        "here,site,Look,web,,/journey/choose,,,",
        'steps,hotline,Call,steps,,,"Ring\nWait",90.5,3',
    )
    office.put("tasks.csv", HEADER + "\n".join(rows) + "\n")
    assert office.load_one("tasks").new == 4
    assert office.rows(task, "task", "kind", "steps", "customer_seconds", "customer_n") == [
        ("form", "form", None, 660.0, 212),
        ("here", "web", None, None, None),
        ("steps", "steps", "Ring\nWait", 90.5, 3),
        ("web", "web", None, None, None),
    ]
    office.put("tasks.csv", HEADER + "\n".join(rows) + "\n\n")
    assert (office.load_one("tasks").same, office.count(task)) == (4, 4)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("a,parcel,Ask,form,help/none.pdf,,,,", "is not a file in the media folder"),
        ("a,parcel,Ask,form,../secret.pdf,,,,", "lies outside the media folder."),
        ("a,parcel,Ask,form,out.pdf,,,,", "lies outside the media folder."),
        ("a,parcel,Ask,form,help/flat.pdf,,,,", "has no fields to fill in."),
        ("a,parcel,Ask,form,help/locked.pdf,,,,", "is locked by a password."),
        ("a,parcel,Ask,form,help/xfa.pdf,,,,", "XFA"),
        ("a,parcel,Ask,form,help/form.txt,,,,", "is not a PDF that can be read."),
        ("a,parcel,Ask,form,,,,,", "has no file below the media folder."),
        ("a,parcel,Ask,web,,,,,", "has no address."),
        ("a,parcel,Ask,web,,javascript:alert(1),,,", "is not an http or https address."),
        ("a,parcel,Ask,web,,//shop.example/x,,,", "is not an http or https address."),
        ("a,parcel,Ask,web,,/\\shop.example,,,", "is not an http or https address."),
        ("a,parcel,Ask,web,,https://me:pass@shop.example/,,,", "is not an http or https address."),
        ("a,parcel,Ask,web,,ftp://shop.example/,,,", "is not an http or https address."),
        ("a,parcel,Ask,web,,https://[broken,,,", "is not an http or https address."),
        ("a,parcel,Ask,steps,,,,,", "has no steps, one a line."),
        ("a,parcel,Ask,dance,,,Hop,,", "is none of: form, web, steps."),
        ("a,parcels,Ask,steps,,,Ring,,", "is not a known touchpoint. Did you mean 'parcel'?"),
        ("a,parcel,Ask,steps,,,Ring,0,3", "is below 0.001."),
    ],
)
def test_a_task_that_nobody_could_try_is_refused_by_name(office: Workspace, row: str, sentence: str) -> None:
    office.put("tasks.csv", f"{HEADER}good,parcel,Ask,form,help/form.pdf,,,,\n{row}\n")
    loaded = office.load_one("tasks")
    assert (loaded.new, loaded.refused) == (1, 1)
    (refusal,) = office.refusals()
    assert sentence in refusal[2] and refusal[3]
