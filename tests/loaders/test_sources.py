"""data/sources.toml: every fault in one reading, each with the remedy."""

import pytest

from tests.loaders.conftest import VOICE, Workspace
from wallboard.errors import Faults, SourceRefused
from wallboard.loaders.sources import read_sources, source_hints


def faults(workspace: Workspace, text: str) -> list[str]:
    workspace.sources(text)
    with pytest.raises(Faults) as raised:
        read_sources(workspace.room)
    return [str(fault) for fault in raised.value.faults]


def test_sources_come_in_the_order_of_their_feeds(quick: Workspace) -> None:
    quick.sources(VOICE + '[st]\nfeed = "stages"\nfile = "s.csv"\ncolumns = {stage = "a", seq = "b", name = "c"}\n')
    assert [source.name for source in read_sources(quick.room)] == ["st", "tickets"]


def test_names_of_before_are_read_with_a_hint(quick: Workspace) -> None:
    old = '[staff]\nfeed = "people"\nfile = "p.csv"\n[staff.columns]\nperson = "who"\nname = "name"\n'
    quick.sources(old)
    [source] = read_sources(quick.room)
    assert (source.feed, source.columns) == ("employees", {"employee": "who", "name": "name"})
    feed, column = source_hints(quick.room)
    assert "feed 'people' is called 'employees' now" in feed and "column 'person' is called 'employee' now" in column
    quick.sources(old.replace('"people"', '"employees"').replace("person =", "employee ="))
    assert source_hints(quick.room) == [] and read_sources(quick.room) == (source,)
    both = old.replace("person =", 'employee = "number"\nperson =')
    assert "columns.person: feed 'employees' has no such column." in faults(quick, both)[0]
    quick.sources('[tasks]\nfeed = "actions"\nfile = "t.csv"\ncolumns = {said = "a"}\n')
    assert "column 'said' is called 'quotation' now" in source_hints(quick.room)[0]
    quick.sources(VOICE.replace('kind = "ticket"', 'kind = "ticket"\nheard_through = "phone"'))
    assert "column 'heard_through' is called 'channel' now" in source_hints(quick.room)[0]
    assert read_sources(quick.room)[0].constants["channel"] == "phone"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('feed = "voice"', 'feed = "voices"', "feed = 'voices' is not a feed. Did you mean 'voice'?"),
        ('key = ["Id"]', 'kye = ["Id"]', "unknown key 'kye'. Did you mean 'key'?"),
        ('key = ["Id"]', "", "'key' is missing. Name the columns of the export that identify a row"),
        ('file = "tickets*.csv"', "", "say where it comes from: either `file`, or `database` and `query`."),
        ('file = "tickets*.csv"', 'file = "../x.csv"', "a pattern below the room's data folder"),
        ('file = "tickets*.csv"', 'database = "sqlite://"', "`database` and `query` go together."),
        ('words = "Words"', 'wrods = "Words"', "columns.wrods: feed 'voice' has no such column. Did you mean 'words'?"),
        ('words = "Words"', 'kind = "Words"', "'kind' stands in columns and in constants."),
        ('occurred_at = "Created"', "", "nothing gives 'occurred_at', which feed 'voice' needs."),
        ('key = ["Id"]', 'key = ["Id"]\nencoding = "uft-8"', "is not an encoding. Did you mean 'utf-8'?"),
        ('key = ["Id"]', 'key = ["Id"]\ntimezone = "Europe/Lodnon"', "is not a time zone. Did you mean 'Europe/London'?"),
        ('key = ["Id"]', 'key = ["Id"]\ndates = {words = "iso"}', "dates.words: this column holds no date."),
        ('key = ["Id"]', 'key = ["Id"]\nformat = "cvs"', "format = 'cvs'"),
    ],
)
def test_a_slip_is_named_with_its_place_and_remedy(quick: Workspace, old: str, new: str, sentence: str) -> None:
    (fault,) = faults(quick, VOICE.replace(old, new))
    assert "sources.toml [tickets]" in fault
    assert sentence in fault


def test_all_faults_come_at_once(quick: Workspace) -> None:
    text = VOICE.replace('"voice"', '"vioce"') + '[b]\nfeed = "posts"\nfoo = 1\nsehet = "A"\nfile = "b.csv"\n'
    messages = faults(quick, text)
    assert ["[tickets]" in messages[0], "'foo'" in messages[1], "Did you mean 'sheet'?" in messages[2]] == [True] * 3


def test_no_sources_and_no_toml_are_refused(quick: Workspace) -> None:
    with pytest.raises(SourceRefused, match="there are no sources here"):
        read_sources(quick.room)
    quick.sources("[a\n")
    with pytest.raises(SourceRefused, match="is not readable TOML"):
        read_sources(quick.room)
