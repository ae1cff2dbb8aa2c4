"""Dates as exports write them: months in another language, day numbers, the hour that comes twice, days as midnight UTC."""

from collections.abc import Callable

import pandas as pd
import pytest

from tests.loaders.conftest import VOICE, Workspace, tickets
from tests.loaders.test_codes import CONTRACTS
from wallboard.loaders.date_names import in_english
from wallboard.loaders.times import When, days, instants
from wallboard.store.schema import contract, delivery, handoff_event, voice

DATES = '[tickets.dates]\noccurred_at = "{}"\n'


@pytest.mark.parametrize(
    ("text", "how", "language", "english"),
    [
        ("3. Mär 2025", "%d. %b %Y", "de", "3. Mar 2025"),
        ("3. Mrz. 2025", "%d. %b. %Y", "de-AT", "3. Mar. 2025"),
        ("3. März 2025", "%d. %B %Y", "de", "3. March 2025"),
        ("lun. 3 févr. 2025", "%a %d %b %Y", "fr", "Mon 3 Feb 2025"),
        ("3 de mayo de 2025", "%d de %B de %Y", "es", "3 de May de 2025"),
        ("3 May 2025", "%d %b %Y", "de", "3 May 2025"),
        ("3 mar 2025", "%d %b %Y", "fi", "3 Mar 2025"),  # marraskuu is November: three letters of it are English March
        ("3 Floréal 2025", "%d %B %Y", "fr", "3 Floréal 2025"),
        ("14/Sept/25 3:42 PM", "%d/%b/%y %I:%M %p", "en-GB", "14/Sep/25 3:42 PM"),
    ],
)
def test_months_of_other_languages(text: str, how: str, language: str, english: str) -> None:
    assert in_english(text, how, language) == english


def test_months_are_read_in_the_room_s_language_or_the_declared_one(make: Callable[..., Workspace]) -> None:
    workspace = make(locale="de-DE")
    workspace.sources(VOICE + DATES.format("%d %b %Y"))
    workspace.put("tickets.csv", tickets("1,3 Mai 2025,,a,", "2,3 mai. 2025,,b,", "3,3 févr. 2025,,c,", "4,3 May 2025,,d,"))
    assert workspace.load_one().refused == 1
    remedy = 'Months are read in de-DE and English: another one is date_language = "…".'
    assert workspace.refusals()[0][3].endswith(remedy)
    workspace.sources((VOICE + DATES.format("%d %b %Y")).replace("[tickets]", '[tickets]\ndate_language = "fr"', 1))
    assert workspace.load_one().refused == 0


def test_day_numbers_of_spreadsheets_are_local_times(quick: Workspace) -> None:
    quick.sources(VOICE + DATES.format("excel"))
    quick.put("tickets.csv", tickets("1,45839,,a,", '2,"45839,375",,b,', "3,2025-07-01 09:00,,c,", "4,12,,d,"))
    assert quick.load_one().refused == 1
    assert [f"{at:%d %H:%M}" for _, at in quick.rows(voice, "source_key", "occurred_at")] == ["30 23:00", "01 08:00", "01 08:00"]
    later = instants(pd.Series([44257.0]), When("excel-1904", "UTC"))
    assert later[0] == pd.Timestamp("2025-03-03", tz="UTC")


@pytest.mark.parametrize(("number", "how"), [("45719", "excel"), ("1741000000", "unix"), ("1741000000000", "unix-ms")])
def test_a_number_that_is_no_date_is_refused_with_what_it_may_be(quick: Workspace, number: str, how: str) -> None:
    quick.sources(VOICE)
    quick.put("tickets.csv", tickets(f"1,{number},,a,"))
    quick.load()
    assert quick.refusals()[0][3] == f'Write "{how}" under [tickets.dates] occurred_at.'


