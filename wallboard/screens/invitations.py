"""Sessions as a calendar, and a session as an invitation that calendars understand (RFC 5545, RFC 5546).

Whoever serves imports this when a letter invites, and not before: it holds a library of its own.
"""

from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

from icalendar import Calendar, Event, vCalAddress, vText

from wallboard.calendar import in_full
from wallboard.records.mail import Letter, sequence_of
from wallboard.records.sessions import SessionView
from wallboard.settings import Mail, Settings


def as_calendar(views: list[SessionView], settings: Settings) -> Calendar:
    """Sessions as events; a cancelled one stays in it as such, a postponed one moves with the same name."""
    made = _calendar()
    made.add("x-wr-calname", f"{settings.company}: the Customer Room")
    for view in views:
        made.add_component(_event(view, settings))
    return made


def invitation(mail: Mail, settings: Settings, letter: Letter, view: SessionView, to: Address) -> EmailMessage:
    """The letter that invites to a session, says that it has moved, or that it is cancelled: as the session stands now."""
    is_off, title = view.life.status == "cancelled", " ".join(view.title.split())
    changed = view.life.newest("cancelled") or view.life.newest("postponed")
    lead = "Cancelled" if is_off else "Moved" if changed else "Invitation"
    zone = settings.zone(view.perimeter if view.perimeter in settings.perimeter else None)
    at = view.at.astimezone(zone)
    day = in_full(at.date(), settings.locale)
    message = EmailMessage(policy=SMTP if to.addr_spec.isascii() else SMTPUTF8)
    message["Subject"] = f"{lead}: {title}, {day}"
    message["From"] = Address(display_name=" ".join(mail.sender_name.split()), addr_spec=mail.sender)
    message["To"] = to
    name = f"session-{view.number}-{letter.user_id}-{letter.sequence}-{letter.tries}"
    message["Message-ID"] = f"<{name}@{mail.sender.rpartition('@')[2]}>"
    words = [f"{lead}: {title}", f"{day}, {at:%H:%M} ({zone}), {view.minutes} minutes"]
    words += [" ".join(changed.words.split())] if changed and changed.words else []
    words += [_page(view, settings)] if settings.address else []
    message.set_content("\n\n".join(words) + "\n")
    method, made = "CANCEL" if is_off else "REQUEST", _calendar()
    made.add("method", method)
    made.add_component(_with_people(_event(view, settings), mail, to))
    message.add_alternative(made.to_ical().decode(), subtype="calendar", charset="utf-8", params={"method": method})
    return message


def _calendar() -> Calendar:
    made = Calendar()
    made.add("prodid", "-//The Customer Room//EN")
    made.add("version", "2.0")
    return made


def _event(view: SessionView, settings: Settings) -> Event:
    event = Event()
    changed: datetime = view.life.steps[-1].at
    event.add("uid", f"session-{view.number}@customer-room")
    event.add("sequence", sequence_of(view))
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("dtstart", view.at.astimezone(UTC))
    event.add("dtend", view.at.astimezone(UTC) + timedelta(minutes=view.minutes))
    event.add("summary", view.title)
    event.add("categories", [view.kind])
    event.add("status", "CANCELLED" if view.life.status == "cancelled" else "CONFIRMED")
    if settings.address:
        event.add("url", _page(view, settings))
    return event


def _page(view: SessionView, settings: Settings) -> str:
    return f"{(settings.address or '').rstrip('/')}/room/session/{view.number}"


def _with_people(event: Event, mail: Mail, to: Address) -> Event:
    """The room invites, and whoever gets the letter is asked; nobody reads the addresses of others."""
    organizer, attendee = vCalAddress(f"mailto:{mail.sender}"), vCalAddress(f"mailto:{to.addr_spec}")
    organizer.params["cn"] = vText(" ".join(mail.sender_name.split()))
    attendee.params["cn"] = vText(to.display_name)
    attendee.params["role"], attendee.params["partstat"] = vText("REQ-PARTICIPANT"), vText("NEEDS-ACTION")
    event.add("organizer", organizer)
    event.add("attendee", attendee)
    return event
