"""How large the program is, beside an earlier revision: lines, files, `Any`, and how many files name one kind of step or a role.

`python -m bench.house --before REVISION`. Migrations, which stay as they were written, and vendored scripts are not counted.
"""

import argparse
import ast
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from bench.rooms import REPOSITORY
from bench.table import Figure, middle, show

KINDS = ("admitted", "alleviated", "accepted", "reopened", "escalated")
"""Kinds of step that an issue had from the beginning, whose words mean nothing else."""

ROLES = ("guest",)
PROGRAM, VENDORED = ("wallboard/", "assets/"), "assets/plotly/"
OTHERS = ("wallboard/store/migrations/", "wallboard/demo/")
_Tree = Mapping[str, str]


def main() -> None:
    """Print both revisions side by side."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--before", required=True, metavar="REVISION")
    before = ask.parse_args().before
    show(f"the program, {before} → now", figures(before, "HEAD"))


def figures(before: str, after: str) -> list[Figure]:
    """Each count of the earlier revision, and of the later one."""
    trees = _tree(before), _tree(after)
    fresh = set(_git("diff", "-M30%", "-l0", "--name-only", "--diff-filter=A", before, after, "--", "wallboard").split())
    counts: list[tuple[str, Callable[[_Tree], float]]] = [
        ("lines of Python", partial(_lines, kind=".py")),
        ("lines of Python in files that stood there before, moved or not", partial(_lines, kind=".py", without=fresh)),
        ("files of Python", lambda tree: len(_of(tree, ".py"))),
        ("lines of a file of Python, the middle one", lambda tree: middle([text.count("\n") for text in _of(tree, ".py")])),
        ("lines of JavaScript", partial(_lines, kind=".js")),
        ("lines of CSS", partial(_lines, kind=".css")),
        ("Any", lambda tree: sum(len(re.findall(r"\bAny\b", text)) for text in _of(tree, ".py"))),
        ("Any in annotations, without imports and words", lambda tree: sum(map(_any_names, _of(tree, ".py")))),
        ("files that name one kind of step, the middle one", partial(_named, names=KINDS)),
        ("files that name the role of a guest", partial(_named, names=ROLES)),
    ]
    return [Figure(what, f"{count(trees[0]):,.0f} → {count(trees[1]):,.0f}") for what, count in counts]


def _tree(revision: str) -> _Tree:
    """The program's files by their paths, read by one process of git."""
    names = [name for name in _git("ls-tree", "-r", "--name-only", revision).splitlines() if name.startswith(PROGRAM)]
    wanted = [name for name in names if name.endswith((".py", ".js", ".css")) and not name.startswith((OTHERS[0], VENDORED))]
    asked = "".join(f"{revision}:{name}\n" for name in wanted).encode()
    answer = subprocess.run(["git", "cat-file", "--batch"], cwd=REPOSITORY, input=asked, capture_output=True, check=True).stdout
    texts = {}
    for name in wanted:
        head, _, answer = answer.partition(b"\n")
        size = int(head.split()[-1])
        texts[name], answer = answer[:size].decode(), answer[size + 1 :]
    return texts


def _of(tree: _Tree, kind: str, without: Iterable[str] = ()) -> list[str]:
    return [text for name, text in tree.items() if name.endswith(kind) and name not in set(without)]


def _lines(tree: _Tree, kind: str, without: Iterable[str] = ()) -> int:
    return sum(text.count("\n") for text in _of(tree, kind, without))


def _any_names(text: str) -> int:
    return sum(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(ast.parse(text)))


def _named(tree: _Tree, names: tuple[str, ...]) -> float:
    """Of names that stand in quotes, in files that are not of the demo."""
    own = {name: text for name, text in tree.items() if not name.startswith(OTHERS) and name.endswith((".py", ".js"))}
    return middle([sum(f'"{name}"' in text for text in own.values()) for name in names])


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
