"""Functions, touchpoints with their owners, roles, KPIs and handoffs: a company in which what is missing is known."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, insert

from tests.metrics.given import loaded
from wallboard.store import schema

DAY = date(2026, 6, 10)


def company(connection: Connection, functions: int, touchpoints: int) -> None:
    """A company in which each touchpoint has one owner, one KPI, and hands on to the next function by a way that has an owner."""
    sides = [f"f{n:02}" for n in range(functions)]
    plain = {"customer_facing": True}
    loaded(
        connection,
        schema.function,
        *({"function": key, "name": key.upper(), "outsourced": key > "f30", **plain} for key in sides),
    )
    loaded(connection, schema.employee, *({"employee": f"p{key}", "name": f"Person {key}", "function": key} for key in sides))
    loaded(connection, schema.stage, *({"stage": f"s{n}", "seq": n, "name": f"I do {n}"} for n in range(8)))
    rows = [(f"t{n:03}", sides[n % functions], sides[(n + 1) % functions], n) for n in range(touchpoints)]
    where: dict[str, Any] = {"priority": True, "moment_of_truth": False}
    loaded(
        connection,
        schema.touchpoint,
        *(
            {"touchpoint": t, "stage": f"s{n % 8}", "seq": n, "name": t, "function": f, "owner": f"p{f}", **where}
            for t, f, _, n in rows
        ),
    )
    loaded(
        connection,
        schema.handoff,
        *({"handoff": f"h{t}", "touchpoint": t, "from_function": f, "to_function": to, "what": "a case", "owner": f"p{f}"}
          for t, f, to, _ in rows),
    )  # fmt: skip
    measured = {"kpi": "k", "name": "K", "day": DAY, "perimeter": "north", "numerator": 9.0, "denominator": 10.0, "better": "up"}
    connection.execute(insert(schema.kpi_day), [{"touchpoint": t, "unit": "share", "target": None, **measured} for t, *_ in rows])


def role(connection: Connection, touchpoint: str, function: str, **fields: Any) -> None:
    """A function that is accountable at a touchpoint since the beginning of 2026, by its own person."""
    plain = {"employee": f"p{function}", "role": "accountable", "valid_from": date(2026, 1, 1), "valid_to": None}
    loaded(connection, schema.touchpoint_role, {"touchpoint": touchpoint, "function": function, **plain, **fields})
