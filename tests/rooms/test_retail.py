"""The real room: real exports through settings, sources and layouts only, and the numbers that were counted independently."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests import postgres
from tests.rooms import AFTER, AT, RECEIVED, Lit, instant, load_retail, missing, retail_room
from wallboard.app import create_app
from wallboard.clock import stopped
from wallboard.loaders.load import Loaded, load
from wallboard.screens.spine import SPINE
from wallboard.settings import Room
from wallboard.store.open import make_engine
from wallboard.store.versions import read_versions

pytestmark = [pytest.mark.slow, pytest.mark.skipif(missing() is not None, reason=str(missing()))]

WALLS = ("outcomes", "issues", "touchpoints")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def lit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lit]:
    if request.param == "sqlite":
        yield from _lit(*request.getfixturevalue("retail_on_sqlite"))
        return
    server = request.getfixturevalue("postgres_server")
    with postgres.database(server, "retail") as url:
        room = retail_room(tmp_path_factory.mktemp("real") / "room", url)
        yield from _lit(room, load_retail(room))


def _lit(room: Room, loaded: dict[str, Loaded]) -> Iterator[Lit]:
    engine = make_engine(room.store_url)
    yield Lit(room, engine, loaded)
    engine.dispose()


@pytest.fixture(scope="session")
def expected() -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = json.loads((RECEIVED / "expected.json").read_text(encoding="utf-8"))
    return known


@pytest.mark.req("S9")
def test_no_row_is_lost(lit: Lit, expected: dict[str, dict[str, Any]]) -> None:
    sales, delivery = expected["sales"], expected["delivery"]
    read = {name: (result.read, result.new, result.left_out) for name, result in lit.loaded.items()}
    assert read["purchases"] == (sales["rows"], sales["rows"], 0)
    assert read["deliveries"] == (delivery["orders"], delivery["orders"], 0)
    assert read["reviews"] == (delivery["reviews"], delivery["reviews"], 0)
    low = delivery["score_1_2"]
    assert read["complaints"] == (delivery["reviews"], low, delivery["reviews"] - low)
    assert all(
        result.status == "ok" and result.read == result.new + result.refused + result.left_out for result in lit.loaded.values()
    )


@pytest.mark.req("S9")
def test_rows_that_where_leaves_out_are_counted_and_not_kept(lit: Lit) -> None:
    assert lit.loaded["complaints"].left_out > 0
    assert lit.count("SELECT count(*) FROM refusal JOIN load_run ON load_run.id = load_run_id WHERE source = 'complaints'") == 0


def test_active_households_of_every_month(lit: Lit, expected: dict[str, dict[str, Any]]) -> None:
    sales = expected["sales"]
    buyers = lit.measure("active_buyers", "months=13", perimeter="us", at="2018-02-01T09:00")
    assert dict(zip(buyers["period_name"], buyers["customers"], strict=True)) == sales["active"]
    first_seen = dict(zip(buyers["period_name"], buyers["first_seen"], strict=True))
    assert {month: n for month, n in first_seen.items() if n} == sales["first_seen"]
    assert round(buyers.set_index("period_name")["value"]["2017-12"], 2) == sales["sales_2017_12"]


def test_everything_that_was_bought_is_in_the_store(lit: Lit, expected: dict[str, dict[str, Any]]) -> None:
    sales = expected["sales"]
    assert round(lit.count("SELECT sum(amount) FROM purchase"), 2) == sales["sales"]
    assert lit.count("SELECT count(DISTINCT customer) FROM purchase") == sales["households"]
    silent = "SELECT count(*) FROM (SELECT customer FROM purchase GROUP BY customer HAVING max(day) < '2017-10-01') AS s"
    assert lit.count(silent) == sales["not_seen_since_2017_10_01"]


def test_households_seen_first_in_january_2017_are_not_called_new(lit: Lit) -> None:
    buyers = lit.measure("active_buyers", "months=13", perimeter="us", at="2018-02-01T09:00").set_index("period_name")
    assert buyers["state"]["2017-01"] == "left-censored"
    assert buyers["state"]["2018-01"] == "incomplete"
    assert set(buyers["state"].drop(["2017-01", "2018-01"])) == {"measured"}
    flow = lit.measure("customer_flow", "months=13", perimeter="us", at=AT).set_index("period_name")
    assert flow["state"]["2017-01"] == "left-censored"


def test_january_2018_with_its_one_day_is_not_judged(lit: Lit) -> None:
    flow = lit.measure("customer_flow", "months=13", perimeter="us", at=AT)
    assert flow.iloc[-1][["period_name", "state"]].tolist() == ["2018-01", "incomplete"]
    assert "2018-01" not in set(lit.measure("active_buyers", perimeter="us", at=AT)["period_name"])
    assert lit.measure("growth_verdict", perimeter="us", at=AT)["period_name"].tolist() == ["2017-12"]


@pytest.mark.req("R37")
def test_opening_and_what_came_and_went_is_closing_in_every_month(lit: Lit) -> None:
    flow = lit.measure("customer_flow", "months=13", perimeter="us", at=AT)
    assert flow["holds"].all()
    assert (flow["opening"] + flow["new"] + flow["won_back"] - flow["lost"] == flow["closing"]).all()
    assert (flow["closing"].shift(1, fill_value=0) == flow["opening"]).all()
    worth = flow["opening_value"] + flow["new_value"] + flow["won_back_value"] - flow["lost_value"] + flow["changed_value"]
    assert (worth - flow["closing_value"]).abs().max() < 0.01


def test_the_share_of_late_parcels(lit: Lit, expected: dict[str, dict[str, Any]]) -> None:
    delivery = expected["delivery"]
    [kpi] = lit.measure("kpi_board", "touchpoint=parcel", "weeks=110", perimeter="br", at="2018-10-30T09:00").to_dict("records")
    assert kpi["denominator"] == delivery["delivered"]
    assert round(1 - kpi["value"], 4) == delivery["late_share"]


def test_the_mean_score_of_all_reviews(lit: Lit, expected: dict[str, dict[str, Any]]) -> None:
    delivery = expected["delivery"]
    [score] = lit.measure("scores", "months=24", perimeter="br").to_dict("records")
    assert score["n"] == delivery["reviews"]
    assert round(score["score"], 4) == delivery["mean_score"]
    assert score["low"] < score["score"] < score["high"]


def test_a_low_score_is_a_complaint_with_an_open_and_a_close(lit: Lit, expected: dict[str, dict[str, Any]]) -> None:
    low = expected["delivery"]["score_1_2"]
    flow = lit.measure("issue_flow", "weeks=105", perimeter="br")
    assert (flow["arrived"].sum(), flow["departed"].sum(), flow["wip"].dropna().iloc[-1]) == (low, low, 0)
    assert lit.measure("issue_pareto", "weeks=105", "top=10", perimeter="br")["complaints"].sum() == low
    assert lit.count("SELECT count(*) FROM voice WHERE complaint AND solved_at >= occurred_at") == low


def test_replayed_at_new_year_later_complaints_change_nothing(lit: Lit) -> None:
    summary = lit.measure("open_summary", perimeter="br", at=AT)["open"].tolist()
    open_then = "FROM voice WHERE day <= '2018-01-01' AND (solved_day IS NULL OR solved_day > '2018-01-01')"
    assert summary == [lit.count(f"SELECT count(*) {open_then}")]


def test_what_was_written_is_kept_as_it_was_written(lit: Lit, expected: dict[str, dict[str, Any]]) -> None:
    delivery = expected["delivery"]
    with (RECEIVED / "delivery" / "olist_order_reviews_dataset.csv").open(encoding="utf-8", newline="") as file:
        written = {f"{row['review_id']}|{row['order_id']}": row["review_comment_message"] for row in csv.DictReader(file)}
    with lit.engine.connect() as connection:
        answers = connection.execute(text("SELECT source_key, words FROM survey_response"))
        kept = {key: words or "" for key, words in answers}
    assert kept == written
    assert len(kept) == delivery["reviews"]
    assert sum(bool(words) for words in kept.values()) == delivery["reviews_with_text"]
    assert sum("\n" in words for words in kept.values()) == delivery["text_with_newline"]
    assert len(kept) - len({key.split("|")[0] for key in kept}) == delivery["dup_review_id"]


def test_orphans_are_kept_and_counted(lit: Lit, expected: dict[str, dict[str, Any]]) -> None:
    delivery, sales = expected["delivery"], expected["sales"]
    if lit.engine.dialect.name == "postgresql":
        ours = "split_part(r.source_key, '|', 2) IN (SELECT source_key FROM delivery)"
    else:
        ours = "substr(r.source_key, instr(r.source_key, '|') + 1) IN (SELECT source_key FROM delivery)"
    assert lit.count(f"SELECT count(*) FROM survey_response AS r WHERE {ours}") == delivery["reviews_whose_order_is_present"]
    assert lit.count("SELECT count(*) FROM delivery WHERE customer IS NOT NULL") == delivery["orders"]
    known = "SELECT count(DISTINCT p.customer) FROM purchase AS p JOIN customer AS c ON c.customer = p.customer"
    assert (lit.count(known), sales["households"]) == (801, 2469)


@pytest.mark.req("S8")
def test_loading_twice_changes_nothing(lit: Lit) -> None:
    with lit.engine.connect() as connection:
        before = read_versions(connection)
    again = load(lit.room, lit.engine, stopped(instant(AFTER)))
    with lit.engine.connect() as connection:
        assert read_versions(connection) == before
    for result in again:
        first = lit.loaded[result.source]
        assert (result.read, result.new, result.changed, result.gone) == (first.read, 0, 0, 0)
        assert (result.same, result.refused, result.left_out) == (first.new, first.refused, first.left_out)


@pytest.mark.parametrize("path", [*(f"/wall/{name}" for name in WALLS), "/journey", "/journey/arrives", "/journey/help"])
def test_every_picture_of_the_walls_and_of_a_stage_is_drawn(lit: Lit, path: str) -> None:
    browser = create_app(lit.room, stopped(instant(AT)), lit.engine).server.test_client()
    perimeter = "us" if path == "/wall/outcomes" else "br"
    asked = {"path": path, "perimeter": perimeter}
    tokens = browser.get("/pulse", query_string=asked).json["tokens"]
    assert tokens

    def drawn(name: str, token: str) -> None:
        picture = browser.get(f"/picture/{name}", query_string=asked).json
        assert (picture["token"], picture["state"] == "failed") == (token, False), picture

    for name in tokens.keys() - {SPINE}:
        drawn(name, tokens[name])
    if SPINE in tokens:  # it says what the pictures have found, so it is another one once they are drawn
        drawn(SPINE, browser.get("/pulse", query_string=asked).json["tokens"][SPINE])


def test_a_prompt_plays_and_seeks_with_its_words(lit: Lit) -> None:
    browser = create_app(lit.room, stopped(instant(AT)), lit.engine).server.test_client()
    number = lit.count("SELECT id FROM media WHERE path = 'calls/tt-allbusy.wav'")
    with browser.get(f"/media/{number}", headers={"Range": "bytes=100-199"}) as part:
        assert (part.status_code, len(part.data)) == (206, 100)
    assert "All representatives of the household" in browser.get(f"/captions/{number}.vtt").text


def test_the_room_is_made_of_settings_sources_and_layouts_only() -> None:
    kinds = {path.suffix for path in Path(RECEIVED).parent.parent.rglob("*") if path.is_file() and RECEIVED not in path.parents}
    assert kinds <= {".toml", ".csv"}
