"""Golden rule 4: is an answer in words that the customer understands? Banned and trade terms, unexplained acronyms, reading ease.

The room's glossary goes first; what it does not name is judged by the terms of trades in `lingo.toml`, then by its spelling.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyphen import LANGUAGES, Pyphen
from sqlalchemy import Connection, select

from wallboard.store.schema import glossary_term

BANNED, TRADE, ACRONYM = "banned term", "trade term", "unexplained acronym"

_ACRONYM = re.compile(
    r"(?<![\w&/.])(?:"
    r"[A-Z](?:\s?[&/+]\s?[A-Z])+"  # T&C, R & D, N/A
    r"|(?:[A-Z]\.){2,}"  # E.T.A.
    r"|\d?[A-Z][A-Z0-9]{1,5}"  # RMA, B2B, 3PL
    r"|[A-Z][a-z][A-Z]{1,2}"  # PoD
    r"|[cnw]/[ao]"  # n/a, c/o, w/o
    r")(?:['’]?s)?(?![\w&])"
)
_HOUR = re.compile(r"\d[AP]M")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?…]+(?:\s|$)|\n+")
_EASE = {"en": (206.835, 1.015, 84.6), "de": (180.0, 1.0, 58.5), "fr": (207.0, 1.015, 73.6), "es": (206.84, 1.02, 60.0)}
"""Flesch's reading ease by language (en: Flesch 1948, de: Amstad 1978, fr: Kandel and Moles 1958, es: Fernández Huerta 1959)."""


@dataclass(frozen=True)
class Hit:
    """One thing that a customer may not understand, and what a customer would say; None where nobody has said that yet.

    `spelled`: the ways in which the text writes it.
    """

    term: str
    kind: str
    instead: str | None
    spelled: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What was found in an answer; `ease` is 0 (hard) to 100 (easy), None where the language has no formula."""

    hits: tuple[Hit, ...]
    ease: float | None


def read_answer(connection: Connection, text: str, locale: str = "en") -> Reading:
    """Read an answer with the room's glossary."""
    rows = connection.execute(select(glossary_term.c.term, glossary_term.c.instead, glossary_term.c.banned)).all()
    banned = {row.term: row.instead for row in rows if row.banned}
    known = {row.term: row.instead for row in rows}
    return Reading(hits_in(text, banned, known, lingo(locale)), reading_ease(text, locale))


def hits_in(
    text: str, banned: Mapping[str, str | None], known: Mapping[str, str | None], trade: Mapping[str, str | None] | None = None
) -> tuple[Hit, ...]:
    """What a customer may not understand, in the order of the text, each once.

    Banned terms; then terms of trades that the room's glossary does not know; then acronyms that the text does not explain in
    brackets. A longer term hides a shorter one within it.
    """
    judged = {term.casefold() for term in known} | {term.casefold() for term in banned}
    others = {term: instead for term, instead in (trade or {}).items() if term.casefold() not in judged}
    within: list[tuple[int, int]] = []
    hits = [*_terms(text, banned, BANNED, within), *_terms(text, others, TRADE, within), *_acronyms(text, known, within)]
    return tuple(hit for _, hit in sorted(hits, key=lambda pair: pair[0]))


def _terms(text: str, terms: Mapping[str, str | None], kind: str, within: list[tuple[int, int]]) -> Iterator[tuple[int, Hit]]:
    """Terms that the text uses and does not explain, the longest first; adds to `within` where they stand."""
    for term in sorted(terms, key=len, reverse=True):
        places = [at for at in _spelling(term).finditer(text) if not _is_within(at, within)]
        within += [at.span() for at in places]
        if places and (kind == BANNED or not _is_explained(places[0].group(), text)):
            yield places[0].start(), Hit(term, kind, terms[term], _ways(places))


def _acronyms(text: str, known: Mapping[str, str | None], within: list[tuple[int, int]]) -> Iterator[tuple[int, Hit]]:
    places: dict[str, list[re.Match[str]]] = {}
    for at in _ACRONYM.finditer(text):
        if not _is_within(at, within) and not _HOUR.fullmatch(at.group()):
            places.setdefault(_singular(at.group()), []).append(at)
    for term, standing in places.items():
        if not _is_explained(term, text):
            yield standing[0].start(), Hit(term, ACRONYM, known.get(term), _ways(standing))


def _is_within(at: re.Match[str], within: list[tuple[int, int]]) -> bool:
    return any(start <= at.start() and at.end() <= end for start, end in within)


def _ways(places: list[re.Match[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(at.group() for at in places))


def _singular(acronym: str) -> str:
    """As it is written for one of them, without blanks: T & Cs is T&C."""
    return re.sub(r"['’]?s$", "", re.sub(r"\s", "", acronym))


@cache
def _spelling(term: str) -> re.Pattern[str]:
    """A term as people write it: in any case, for one or several, its parts joined by blanks or hyphens."""
    parts = [re.escape(part).replace(r"\&", r"\s?(?:&|and|\+)\s?") for part in re.split(r"[\s-]+", term)]
    joined = r"[\s-]+".join(parts)
    return re.compile(rf"(?<!\w){joined}(?:['’]?s|es)?(?!\w)", re.IGNORECASE)


@cache
def lingo(locale: str) -> Mapping[str, str | None]:
    """Terms of trades in the language of a locale, and what a customer would say; none for a language that nobody has written."""
    text = (Path(__file__).parent / "lingo.toml").read_text(encoding="utf-8")
    terms = tomllib.loads(text).get(locale.split("-")[0].lower(), {})
    return {term: instead or None for term, instead in terms.items()}


def _is_explained(term: str, text: str) -> bool:
    """Its meaning stands beside it: "RMA (the return label)" or "the return label (RMA)"."""
    spelling = re.escape(term)
    return re.search(rf"(?<!\w){spelling}(?:['’]?s)?\s*\(\s*\w+[^)]*\)|\(\s*{spelling}(?:['’]?s)?\s*\)", text) is not None


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
