"""What a role may see beyond what hangs on the walls; a visitor has no role, and a guest only relays."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from wallboard.lifecycle.roles import FACILITATOR, PRESIDENT, WORKS, Role
from wallboard.records.users import User


class Access(Enum):
    """One kind of thing that is not for everybody."""

    PROVENANCE = "the files, rows and SQL behind a number, with customers' numbers and names"
    LOADS = "the files that were loaded, and why rows were refused"
    REFUSED_ROWS = "refused rows as they came"
    SHRUNK = "snapshots that have shrunk, and whether they are right"
    USERS = "who may sign in, and with which role"


ROLES_WITH: Mapping[Access, tuple[Role, ...]] = MappingProxyType(
    {
        Access.PROVENANCE: WORKS,
        Access.LOADS: WORKS,
        Access.REFUSED_ROWS: (FACILITATOR, PRESIDENT),
        Access.SHRUNK: (FACILITATOR, PRESIDENT),
        Access.USERS: (PRESIDENT,),
    }
)


def may_see(someone: User | None, what: Access) -> bool:
    """Whether somebody may see it; None is a visitor."""
    return someone is not None and someone.role in {role.name for role in ROLES_WITH[what]}
