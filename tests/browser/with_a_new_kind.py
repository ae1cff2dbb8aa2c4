"""A room whose program knows one kind of step and one role more, each by one declaration; a test runs it as a process of its own.

It prints the room's address, an issue and the secret of somebody who has signed in, and serves until its input ends.
"""

import json
import sys
from pathlib import Path

from wallboard.lifecycle import offers, roles, steps
from wallboard.lifecycle.forms import Form, Words, form_field
from wallboard.lifecycle.kinds import Kinds, Offer, StepKind

NURSE = roles.Role("nurse", ("relayed",))
roles.BY_NAME[NURSE.name] = NURSE
roles.ROLES += (NURSE,)


class Apologise(Form):
    """What we are sorry for."""

    words: Words = form_field("text", "What are we sorry for?", "the apology")


APOLOGISED = StepKind(
    kind="apologised",
    verb="apologise",
    follows="alleviation",
    says=("words",),
    may=(*roles.WORKS, NURSE),
    form=Apologise,
    button="We are sorry",
    done="Written down: we are sorry.",
    title="We said that we are sorry",
    offers=(Offer(heading="Say that we are sorry", about=offers.once_alleviated),),
)
steps.KINDS = Kinds(*steps.KINDS, APOLOGISED)


# What reads the declarations when it is imported comes after them.
from sqlalchemy import update  # noqa: E402

from tests.browser.serving import served  # noqa: E402
from tests.screens.console.given import House, furnished, small_room  # noqa: E402
from wallboard.store.connections import writing  # noqa: E402
from wallboard.store.open import open_store  # noqa: E402
from wallboard.store.schema import user_account  # noqa: E402


def main(root: Path) -> None:
    """Serve the room from a fresh store, with an issue on which somebody works, and a nurse who has signed in."""
    room = small_room(root)
    living = furnished(open_store(room.store_url))
    issue = living.until("alleviation")
    with writing(living.engine) as connection:
        connection.execute(update(user_account).where(user_account.c.login == "tom").values(role=NURSE.name))
    with served(room, lambda: living.at) as lit:
        print(json.dumps({"url": lit.url, "issue": issue, "secret": House(room, living).secret("tom")}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
