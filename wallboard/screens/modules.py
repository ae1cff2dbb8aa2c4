"""Joins JavaScript modules into one file, so that a page asks once.

Each module becomes a function that is called before those that need it. What is understood is what the room's own modules use:
`import { a, b } from "./file.js";`, `import "./file.js";`, and `export` before a `const` or a `function`, each at the beginning
of a line. The files run as they are in any browser, and tests load them so.
"""

import re
from collections.abc import Iterator
from pathlib import Path

IMPORT = re.compile(r'^import (?:(\{[^}]*\}) from )?"\./(\w+)\.js";\n', re.M)
EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function\*?) (\w+))", re.M)


def joined(entry: Path) -> str:
    """The module `entry` with all that it needs, each once and in the order in which a browser would run them."""
    return "\n".join(_called(file) for file in needed(entry))


def needed(entry: Path, above: tuple[Path, ...] = ()) -> list[Path]:
    """The files that a module consists of, itself last; raises ValueError where modules need each other in a circle."""
    if entry in above:
        raise ValueError(f"{entry.name} needs itself, by way of {', '.join(file.name for file in above)}.")
    order: dict[Path, None] = {}
    for file in _imported(entry):
        order |= dict.fromkeys(needed(file, (*above, entry)))
    return [*order, entry]


def _imported(file: Path) -> Iterator[Path]:
    return (file.parent / f"{name}.js" for _, name in IMPORT.findall(file.read_text(encoding="utf-8")))


def _called(file: Path) -> str:
    source = file.read_text(encoding="utf-8")
    body = EXPORT.sub("", IMPORT.sub(lambda match: f"const {match[1]} = ${match[2]};\n" if match[1] else "", source))
    return f"const ${file.stem} = (() => {{\n{body}return {{ {', '.join(EXPORT.findall(source))} }};\n}})();\n"