def test_the_hour_that_comes_twice_is_decided_by_the_row(quick: Workspace) -> None:
    quick.sources(VOICE)
    rows = (
        "1,2025-10-26 01:50,2025-10-26 01:10,a,",
        "2,2025-10-26 01:50,2025-10-26 01:55,b,",
        "3,2025-10-26 01:50,2025-10-26T01:10+01:00,c,",
        "4,2025-10-26 01:50,2025-10-26 00:10,d,",
    )
    quick.put("tickets.csv", tickets(*rows))
    assert quick.load_one().refused == 2, "a time that names its zone, and one of another hour, are wrong"
    minutes = [(end - start).seconds // 60 for _, start, end in quick.rows(voice, "source_key", "occurred_at", "solved_at")]
    assert minutes == [20, 5]


def test_it_is_so_for_cases_handed_over_and_for_deliveries(quick: Workspace) -> None:
    quick.sources(
        JOURNEY
        + '[events]\nfeed = "handoff_events"\nfile = "e.csv"\nkey = ["k"]\n[events.columns]\n'
        + 'handoff = "h"\nhanded_at = "a"\ntaken_at = "b"\nreturned_at = "c"\n'
        + '[parcels]\nfeed = "deliveries"\nfile = "d.csv"\nkey = ["k"]\n[parcels.columns]\n'
        + 'touchpoint = "t"\nordered_at = "a"\npromised_at = "p"\ndelivered_at = "b"\n'
    )
    quick.put("stages.csv", "stage,seq,name\nbuy,1,I buy\n")
    quick.put("touchpoints.csv", "touchpoint,stage,seq,name\nbox,buy,1,I open the box\n")
    quick.put("functions.csv", "function,name\nsales,Sales\ncare,Care\n")
    quick.put("handoffs.csv", "handoff,touchpoint,from,to,what\nsold,box,sales,care,orders\n")
    quick.put("e.csv", "k,h,a,b,c\n1,sold,2025-10-26 01:50,2025-10-26 01:10,2025-10-26 01:20\n")
    quick.put("d.csv", "k,t,a,p,b\n1,box,2025-10-26 01:50,2025-10-27,2025-10-26 01:10\n")
    assert {
        result.source: (result.refused, result.message) for result in quick.load() if result.refused or result.status != "ok"
    } == {}
    ((handed, taken, returned),) = quick.rows(handoff_event, "handed_at", "taken_at", "returned_at")
    assert ((taken - handed).seconds, (returned - handed).seconds) == (20 * 60, 30 * 60)
    ((ordered, delivered),) = quick.rows(delivery, "ordered_at", "delivered_at")
    assert (delivered - ordered).seconds == 20 * 60


JOURNEY = """
[stages]
feed = "stages"
file = "stages.csv"
columns = {stage = "stage", seq = "seq", name = "name"}
[touchpoints]
feed = "touchpoints"
file = "touchpoints.csv"
columns = {touchpoint = "touchpoint", stage = "stage", seq = "seq", name = "name"}
[functions]
feed = "functions"
file = "functions.csv"
columns = {function = "function", name = "name"}
[handoffs]
feed = "handoffs"
file = "handoffs.csv"
columns = {handoff = "handoff", touchpoint = "touchpoint", from_function = "from", to_function = "to", what = "what"}
"""


def test_a_day_written_as_midnight_utc_stays_that_day_west_of_greenwich(make: Callable[..., Workspace]) -> None:
    workspace = make(timezone="America/New_York", currency="USD")
    workspace.sources(CONTRACTS)
    head = "contract,customer,started_on,annual_value,currency,who\n"
    workspace.put("c.csv", head + "1,a,2026-03-01T00:00:00Z,1,,\n2,b,2026-04-01T00:00:00.000Z,1,,\n3,c,2026-04-02,1,,\n")
    workspace.load()
    assert [str(day) for day, _ in workspace.rows(contract, "started_on", "contract")] == [
        "2026-03-01",
        "2026-04-01",
        "2026-04-02",
    ]


def test_a_column_of_moments_keeps_the_day_of_the_place() -> None:
    moments = pd.Series(["2026-03-01T00:00:00Z", "2026-03-01T13:30:00Z"], dtype="str")
    assert [f"{day:%d}" for day in days(moments, When("iso", "America/New_York"))] == ["28", "01"]
    assert [f"{day:%d}" for day in days(pd.Series([1772323200]), When("unix", "America/New_York"))] == ["01"]


def test_times_that_all_are_midnight_utc_are_told_west_of_greenwich_with_the_format_that_makes_them_days(
    make: Callable[..., Workspace],
) -> None:
    workspace = make(timezone="America/New_York", currency="USD")
    workspace.sources(VOICE)
    workspace.put("tickets.csv", tickets("1,2026-06-01T00:00:00.000Z,,a,", "2,2026-06-02T00:00:00.000Z,2026-06-04T08:12:00Z,b,"))
    message = workspace.load_one().message
    how = 'occurred_at = "%Y-%m-%dT00:00:00.000Z"'
    assert (
        f"every time in 'Created' is midnight UTC, which is the day before in America/New_York. If they are days, write {how}"
        in message
    )
    assert "Solved" not in message
    workspace.sources(f"{VOICE}[tickets.dates]\n{how}\n")
    assert workspace.load_one().message == ""
    assert [f"{day:%d}" for (day,) in workspace.rows(voice, "day")] == ["01", "02"]
    workspace = make(timezone="Europe/Berlin")
    workspace.sources(VOICE)
    workspace.put("tickets.csv", tickets("1,2026-06-01T00:00:00.000Z,,a,", "2,2026-06-02T00:00:00.000Z,,b,"))
    assert workspace.load_one().message == "", "east of it they are on their day"
