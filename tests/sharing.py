"""Which tests go to one worker together: those of the real room, whose exports take long to load."""

import re
from typing import Any

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

RETAIL = re.compile(r"tests/rooms/test_retail\.py::\w+\[(sqlite|postgresql)|tests/browser/test_real_room\.py::")


class Sharing(LoadScopeScheduling):  # type: ignore[misc]
    """Gives out one test after the other, in their order; but the real room's, of one database, all to one worker, and first."""

    def _split_scope(self, nodeid: str) -> Any:
        found = RETAIL.match(nodeid)
        return f"retail on {found[1] or 'sqlite'}" if found else nodeid
