"""The texts of the demo company: pools of sentences, and how they are dealt out so that neighbours differ."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parent / "words"


@cache
def read_words(name: str) -> dict[str, Any]:
    """One file of words/."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def people_names() -> tuple[list[str], list[str]]:
    """Given names and family names."""
    lines = [line.split() for line in (FOLDER / "names.txt").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return lines[0], [name.replace("'", " ") if name[:2] in ("Ó'", "Ní") else name for name in lines[1]]


def deal(pool: Sequence[str], count: int, rng: np.random.Generator) -> list[str]:
    """Deal `count` sentences: each cycle through the pool is shuffled anew, so that the last ones all differ."""
    if not pool:
        return [""] * count
    cycles = -(-count // len(pool))
    order = np.concatenate([rng.permutation(len(pool)) for _ in range(cycles)])[::-1][:count] if count else np.array([], int)
    return fill([pool[i] for i in order[::-1]], rng)


def fill(sentences: Sequence[str], rng: np.random.Generator) -> list[str]:
    """Replace {day}, {blend} and the other slots, each time by another word."""
    slots: Mapping[str, Sequence[str]] = read_words("tickets")["slots"]
    picks = rng.random((len(sentences), len(slots)))
    named = list(slots.items())
    return [
        sentence.format_map({name: words[int(p * len(words))] for (name, words), p in zip(named, row, strict=True)})
        if "{" in sentence
        else sentence
        for sentence, row in zip(sentences, picks, strict=True)
    ]


def sentence_case(text: str) -> str:
    """A filled sentence may begin with a slot: give it its capital."""
    return text[:1].upper() + text[1:]
