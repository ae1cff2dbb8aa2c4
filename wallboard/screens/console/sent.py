"""What a person has sent with a form, read as what it is meant to be; every refusal names the field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from wallboard.errors import RuleRefused
from wallboard.lifecycle.forms import chosen_number, named_day, written


@dataclass(frozen=True)
class Sent:
    """The fields of one form."""

    fields: Mapping[str, str]

    def text(self, name: str) -> str | None:
        """A text as it was written, with the line ends that the room uses; None where nothing was written."""
        return written(self.fields.get(name, ""))

    def short(self, name: str, where: str, longest: int = 80) -> str | None:
        """A text of a few words."""
        stripped = self.text(name)
        if stripped is not None and len(stripped) > longest:
            raise RuleRefused(where, f"is {len(stripped):,} characters long.", f"Shorten it to {longest}.")
        return stripped

    def number(self, name: str, where: str) -> int:
        """A whole number that a person has chosen."""
        return chosen_number(self.fields.get(name, ""), where)

    def day(self, name: str, where: str) -> date:
        """A day."""
        return named_day(self.fields.get(name, ""), where)

    def instant(self, name: str, where: str, zone: ZoneInfo, now: datetime) -> datetime:
        """The noon of a day, or now where that lies ahead."""
        noon = datetime.combine(self.day(name, where), time(12), zone)
        return now if now < noon and noon.date() == now.astimezone(zone).date() else noon

    def chosen(self, prefix: str) -> Iterator[str]:
        """The ends of all fields that begin with `prefix.`: boxes that were ticked."""
        return (name.removeprefix(f"{prefix}.") for name in self.fields if name.startswith(f"{prefix}."))

    def numbers(self, prefix: str) -> tuple[int, ...]:
        """The numbers of all boxes `prefix.NUMBER` that were ticked."""
        return tuple(int(number) for number in self.chosen(prefix) if number.isascii() and number.isdigit() and len(number) < 10)

    @property
    def seen(self) -> int:
        """The newest step that the person had before their eyes."""
        return self.number("seen", "what you have seen")
