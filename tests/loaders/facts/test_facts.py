"""Daily facts stay what counting everything again would give."""

from collections.abc import Callable
from random import Random

from sqlalchemy import select, update

from tests.loaders.conftest import Workspace
from tests.loaders.test_feeds import source
from wallboard.store.schema import buyer_month, customer_day, customer_event, kpi_day, reason_day, score_day

ORDERS = source("orders", "orders*.csv", ["customer", "order_key", "ordered_at", "amount"]).replace("'row'", "['order_key']")
CUSTOMERS = source("customers", "customers.csv", ["customer", "test_account"])


def csv(header: str, *rows: str) -> str:
    return "\n".join((header, *rows, ""))


def some_day(random: Random) -> str:
    return f"2025-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


def ruled(workspace: Workspace, **customers: object) -> None:
    """Give the room another rule for its customers."""
    rule = workspace.room.settings.customers.model_copy(update=customers)
    workspace.room = workspace.room.model_copy(
        update={"settings": workspace.room.settings.model_copy(update={"customers": rule})}
    )


def test_a_test_account_never_enters(make: Callable[..., Workspace]) -> None:
    workspace = make(customers={"rule": "orders"})
    workspace.sources(CUSTOMERS + ORDERS)
    workspace.put("customers.csv", "customer,test_account\na,no\nb,yes\n")
    workspace.put("orders.csv", csv("customer,order_key,ordered_at,amount", "a,1,2026-01-01,5", "b,2,2026-01-01,7"))
    workspace.load()
    assert {row[0] for row in workspace.rows(customer_event, "customer")} == {"a"}
    assert workspace.rows(buyer_month, "customers", "value") == [(1, 5.0)]
    workspace.put("customers.csv", "customer,test_account\na,yes\nb,no\n")
    workspace.load()
    assert {row[0] for row in workspace.rows(customer_event, "customer")} == {"b"}
    assert workspace.rows(buyer_month, "customers", "value") == [(1, 7.0)]


def test_another_money_is_unknown_and_not_added(make: Callable[..., Workspace]) -> None:
    workspace = make()
    workspace.sources(source("contracts", "c.csv", ["customer", "started_on", "annual_value", "currency"]))
    workspace.put("c.csv", csv("customer,started_on,annual_value,currency", "a,2026-01-01,10,GBP", "b,2026-01-01,10,USD"))
    workspace.load()
    assert workspace.rows(customer_day, "customers", "value", "value_unknown") == [(2, 10.0, 1)]


def test_another_rule_makes_other_events(make: Callable[..., Workspace]) -> None:
    workspace = make(customers={"rule": "orders", "lapse_days": 30})
    workspace.sources(ORDERS)
    workspace.put("orders.csv", csv("customer,order_key,ordered_at,amount", "a,1,2026-01-01,5", "a,2,2026-03-01,5"))
    workspace.load()
    assert [row[1] for row in workspace.rows(customer_event, "day", "kind")] == ["new", "lost", "won back", "lost"]
    ruled(workspace, lapse_days=90)
    workspace.load()
    assert [row[1] for row in workspace.rows(customer_event, "day", "kind")] == ["new", "changed", "lost"]


def test_contracts_lose_a_customer_with_the_reason(workspace: Workspace) -> None:
    reasons = source("reasons", "r.csv", ["reason", "wording"])
    columns = ["customer", "started_on", "ended_on", "annual_value", "reason", "reason_source"]
    workspace.sources(reasons + source("contracts", "c.csv", columns).replace("'row'", "['customer']"))
    workspace.put("r.csv", "reason,wording\ndear,Too dear\n")
    workspace.put("c.csv", csv(",".join(columns), "a,2026-01-01,2026-02-01,10,dear,customer said", "b,2026-01-01,,20,,"))
    workspace.load()
    why = workspace.rows(reason_day, "kind", "reason", "reason_source", "customers", "value")
    assert why == [("lost", "dear", "customer said", 1, 10.0), ("new", "", "unknown", 2, 30.0)]
    workspace.put("c.csv", csv(",".join(columns), "a,2026-01-01,,10,,", "b,2026-01-01,,20,,"))
    workspace.load()
    assert workspace.rows(reason_day, "kind", "customers") == [("new", 2)]
    assert workspace.rows(customer_day, "kind", "customers", "value") == [("new", 2, 30.0)]


def test_scores_and_kpis_by_day(workspace: Workspace) -> None:
    survey = source("survey_responses", "s.csv", ["score", "responded_at", "complete", "test"])
    survey += "constants = {survey = 'nps', measure = 'NPS', scale_min = 0, scale_max = 10}\n"
    delivery = (
        source("deliveries", "d.csv", ["ordered_at", "promised_at", "delivered_at"]) + "constants = {touchpoint = 'door'}\n"
    )
    stages = source("stages", "st.csv", ["stage", "seq", "name"]) + source(
        "touchpoints", "t.csv", ["touchpoint", "stage", "seq", "name"]
    )
    workspace.sources(stages + survey + delivery)
    workspace.put("st.csv", "stage,seq,name\nget,1,I get it\n")
    workspace.put("t.csv", "touchpoint,stage,seq,name\ndoor,get,1,The door\n")
    answers = [f"{score},2026-06-01,,{test}" for score, test in [(10, 0), (9, 0), (6, 0), (7, 0), (0, 1)]]
    workspace.put("s.csv", csv("score,responded_at,complete,test", *answers))
    came = ["2026-05-01,2026-06-01,2026-06-01T20:00", "2026-05-01,2026-05-31,2026-06-01", "2026-05-01,2026-06-09,"]
    workspace.put("d.csv", csv("ordered_at,promised_at,delivered_at", *came))
    workspace.load()
    assert workspace.rows(score_day, "n", "total", "squares", "high", "low") == [(4, 32.0, 266.0, 2, 1)]
    assert workspace.rows(kpi_day, "touchpoint", "kpi", "numerator", "denominator") == [("door", "on_time", 1.0, 2.0)]


def test_nothing_else_is_counted_again(workspace: Workspace) -> None:
    columns = "customer,order_key,ordered_at,amount"
    ruled(workspace, rule="orders")
    workspace.sources(ORDERS)
    workspace.put("orders_1.csv", csv(columns, "a,1,2026-01-01,5"))
    workspace.load()
    with workspace.engine.begin() as connection:
        connection.execute(update(customer_event).values(reason_words="left alone"))
    workspace.put("orders_2.csv", csv(columns, "b,2,2026-01-01,5"))
    workspace.load()
    with workspace.engine.connect() as connection:
        kept = connection.scalars(select(customer_event.c.reason_words).where(customer_event.c.customer == "a")).all()
    assert set(kept) == {"left alone"}
    assert workspace.rows(buyer_month, "customers", "first_seen", "value") == [(2, 2, 10.0)]
