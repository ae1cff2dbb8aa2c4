"""How many examples a test tries: what it says, or what the profile allows where that is less (see tests/conftest.py)."""

import hypothesis


def at_most(examples: int) -> int:
    """As many examples, and ten in `make fast`."""
    return min(examples, hypothesis.settings().max_examples)
