"""Random rows for every feed from which facts are counted, and what becomes of them from load to load."""

from collections.abc import Callable, Iterator
from random import Random

from tests.loaders.conftest import Workspace
from tests.loaders.test_feeds import source
from wallboard.loaders.feeds import feeds

PARTS = {
    "all": {"name": "All"},
    "x": {"name": "X", "parent": "all"},
    "y": {"name": "Y", "parent": "all", "timezone": "Asia/Tokyo"},
}
STEADY = {
    "stages": ("stage,seq,name", "get,1,I get it", "use,2,I use it"),
    "functions": ("function,name,customer_facing,outsourced", "store,Store,no,no", "bank,Bank,no,no"),
    "touchpoints": ("touchpoint,stage,seq,name", "door,get,1,The door", "site,use,2,The site"),
    "reasons": ("reason,wording", "dear,Too dear", "slow,Too slow"),
    "issue_types": ("issue_type,wording,demand", "late,Late,failure", "bill,Bill,failure"),
}
"""What other rows refer to."""

Row = dict[str, object]
Rows = dict[int, Row]


class Chance(Random):
    """What happens to be so."""

    def day(self, first: int = 0, last: int = 530) -> str:
        days = self.randint(first, last)
        return f"{2025 + days // 360}-{days % 360 // 30 + 1:02}-{days % 30 % 28 + 1:02}"

    def after(self, day: str, longest: int, *, none: float = 0.3) -> str:
        if self.random() < none:
            return ""
        year, month, date = map(int, day.split("-"))
        days = (year - 2025) * 360 + (month - 1) * 30 + date + self.randint(0, longest)
        return f"{2025 + days // 360}-{days % 360 // 30 + 1:02}-28"

    def who(self, *more: str) -> str:
        return str(self.choice([*"abcdefgh", *more]))

    def money(self) -> str:
        return self.choice(["", *map(str, range(5, 95, 5))])

    def yes(self, share: float = 0.5) -> str:
        return "yes" if self.random() < share else "no"


def handoffs(c: Chance, _n: int) -> Row:
    fields = {"handoff": "box", "touchpoint": "door", "from_function": "store", "to_function": "bank", "what": "a box"}
    return {**fields, "max_wait_hours": c.choice(["", "24", "48"])}


def exchange_rates(c: Chance, _n: int) -> Row:
    return {"currency": "EUR", "valid_from": "2025-01-01", "rate": c.choice(["0.5", "0.8"])}


def customer_aliases(c: Chance, n: int) -> Row:
    return {"alias": ("old", "h", "g")[n % 3], "customer": c.choice(["a", "b"])}


def customers(c: Chance, n: int) -> Row:
    row = {"customer": "abcdefgh"[n % 8], "customer_group": c.choice(["", "Homes", "Offices"]), "kind": c.choice(["B2B", "B2C"])}
    return {**row, "test_account": c.yes(0.15), "parent": "a" if n % 8 in (2, 3) and c.random() < 0.5 else ""}


def memberships(c: Chance, n: int) -> Row:
    begins = c.day(0, 400)
    row = {"customer": "abcdefgh"[n % 8], "customer_group": c.choice(["Homes", "Gold"])}
    return {**row, "valid_from": begins, "valid_to": c.after(begins, 90)}


def contracts(c: Chance, n: int) -> Row:
    begins = c.day(0, 400)
    ends = c.after(begins, 200)
    row = {"contract": f"k{n}", "customer": c.who("old"), "started_on": begins, "ended_on": ends, "annual_value": c.money()}
    why = {"reason": c.choice(["", "dear", "slow"]), "reason_source": c.choice(["", "customer said"])}
    more = {"currency": c.choice(["GBP", "GBP", "EUR", "USD"]), "term_months": c.choice(["", "3", "12"])}
    return {**row, **more, **(why if ends or c.random() < 0.4 else dict.fromkeys(why, ""))}


def behaviours(c: Chance, n: int) -> Row:
    compared = c.choice(["month before", "same month last year"])
    return {
        "behaviour": ("log", "gift")[n % 2],
        "name": "B",
        "is_key": "yes",
        "grows_at": c.choice(["0.1", "0.5"]),
        "compared_with": compared,
    }


