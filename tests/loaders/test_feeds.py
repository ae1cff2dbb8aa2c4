"""Every feed: found by its file, with a contract; and the rules of each."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import insert

from tests.loaders.conftest import Workspace
from tests.loaders.media.files import picture, sound
from wallboard.loaders import feeds as folder
from wallboard.loaders.feeds import feeds
from wallboard.store import schema

FOLDER = Path(folder.__file__).parent
EVERY = list(feeds().values())


def test_a_feed_is_found_by_its_file() -> None:
    assert set(feeds()) == {file.stem for file in FOLDER.glob("[a-z]*.py")}
    assert list(feeds())[:4] == ["stages", "functions", "employees", "touchpoints"]


def test_every_feed_has_a_contract_for_its_table() -> None:
    for feed in EVERY:
        own = {column.name for column in feed.table.columns} - {"id", "source", "source_key", "row_hash", "load_run_id"}
        assert set(feed.contract.columns) == own, feed.name
        assert set(feed.derived) <= own, feed.name
        assert feed.fact is None or feed.fact in own, feed.name
        assert feed.defaults.keys() <= own, feed.name


SURVEY = {"survey": "s", "measure": "NPS", "scale_min": "0", "scale_max": "10", "score": "9", "responded_at": "2026-06-01"}
KPI = {"touchpoint": "door", "kpi": "k", "name": "K", "day": "2026-06-01", "numerator": "1", "denominator": "2"}
CONTRACT = {"customer": "c", "started_on": "2026-01-01", "ended_on": "2026-02-01"}
MEDIA = {"path": "a.png", "kind": "screenshot", "stage": "get"}
MONEY = {"customer": "c", "month": "2026-01-01", "revenue": "5"}
ACTION = {"about": "tier", "subject": "gold", "what": "Thank them", "since": "2026-01-01"}
LINE = {"order_no": "1", "line_no": "1", "touchpoint": "door", "requested_on": "2026-06-01", "quantity": "3"}
VISIT = {"job": "j", "touchpoint": "door", "started_at": "2026-06-01 09:00", "ended_at": "2026-06-01 10:00", "result": "fixed"}
RULES = [
    ("order_lines", LINE, {"line_no": "2", "quantity": "0"}, "is not above zero"),
    ("order_lines", LINE, {"requested_on": "2026-06-09"}, "another part of line 1 of order 1 says another 'requested_on'."),
    ("order_lines", LINE, {"line_no": "2", "delivered": "3"}, "says when it came without how much, or how much without when"),
    ("visits", VISIT, {"ended_at": "2026-06-01 08:59"}, "ended before it began"),
    ("visits", VISIT, {"result": "nobody home"}, "'nobody home' is none of: fixed, not fixed, no access"),
    ("survey_responses", SURVEY, {"score": "11"}, "the score lies outside its scale"),
    ("survey_responses", SURVEY, {"scale_min": "1"}, "NPS is asked on a scale of 0 to 10"),
    ("survey_responses", SURVEY, {"scale_min": "10"}, "scale_min is not below scale_max"),
    ("survey_responses", SURVEY, {"measure": "NSP"}, "'NSP' is none of: NPS, CSAT, CES, rating, trust."),
    ("touchpoint_kpis", KPI, {"denominator": "-2"}, "is below 0"),
    ("touchpoint_kpis", KPI, {"numerator": "3"}, "a share's numerator lies outside 0 to its denominator"),
    ("touchpoint_kpis", KPI, {"touchpoint": "dor"}, "'dor' is not a known touchpoint. Did you mean 'door'?"),
    ("contracts", CONTRACT, {"ended_on": "2025-12-31"}, "ended before it started"),
    ("contracts", CONTRACT, {"reason_source": "hearsay"}, "'hearsay' is none of"),
    ("contracts", CONTRACT, {"perimeter": "mars"}, "'mars' is not a known perimeter of room.toml."),
    ("contracts", CONTRACT, {"customer": "c" * 81}, "is longer than 80 characters"),
    ("contracts", CONTRACT, {"cancel_requested_on": "2025-12-31"}, "was cancelled before it started"),
    ("contracts", CONTRACT, {"term_ends_on": "2026-01-01"}, "its term ends before it started"),
    ("contracts", CONTRACT, {"reason": "bored"}, "'bored' is not a known reason."),
    ("customers", {"customer": "c"}, {"customer": "d", "parent": "d"}, "is its own parent"),
    ("customer_aliases", {"alias": "a", "customer": "c"}, {"alias": "b", "customer": "b"}, "is merged into itself"),
    ("exchange_rates", {"currency": "EUR", "valid_from": "2026-01-01", "rate": "0.9"}, {"rate": "0"}, "is not above 0"),
    ("customer_money", MONEY, {"revenue": ""}, "says neither revenue nor cost"),
    ("customer_money", MONEY, {"customer": ""}, "has revenue but no customer"),
    (
        "tiers",
        {"tier": "t", "name": "T", "seq": "1", "valid_from": "2026-01-01"},
        {"tier": "u"},
        "two tiers without a threshold.",
    ),
    ("behaviours", {"behaviour": "b", "name": "B"}, {"behaviour": "c", "grows_at": "0"}, "is not above 0"),
    ("referrals", {"referred_on": "2026-02-01"}, {"converted_on": "2026-01-31"}, "became a customer before the referral"),
    ("unit_costs", {"activity": "call", "valid_from": "2026-01-01", "amount": "5"}, {"amount": "-5"}, "is below 0"),
    ("actions", ACTION, {"value": "9"}, "names a value without its basis"),
    ("actions", ACTION, {"done_on": "2025-12-31"}, "was done before it began"),
    ("meetings", {"planned_on": "2026-02-01"}, {"held_on": "2026-01-31"}, "was held before it was planned"),
    ("invitations", {"survey": "s", "sent_at": "2026-02-01"}, {"outcome": "perhaps"}, "'perhaps' is none of: completed"),
    (
        "metric_definitions",
        {"metric": "nps", "valid_from": "2026-02-01"},
        {"metric": "mps"},
        "is not a metric of a wall. Did you mean 'nps'?",
    ),
    (
        "targets",
        {"metric": "csat", "valid_from": "2026-02-01", "value": "0.8"},
        {"applies_to": "mars"},
        "'mars' is not a perimeter",
    ),
    ("media", MEDIA, {"path": "../../room.toml"}, "lies outside the media folder."),
    ("media", MEDIA, {"path": "link.png"}, "lies outside the media folder."),
    ("media", MEDIA, {"path": "b.png"}, "is not a file in the media folder"),
    ("media", MEDIA, {"kind": "selfie"}, "'selfie' is none of"),
    ("media", MEDIA, {"path": "broken.png"}, "'broken.png' is damaged"),
    ("media", MEDIA, {"path": "evil.svg"}, "'evil.svg' is an SVG with a script"),
    ("media", MEDIA, {"path": "call.wav"}, "people in it must agree: it is not a screenshot."),
    ("media", MEDIA, {"moment": "later"}, "'later' is none of: before, after"),
    ("exposure", {"touchpoint": "door", "day": "2026-06-01", "quantity": "5"}, {"quantity": "-1"}, "is below 0"),
    ("stages", {"stage": "s", "seq": "1", "name": "S"}, {"stage": "t", "seq": "1.5"}, "is not a whole number."),
    ("issue_types", {"issue_type": "i", "wording": "I"}, {"issue_type": "j", "demand": "x"}, "'x' is none of"),
    ("functions", {"function": "f", "name": "F"}, {"function": "g", "outsourced": "perhaps"}, "is neither yes nor no"),
]


@pytest.fixture
def journey(quick: Workspace) -> Workspace:
    picture(quick.room.media / "a.png", (8, 6))
    sound(quick.room.media / "call.wav")
    quick.put("media/broken.png", b"\x89PNG")
    quick.put("media/evil.svg", "<svg><script>1</script></svg>")
    (quick.room.media / "link.png").symlink_to("/etc/hostname")
    quick.put("s.csv", "stage,seq,name\nget,1,I get it\n")
    quick.put("t.csv", "touchpoint,stage,seq,name\ndoor,get,1,The door\n")
    quick.sources(
        source("stages", "s.csv", ["stage", "seq", "name"])
        + source("touchpoints", "t.csv", ["touchpoint", "stage", "seq", "name"])
    )
    assert [result.new for result in quick.load()] == [1, 1]
    return quick


def source(feed: str, file: str, columns: list[str], name: str = "") -> str:
    mapped = ", ".join(f"{column} = '{column}'" for column in columns)
    return f"[{name or feed + '_1'}]\nfeed = '{feed}'\nfile = '{file}'\nkey = 'row'\ncolumns = {{{mapped}}}\n"


@pytest.mark.parametrize(("feed", "good", "wrong", "sentence"), RULES)
def test_a_broken_rule_is_a_refused_row(
    journey: Workspace, feed: str, good: dict[str, str], wrong: dict[str, str], sentence: str
) -> None:
    columns = list(good | wrong)
    rows = pd.DataFrame([good, good | wrong], columns=columns)
    journey.put("x.csv", rows.to_csv(index=False))
    journey.sources(source(feed, "x.csv", columns, "x"))
    loaded = journey.load_one()
    assert (loaded.read, loaded.new, loaded.refused) == (2, 1, 1), journey.refusals()
    (refused,) = journey.refusals()
    assert refused[0] == 3
    assert sentence in refused[2]
    assert refused[3].endswith(".")


def test_a_customer_of_another_source_is_refused(quick: Workspace) -> None:
    quick.sources(source("customers", "a.csv", ["customer"], "crm") + source("customers", "b.csv", ["customer"], "shop"))
    quick.put("a.csv", "customer\n1\n")
    quick.put("b.csv", "customer\n1\n2\n")
    assert [(result.new, result.refused) for result in quick.load()] == [(1, 0), (1, 1)]
    assert "'1' is already given by the source 'crm'." in quick.refusals()[0][2]


def test_a_month_that_is_delivered_twice_counts_once(quick: Workspace) -> None:
    columns = ["customer", "month", "revenue"]
    quick.sources(source("customer_money", "a.csv", columns, "billing") + source("customer_money", "b.csv", columns, "erp"))
    quick.put("a.csv", "customer,month,revenue\nc,2026-01-01,5\nc,2026-01-31,5\nc,2026-02-01,6\n")
    quick.put("b.csv", "customer,month,revenue\nc,2026-01-15,7\nc,2026-03-01,8\n")
    assert [(result.new, result.refused) for result in quick.load()] == [(2, 1), (1, 1)]
    assert {row[2] for row in quick.refusals()} == {
        "'c|all|2026-01' stands twice in this file.",
        "'c|all|2026-01' is already given by the source 'billing'.",
    }
    assert [row[0].month for row in quick.rows(schema.customer_money, "month")] == [1, 2, 3]


def test_media_are_described_and_looked_at_again(journey: Workspace) -> None:
    journey.put("x.csv", "path,kind,stage\na.png,screenshot,get\n")
    journey.sources(source("media", "x.csv", ["path", "kind", "stage"], "x"))
    journey.load()
    read = "lane", "consent", "mime", "width", "height"
    assert journey.rows(schema.media, *read) == [("experience", "unknown", "image/png", 8, 6)]
    picture(journey.room.media / "a.png", (10, 6))
    assert journey.load_one().changed == 1
    assert journey.rows(schema.media, "width", "size") == [(10, (journey.room.media / "a.png").stat().st_size)]


def test_unknown_customers_are_kept(quick: Workspace) -> None:
    quick.sources(source("contracts", "x.csv", ["customer", "started_on"]))
    quick.put("x.csv", "customer,started_on\nnobody,2026-01-01\n")
    assert quick.load_one().new == 1


def test_defaults_of_a_room_with_several_perimeters(make: Callable[..., Workspace]) -> None:
    workspace = make(perimeter={"uk": {"name": "UK"}, "us": {"name": "US"}})
    workspace.sources(source("customers", "x.csv", ["customer"]))
    with pytest.raises(Exception, match="nothing gives 'perimeter'"):
        workspace.load()


def test_the_store_itself_refuses_a_lost_row(quick: Workspace) -> None:
    with quick.engine.begin() as connection, pytest.raises(Exception, match="no_row_lost"):
        run = {"source": "a", "feed": "voice", "file": "f", "status": "ok", "started_at": quick.now}
        connection.execute(insert(schema.load_run).values(**run, rows_read=2, rows_new=1))
