"""A form is taken once: a browser that lost the answer sends it again with its key, and gets the same answer."""

import re
from datetime import timedelta

from sqlalchemy import delete, insert, select

from wallboard.errors import RuleRefused
from wallboard.records.acting import Acting
from wallboard.screens.console.actions import Action, Done
from wallboard.screens.console.sent import Sent
from wallboard.store.schema import sent_form

KEY = "once"
"""The field that holds the key; each form that is filled in anew has another one."""

_KEY = re.compile(r"[0-9a-f]{32,64}")
_KEPT = timedelta(days=90)


def taken_once(act: Acting, action: Action, number: int, sent: Sent) -> Done:
    """Take a step unless this person has sent this form before, in the transaction of the step."""
    key = sent.fields.get(KEY, "")
    if not key or act.actor is None:
        return action(act, number, sent)
    if not _KEY.fullmatch(key):
        raise RuleRefused("the room", "this was not sent from a page that the room has given you.", "Reload the page.")
    mine = (sent_form.c.user_id == act.actor, sent_form.c.key == key)
    before = act.connection.execute(select(sent_form.c.message, sent_form.c.goes_to).where(*mine)).first()
    if before is not None:
        return Done(before.message, before.goes_to)
    done = action(act, number, sent)
    act.connection.execute(delete(sent_form).where(sent_form.c.at < act.at - _KEPT))
    values = {"user_id": act.actor, "key": key, "at": act.at, "message": done.message, "goes_to": done.to}
    act.connection.execute(insert(sent_form).values(**values))
    return done
