"""What stands on an opportunity's page about the roster: what it is sorted by, and the form that puts it there."""

from collections.abc import Iterator
from datetime import timedelta

from dash import html
from dash.development.base_component import Component

from wallboard.records.decisions import selections
from wallboard.records.opportunities import Opportunity
from wallboard.records.ratings import Rating
from wallboard.records.roster import roster
from wallboard.screens.console.decision_parts import votes_words
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, fold, form, line, select
from wallboard.screens.console.roster_page import inputs, target_words
from wallboard.store.limits import ROSTER, limit

HALF_A_YEAR = timedelta(days=182)
MARKS = {str(mark): str(mark) for mark in range(1, 6)}


def roster_forms(opportunity: Opportunity, rating: Rating, page: PageContext) -> Iterator[Component]:
    """What speaks for it, the forms that add to it, and the one that puts it on the roster."""
    yield html.P([html.Span(part) for part in inputs(opportunity, rating, page)], className="line")
    if page.allowed("proposed"):
        yield fold("Rate it", _rate(opportunity))
        yield fold("Customers voted for it", _votes(opportunity))
    there = roster(page.connection)
    item = next((item for item in there if item.opportunity == opportunity.id), None)
    if item is not None:
        on = html.A("On the roster of the few", href="/room/roster")
        yield html.P([on, f" since {page.day(item.day)}. {target_words(item, page)}."])
        return
    if not page.allowed("selected"):
        return
    if len(there) >= limit(page.connection, ROSTER):
        full = f"The roster is full: {page.count(len(there), 'item stands', 'items stand')} there. "
        yield html.P([full, html.A("Take one off it first.", href="/room/roster")], className="alert")
        return
    used = {each.decision for each in there}
    decided = [each for each in selections(page.connection, opportunity.id) if each.life.status == "decided"]
    voted = next((each for each in decided if each.number not in used), None)
    if voted is None:
        vote = html.A("put it to the vote in a session", href="/room/sessions")
        yield html.P(["Leaders select together: ", vote, ", and it can come to the roster."], className="hint")
        return
    yield html.P(votes_words(voted, page), className="hint")
    yield fold("Put it on the roster", _select(opportunity, page))


def _rate(opportunity: Opportunity) -> Component:
    fields = [
        select("impact", "How much does it do for customers?", MARKS, first="from 1 (little) to 5 (a great deal)"),
        select("effort", "What does it take?", MARKS, first="from 1 (little) to 5 (a great deal)"),
        line("words", "Why?"),
    ]
    return form(f"/room/do/rate-opportunity/{opportunity.id}", fields, button("Rate it"), name="rate-opportunity")


def _votes(opportunity: Opportunity) -> Component:
    fields = [
        line("votes", "How many customers voted for it?", kind="number", min="1", max="1000000"),
        line("words", "Where were they asked?", "votes from one occasion; earlier ones stay"),
    ]
    return form(f"/room/do/count-votes/{opportunity.id}", fields, button("Count them"), name="count-votes")


def _select(opportunity: Opportunity, page: PageContext) -> Component:
    may = page.may.get("selected", ())
    sponsors = {str(user.id): f"{user.name}, {user.role}" for user in page.names.users if user.role in may}
    first, due = page.today(opportunity.perimeter) + timedelta(days=28), page.today(opportunity.perimeter) + HALF_A_YEAR
    fields = [
        select("user_id", "Who sponsors it?", sponsors, first="choose a person"),
        select("issue_type", "Which complaints should fall?", page.names.issue_types, first="choose a kind"),
        line("less_by", "By what percentage?", kind="number", value="30", min="1", max="100"),
        line("due_on", "By when?", kind="date", value=due.isoformat(), min=first.isoformat()),
    ]
    return form(f"/room/do/select/{opportunity.id}", fields, button("Put it on the roster"), name="select")
