"""Golden rule 4: is an answer in words that the customer understands? Banned terms, unexplained acronyms, reading ease."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pyphen import LANGUAGES, Pyphen
from sqlalchemy import Connection, select

from wallboard.store.schema import glossary_term

_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,5}s?\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?…]+(?:\s|$)|\n+")
_EASE = {"en": (206.835, 1.015, 84.6), "de": (180.0, 1.0, 58.5), "fr": (207.0, 1.015, 73.6), "es": (206.84, 1.02, 60.0)}
"""Flesch's reading ease by language (en: Flesch 1948, de: Amstad 1978, fr: Kandel and Moles 1958, es: Fernández Huerta 1959)."""


@dataclass(frozen=True)
class Hit:
    """One thing that a customer may not understand, and what a customer would say; None where nobody has said that yet."""

    term: str
    kind: str
    instead: str | None


@dataclass(frozen=True)
class Reading:
    """What was found in an answer; `ease` is 0 (hard) to 100 (easy), None where the language has no formula."""

    hits: tuple[Hit, ...]
    ease: float | None


def read_answer(connection: Connection, text: str, locale: str = "en") -> Reading:
    """Read an answer with the room's glossary."""
    rows = connection.execute(select(glossary_term.c.term, glossary_term.c.instead, glossary_term.c.banned)).all()
    banned = {row.term: row.instead for row in rows if row.banned}
    return Reading(hits_in(text, banned, {row.term: row.instead for row in rows}), reading_ease(text, locale))


def hits_in(text: str, banned: Mapping[str, str | None], known: Mapping[str, str | None]) -> tuple[Hit, ...]:
    """Banned terms in the order of the text, each once, then other acronyms that the text does not explain in brackets."""
    hits: list[tuple[int, Hit]] = []
    within: list[tuple[int, int]] = []
    for term, instead in banned.items():
        places = list(re.finditer(rf"(?<!\w){re.escape(term)}(?!\w)", text, re.IGNORECASE))
        within += [at.span() for at in places]
        if places:
            hits.append((places[0].start(), Hit(term, "banned term", instead)))
    taken = {hit.term.casefold() for _, hit in hits}
    for at in _ACRONYM.finditer(text):
        word = at.group().removesuffix("s")
        if any(start <= at.start() and at.end() <= end for start, end in within):
            continue
        if word.casefold() in taken or not word.isupper() or _explained(word, text):
            continue
        taken.add(word.casefold())
        hits.append((at.start(), Hit(word, "unexplained acronym", known.get(word))))
    return tuple(hit for _, hit in sorted(hits, key=lambda pair: pair[0]))


def _explained(acronym: str, text: str) -> bool:
    """Its meaning stands beside it: "RMA (the return label)" or "the return label (RMA)"."""
    return re.search(rf"\b{acronym}s?\s*\(\s*\w+[^)]*\)|\(\s*{acronym}s?\s*\)", text) is not None


def reading_ease(text: str, locale: str = "en") -> float | None:
    """Flesch's reading ease of a text in a language, 0 to 100; None for no words or another language.

    Formula: a − b × words / sentences − c × syllables / words, its constants by language.
    """
    language = locale.split("-")[0].lower()
    words = _WORD.findall(text)
    if language not in _EASE or not words:
        return None
    base, per_sentence, per_word = _EASE[language]
    sentences = max(1, len([part for part in _SENTENCE.split(text) if _WORD.search(part)]))
    syllables = sum(len(_hyphens(locale).positions(word)) + 1 for word in words)
    return max(0.0, min(100.0, base - per_sentence * len(words) / sentences - per_word * syllables / len(words)))


@cache
def _hyphens(locale: str) -> Pyphen:
    """Where words of a locale can be parted, as near to their syllables as a dictionary of hyphens comes."""
    language = locale.split("-")[0].lower()
    own = [tag for tag in sorted(LANGUAGES, reverse=True) if tag.split("_")[0] == language]
    return Pyphen(lang=locale.replace("-", "_") if locale.replace("-", "_") in own else own[0], left=1, right=1)
