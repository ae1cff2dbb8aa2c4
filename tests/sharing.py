"""Which tests go to one worker together, those of the real room; and what becomes of the rest when a worker is lost."""

import re
from typing import Any

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

RETAIL = re.compile(r"tests/rooms/test_retail\.py::\w+\[(sqlite|postgresql)|tests/browser/test_real_room\.py::")
HELD = 2
"""Tests that a worker must hold, as it runs the last one only when it is told that no other will come."""


class Sharing(LoadScopeScheduling):  # type: ignore[misc]
    """Gives out one test after the other, in their order; but the real room's, of one database, all to one worker, and first."""

    def schedule(self) -> None:
        """Begin; or give a worker that takes the place of a lost one enough to go on with."""
        begun = self.collection is not None
        super().schedule()
        for node in [node for node in self.nodes if begun and node in self.registered_collections]:
            while self.workqueue and not node.shutting_down and self._pending_of(self.assigned_work[node]) < HELD:
                self._assign_work_unit(node)
            if not self.workqueue:
                node.shutdown()

    def remove_node(self, node: Any) -> str | None:
        """The test that a worker was lost in, or None; it is not tried again, and the others are given to who is left."""
        units = {scope: unit for scope, unit in self.assigned_work.pop(node).items() if not all(unit.values())}
        lost: str | None = next((test for unit in units.values() for test, done in unit.items() if not done), None)
        if lost is None:
            return None
        units[self._split_scope(lost)][lost] = True
        self.workqueue.update({scope: unit for scope, unit in units.items() if not all(unit.values())})
        for other in self.assigned_work:
            self._reschedule(other)
        return lost

    def _reschedule(self, node: Any) -> None:
        """A worker that has just come knows no tests yet: it is given some when it does."""
        if node in self.registered_collections:
            super()._reschedule(node)

    def _split_scope(self, nodeid: str) -> Any:
        found = RETAIL.match(nodeid)
        return f"retail on {found[1] or 'sqlite'}" if found else nodeid