def customer_behaviours(c: Chance, n: int) -> Row:
    month = f"{2025 + n // 40 % 2}-{n % 5 + 1:02}-01"
    return {"customer": "abcdefgh"[n // 5 % 8], "month": month, "behaviour": ("log", "gift")[n % 2], "value": c.randint(0, 3)}


def tiers(c: Chance, n: int) -> Row:
    least = ("", "0", c.choice(["40", "60"]))[n % 3]
    return {"tier": ("lead", "iron", "gold")[n % 3], "name": "T", "seq": n % 3, "at_least": least, "valid_from": "2025-01-01"}


def customer_money(c: Chance, n: int) -> Row:
    row = {
        "customer": "abcdefgh"[n % 8],
        "month": f"{2025 + n // 8 % 2}-{n // 16 % 6 + 1:02}-01",
        "currency": c.choice(["GBP", "EUR"]),
    }
    return {**row, "revenue": c.randint(0, 90), "direct_cost": c.money(), "cost_to_serve": c.randint(0, 9)}


def referrals(c: Chance, n: int) -> Row:
    day = c.day(0, 500)
    row = {"referrer": c.who("", "ghost", "old"), "referred_customer": f"n{n}", "referred_on": day}
    return {**row, "converted_on": c.after(day, 60), "value": c.money(), "currency": c.choice(["GBP", "EUR"])}


def orders(c: Chance, n: int) -> Row:
    row = {"customer": c.who("old"), "order_key": f"o{n // 2}", "ordered_at": c.day(0, 500), "amount": c.money()}
    return {**row, "currency": c.choice(["GBP", "GBP", "EUR", "USD"])}


def voice(c: Chance, _n: int) -> Row:
    day = c.day(200, 300)
    row = {
        "occurred_at": f"{day} 09:{c.randint(10, 59)}",
        "solved_at": c.after(day, 40),
        "customer": c.who("", "old"),
        "kind": "ticket",
    }
    place = {
        "issue_type": c.choice(["", "late", "bill"]),
        "touchpoint": c.choice(["", "door", "site"]),
        "words": c.choice(["", "Hm."]),
    }
    what = {"complaint": c.yes(0.7), "merged": c.yes(0.1), "channel": c.choice(["phone", "chat"])}
    return {**row, **place, **what, "handled_by": c.choice(["", "store"]), "cause": c.choice(["", "store", "bank"])}


def ticket_events(c: Chance, n: int) -> Row:
    status = c.choice(["new", "in work", "waiting", "solved"])
    return {"ticket": f"t{n % 9}", "status": status, "at": f"{c.day(200, 260)} 10:{c.randint(10, 59)}", "seq": n}


def survey_responses(c: Chance, _n: int) -> Row:
    fields = {"survey": "s", "measure": "CSAT", "scale_min": 1, "scale_max": 5, "wording": c.choice(["Old?", "New?"])}
    return {**fields, "score": c.randint(1, 5), "responded_at": c.day(200, 260), "touchpoint": c.choice(["", "door"])}


def invitations(c: Chance, _n: int) -> Row:
    return {"survey": "s", "sent_at": c.day(200, 230), "outcome": c.choice(["completed", "partial", "bounced", ""])}


def touchpoint_kpis(c: Chance, n: int) -> Row:
    return {
        "touchpoint": "door",
        "kpi": "k",
        "name": "K",
        "day": f"2025-08-{n % 28 + 1:02}",
        "numerator": c.randint(0, 5),
        "denominator": 5,
    }


def deliveries(c: Chance, _n: int) -> Row:
    promised = c.day(200, 260)
    return {"touchpoint": "site", "ordered_at": "2025-01-01", "promised_at": promised, "delivered_at": c.after(promised, 9)}


def unit_costs(c: Chance, n: int) -> Row:
    row = {
        "activity": ("phone", "contact")[n % 2],
        "valid_from": c.day(150, 250),
        "amount": c.randint(1, 9),
        "customer_minutes": c.money(),
    }
    return {**row, "currency": c.choice(["GBP", "EUR"])}


def handoff_events(c: Chance, _n: int) -> Row:
    day = c.day(200, 260)
    taken = c.after(day, 3)
    back = c.after(taken, 9) if taken else ""
    return {"handoff": "box", "handed_at": day, "taken_at": taken, "returned_at": back, "complete": c.choice(["yes", "no", ""])}


def order_lines(c: Chance, n: int) -> Row:
    came = c.day(225, 240) if c.random() < 0.7 else ""
    fields = {"order_no": f"o{n // 4}", "line_no": n // 2 % 2, "touchpoint": "door", "requested_on": f"2025-08-{15 + n // 4:02}"}
    return {**fields, "quantity": 2, "delivered": c.choice([1, 2]) if came else "", "delivered_at": came, "cancelled": c.yes(0.1)}


def visits(c: Chance, _n: int) -> Row:
    fields = {"job": c.choice("abcd"), "touchpoint": "site", "started_at": f"{c.day(200, 290)} 10:{c.randint(10, 59)}"}
    known = {name: c.choice(["yes", "no", ""]) for name in ("full_information", "right_tools")}
    return {**fields, **known, "result": c.choice(["fixed", "not fixed", "no access"]), "customer_minutes": c.money()}


MADE: dict[str, tuple[Callable[[Chance, int], Row], int]] = {
    made.__name__: (made, number)
    for made, number in (
        (handoffs, 1), (exchange_rates, 1), (customer_aliases, 3), (customers, 8), (memberships, 5), (contracts, 14),
        (behaviours, 2), (customer_behaviours, 60), (tiers, 3), (customer_money, 60), (referrals, 14), (orders, 30), (voice, 40),
        (ticket_events, 40), (survey_responses, 20), (invitations, 12), (touchpoint_kpis, 10), (deliveries, 12), (unit_costs, 2),
        (handoff_events, 14), (order_lines, 12), (visits, 14),
    )
}  # fmt: skip
"""Each feed with what makes a row of it, by number, and how many rows there are at most."""


NAMED = ("handoffs", "behaviours")
"""Feeds whose rows others name, so that none of them goes."""


class History:
    """A company of which everything is told again and again, each time a little otherwise.

    Each feed has chances of its own: another feed changes no row of those that were there.
    """

    def __init__(self, seed: int) -> None:
        self.chances = {name: Chance(f"{seed} {name}") for name in ("turns", *MADE)}
        self.world: dict[str, Rows] = {name: {} for name in MADE}
        for name in NAMED:
            self.world[name] = {key: self._row(name, key) for key in range(MADE[name][1])}

    def sources(self) -> str:
        """Every feed by one snapshot of its own."""
        steady = (source(name, f"{name}.csv", head.split(","), name) for name, (head, *_) in STEADY.items())
        made = (source(name, f"{name}.csv", [*self._row(name, 0)], name).replace("'row'", "['key']") for name in MADE)
        return "".join(steady) + "".join(f'{text}mode = "snapshot"\n' for text in made)

    def put_steady(self, workspace: Workspace) -> None:
        for name, rows in STEADY.items():
            workspace.put(f"{name}.csv", "\n".join((*rows, "")))

    def put(self, workspace: Workspace, *names: str) -> None:
        """The files of these feeds as the world is told now."""
        for name in names:
            head = ["key", *self._row(name, 0)]
            rows = (",".join(str(cell) for cell in (key, *row.values())) for key, row in self.world[name].items())
            workspace.put(f"{name}.csv", "\n".join((",".join(head), *rows, "")))

    def go_on(self, *names: str) -> None:
        """Some rows of these feeds come, some go, and some are corrected."""
        for name in names:
            most, rows = MADE[name][1], self.world[name]
            for key in self.chances[name].sample(range(most), max(1, most // 2)):
                rows[key] = self._row(name, key)
            for key in self.chances[name].sample(sorted(rows), 0 if name in NAMED else len(rows) // 8):
                del rows[key]

    def turns(self, loads: int) -> Iterator[tuple[str, ...]]:
        """Some feeds, load by load, in an order of their own."""
        for _ in range(loads):
            yield tuple(self.chances["turns"].sample(list(MADE), len(MADE) // 2))

    def _row(self, name: str, key: int) -> Row:
        chance = self.chances[name]
        row = MADE[name][0](chance, key)
        return {**row, "perimeter": chance.choice("xy")} if "perimeter" in feeds()[name].columns else row
