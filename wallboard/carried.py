"""What travels with the engine: assets, layouts, the starter and the demo company's files."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def carried(name: str) -> Path:
    """A folder that travels with the engine: beside the package in a checkout, inside it when installed."""
    inside = PACKAGE / "_carried" / name
    return inside if inside.exists() else PACKAGE.parent / name
