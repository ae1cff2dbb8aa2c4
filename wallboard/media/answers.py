"""How one program tells another why there is no piece of a file: a refusal as text, and the refusal of a text."""

import json

from wallboard.media.forms import NoForm
from wallboard.media.info import MediaRefused

REFUSALS = (MediaRefused, NoForm, LookupError, OSError)
"""Why there is no piece: the file may not be shown, is no form, has no such piece, or cannot be read."""


def written(refusal: Exception) -> str:
    """A refusal as one line; libraries may have written others before it."""
    if isinstance(refusal, MediaRefused):
        return json.dumps(["MediaRefused", refusal.where, refusal.what, refusal.remedy])
    kind = next(kind for kind in REFUSALS if isinstance(refusal, kind))
    return json.dumps([kind.__name__, str(refusal.args[0]) if refusal.args else ""])


def read(errors: str) -> Exception | None:
    """The refusal that `written` wrote at the end of what a program said; None where it ended otherwise."""
    kinds = {kind.__name__: kind for kind in REFUSALS}
    try:
        name, *arguments = json.loads(errors.splitlines()[-1])
        return kinds[name](*arguments)
    except (ValueError, TypeError, LookupError):
        return None
