"""Exports that spell the same words with other bytes: keys, columns, values, references, files and paths."""

from unicodedata import normalize

from tests.loaders.conftest import VOICE, Workspace, tickets
from tests.loaders.media.files import picture
from tests.loaders.test_load import JOURNEY
from wallboard.store.schema import media, touchpoint, voice

PLACED = (
    VOICE.replace('score = "Score"', 'score = "Score"\ntouchpoint = "Wo für"')
    + '[tickets.values.touchpoint]\n"Päckchen" = "paket-ö"\n'
    + '[tickets.where]\nWords = ["schön"]\n'
)


def nfd(text: str) -> str:
    return normalize("NFD", text)


def journey(workspace: Workspace, stage: str, point: str) -> None:
    workspace.put("stages.csv", f"stage,seq,name\n{stage},1,I büy\n")
    workspace.put("touchpoints.csv", f"touchpoint,stage,seq,name\n{point},{stage},1,I öpen it\n")


def test_columns_values_and_touchpoints_are_found_whatever_their_bytes(workspace: Workspace) -> None:
    workspace.sources(JOURNEY + PLACED)
    journey(workspace, nfd("büy"), "paket-ö")
    rows = (
        "1,2026-06-01,,schön,," + nfd("Päckchen"),
        "2,2026-06-01,," + nfd("schön") + ",,paket\u2011ö",
        "3,2026-06-01,,\u200bschön,," + nfd("pаket-ö"),  # a Cyrillic а
    )
    workspace.put("tickets.csv", "\n".join(("Id,Created,Solved,Words,Score," + nfd("Wo für"), *rows, "")))
    loaded = workspace.load()[2]
    assert (loaded.new, loaded.refused) == (3, 0)
    assert workspace.rows(voice, "source_key", "touchpoint", "stage") == [(key, "paket-ö", "büy") for key in "123"]
    assert workspace.rows(touchpoint, "name") == [("I öpen it",)]


def test_a_key_in_other_bytes_is_the_same_row(quick: Workspace) -> None:
    quick.sources(VOICE)
    quick.put("tickets_1.csv", tickets("Bö 1,2026-06-01,,Late,"))
    quick.load()
    quick.put(
        "tickets_2.csv", tickets(f"{nfd('Bö')}\u00a01,2026-06-01,2026-06-02,Late,", "Bö\u200b 1,2026-06-01,2026-06-02,Late,")
    )
    assert [(result.new, result.changed) for result in quick.load()] == [(0, 0), (0, 1)]
    assert quick.rows(voice, "source_key") == [("Bö 1",)]


def test_a_pattern_finds_files_that_a_disk_spells_otherwise(quick: Workspace) -> None:
    quick.sources(VOICE.replace("tickets*.csv", "Aufträge/März*.csv"))
    quick.put(nfd("Aufträge/März 1.csv"), tickets("1,2026-06-01,,Late,"))
    quick.put("Aufträge/März 2.csv", tickets("2,2026-06-01,,Late,"))
    quick.put("Aufträge/Marz 3.csv", tickets("3,2026-06-01,,Late,"))
    assert [result.new for result in quick.load()] == [1, 1]


def test_a_picture_is_listed_under_the_name_that_the_disk_has(quick: Workspace) -> None:
    listed = '[shots]\nfeed = "media"\nfile = "shots.csv"\nkey = ["path"]\ncolumns = {path = "path", stage = "stage"}\n'
    quick.sources(JOURNEY + listed + '[shots.constants]\nkind = "screenshot"\n')
    journey(quick, "buy", "open")
    picture(quick.room.media / nfd("Tür/Öffnen.png"))
    quick.put("shots.csv", "path,stage\nTür/Öffnen.png,buy\n")
    assert [result.refused for result in quick.load()] == [0, 0, 0]
    assert quick.rows(media, "path") == [(nfd("Tür/Öffnen.png"),)]
