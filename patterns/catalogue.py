"""Load and compile the TOML files of this folder.

A file of patterns is a list of ``[[pattern]]`` tables. A regex may name parts in braces: ``{arabic}`` is a part of
``parts.toml``, ``{words:money_nouns}`` a word list of ``lexicon.toml``, ``{units:amount}`` all spellings of the units
of a kind in ``units.toml``. Quantifiers such as ``{1,3}`` stay as they are. ``engine = "re"`` has the standard
library's engine match a pattern: it takes half the time where many places are tried, but knows no look-behind of
several lengths, no two groups of one name, and no guard against nested repeats. ``begins``, the class
of digits or that of all else, says what all matches of a pattern begin with: at the other it need not be tried.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import regex

MAX_DEPTH = 8
_PART = regex.compile(r"\{(?P<name>[a-z][a-z0-9_]*(?::[a-z_]+)?)\}")
_REQUIRED = {"id", "field", "description", "regex", "examples", "counterexamples"}
_KEYS = _REQUIRED | {"needs", "begins", "engine", "set", "known_gaps"}


class CatalogueError(ValueError):
    """A pattern file that breaks the catalogue's rules; the message names file and entry."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which a pattern must match exactly ``match`` with these ``groups``.

    ``want`` holds what the parser has to make of it (value, unit, role …), checked by the tests of the parsers.
    """

    text: str
    match: str
    groups: Mapping[str, str] = field(default_factory=dict)
    want: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One rule: ``field`` says which question it answers, ``set`` what it answers."""

    id: str
    field: str
    description: str
    regex: regex.Pattern[str]
    set: Mapping[str, str]
    examples: tuple[Example, ...]
    counterexamples: tuple[str, ...]
    known_gaps: tuple[str, ...]
    groups: tuple[str, ...] = ()
    """The names of the regex's groups."""
    needs: re.Pattern[str] | None = None
    """What a text has to hold for the pattern to be found in it: a quick look that spares a dear one."""
    begins: str = ""
    r"""\d where all that it matches begins with a digit, \D where nothing does; empty for either."""
    plain: bool = False
    """Whether the standard library's engine matches it, which is the quicker one for it."""

    def search(self, text: str) -> regex.Match[str] | None:
        """Return the first match of the pattern in ``text``."""
        if self.needs is not None and self.needs.search(text) is None:
            return None
        return self.regex.search(text)

    def cut_from(self, text: str) -> str:
        """Return ``text`` without the matches of the pattern."""
        if self.needs is not None and self.needs.search(text) is None:
            return text
        return str(self.regex.sub("", text))

    def found_in(self, text: str) -> Iterable[regex.Match[str]]:
        """Return the matches of the pattern in ``text``, from left to right."""
        if self.needs is not None and self.needs.search(text) is None:
            return ()
        found: Iterable[regex.Match[str]] = self.regex.finditer(text)
        return found


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: ``name`` in the tables, ``factor`` base units in one, ``forms`` as printed.

    ``unless`` and ``only`` are regexes of what must not and what must follow it.
    """

    name: str
    kind: str
    factor: Decimal
    forms: tuple[str, ...]
    unless: str = ""
    only: str = ""


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("patterns") / f"{name}.toml").read_text(encoding="utf-8"))


def alternation(words: Iterable[str]) -> str:
    """Return a regex that matches any of ``words``, the longest first."""
    return by_beginning((word, "") for word in sorted(set(words), key=lambda word: (-len(word), word)))


def by_beginning(words: Iterable[tuple[str, str]]) -> str:
    """Return a regex of ``words``, each with what must follow it, tried in their order.

    Only those that begin with the next character are tried, behind a look whether any does.
    """
    rests: dict[str, list[str]] = {}
    for word, after in words:
        rests.setdefault(regex.escape(word[0]), []).append(regex.escape(word[1:], special_only=True) + after)
    begun = (first + (rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})") for first, rest in rests.items())
    return f"(?=[{''.join(sorted(rests))}])(?:{'|'.join(begun)})"


def names() -> tuple[str, ...]:
    """Return the names of the pattern files, without those that hold parts, words or units."""
    found = (entry.name.removesuffix(".toml") for entry in files("patterns").iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(name for name in found if "pattern" in _read(name)))


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return a whole TOML file as it stands."""
    return _read(name)


@cache
def lexicon(name: str) -> frozenset[str]:
    """Return the word list ``name`` of lexicon.toml."""
    lists = table("lexicon")
    if name not in lists:
        raise CatalogueError(f"lexicon.toml has no list {name!r}; it has {', '.join(sorted(lists))}")
    return frozenset(lists[name])


@cache
def units() -> tuple[Unit, ...]:
    """Return all units, in the order of units.toml."""
    return tuple(
        Unit(
            name=entry["name"],
            kind=entry["kind"],
            factor=Decimal(entry.get("factor", "1")),
            forms=tuple(entry.get("forms", [entry["name"]])),
            unless=entry.get("unless", ""),
            only=entry.get("only", ""),
        )
        for entry in table("units")["unit"]
    )


def _unit_forms(kind: str) -> str:
    """Return a regex of all spellings of the units of ``kind`` with what may follow them, the longest first."""
    forms = sorted(
        ((form, unit) for unit in units() if unit.kind == kind for form in unit.forms), key=lambda f: -len(f[0])
    )
    return by_beginning(
        (form, (f"(?!{unit.unless})" if unit.unless else "") + (f"(?={unit.only})" if unit.only else ""))
        for form, unit in forms
    )


@cache
def _part(name: str) -> str:
    kind, _, argument = name.partition(":")
    if kind == "words":
        return alternation(lexicon(argument))
    if kind == "units":
        return _unit_forms(argument)
    parts = table("parts")["part"]
    if name not in parts:
        raise CatalogueError(f"parts.toml has no part {name!r}")
    return str(parts[name])


def expand(source: str, where: str = "regex") -> str:
    """Return ``source`` with all parts put in; CatalogueError where they nest without end."""
    for _ in range(MAX_DEPTH):
        expanded = _PART.sub(lambda found: f"(?:{_part(found['name'])})", source)
        if expanded == source:
            return source
        source = expanded
    raise CatalogueError(f"{where}: parts nest deeper than {MAX_DEPTH}")


def _example(entry: Mapping[str, Any]) -> Example:
    return Example(entry["text"], entry["match"], entry.get("groups", {}), entry.get("want", {}))


def _pattern(name: str, entry: Mapping[str, Any]) -> Pattern:
    where = f"{name}.toml, pattern {entry.get('id', '?')}"
    unknown = set(entry) - _KEYS
    if unknown:
        raise CatalogueError(
            f"{where}: unknown keys {', '.join(sorted(unknown))}; known are {', '.join(sorted(_KEYS))}"
        )
    missing = _REQUIRED - set(entry)
    if missing:
        raise CatalogueError(f"{where}: lacks {', '.join(sorted(missing))}")
    plain = entry.get("engine", "regex") == "re"
    engine = re if plain else regex
    try:
        compiled = engine.compile(expand(entry["regex"], where))
        needs = re.compile(expand(entry["needs"], where)) if "needs" in entry else None  # for words, the quicker one
    except (re.error, regex.error) as error:
        raise CatalogueError(f"{where}: {error}") from error
    return Pattern(
        id=entry["id"],
        field=entry["field"],
        description=entry["description"],
        regex=compiled,
        set=entry.get("set", {}),
        examples=tuple(_example(example) for example in entry["examples"]),
        counterexamples=tuple(entry["counterexamples"]),
        known_gaps=tuple(entry.get("known_gaps", ())),
        groups=tuple(compiled.groupindex),
        needs=needs,
        begins=entry.get("begins", ""),
        plain=plain,
    )


@dataclass(frozen=True, slots=True)
class Matcher:
    """All patterns of a file and field as one regex: which of them matches first, tried in the file's order."""

    patterns: tuple[Pattern, ...]
    _any: regex.Pattern[str]
    _marks: tuple[int, ...]
    """The numbers of the empty groups that stand behind the patterns and tell which of them matched."""
    _by_marks: Mapping[tuple[str | None, ...], Pattern]
    """The patterns by what those groups hold."""
    _needs: re.Pattern[str] | None = None
    """What a text has to hold for one of the patterns to match, where each of them says what it needs."""

    def match(self, text: str, at: int = 0) -> tuple[Pattern, regex.Match[str]] | None:
        """Return the first pattern that matches ``text`` at ``at``, with its match: patterns share group names."""
        if self._needs is not None and self._needs.search(text) is None:
            return None
        found = self._any.match(text, at)
        return None if found is None else (self._which(found), found)

    def _which(self, found: regex.Match[str]) -> Pattern:
        return self._by_marks[found.group(*self._marks)]

    def found_in(self, text: str) -> bool:
        """Tell whether one of the patterns is found in ``text``."""
        if self._needs is not None and self._needs.search(text) is None:
            return False
        return self._any.search(text) is not None

    def first(self, text: str) -> Pattern | None:
        """Return the first pattern, in the file's order, that is found anywhere in ``text``."""
        if not self.may_be_in(text):
            return None
        return next((pattern for pattern in self.patterns if pattern.search(text)), None)

    def may_be_in(self, text: str) -> bool:
        """Tell whether it is worth while to look for the patterns one by one: ``text`` holds what one of them needs."""
        return (self._needs or self._any).search(text) is not None

    def after(self, pattern: Pattern) -> tuple[Pattern, ...]:
        """Return ``pattern`` and those that the file lists after it."""
        return self.patterns[self.patterns.index(pattern) :]


@cache
def matcher(name: str, field: str = "", begins: str = "") -> Matcher:
    """Return the patterns of ``name``.toml, or those of one ``field``, as one regex.

    Where it is asked at digits alone or never at one, ``begins`` leaves out the patterns that begin otherwise.
    """
    asked = (pattern for pattern in catalogue(name) if field in ("", pattern.field))
    patterns = tuple(pattern for pattern in asked if not begins or pattern.begins in ("", begins))
    names = [name for pattern in patterns for name in pattern.groups]
    plain = all(pattern.plain for pattern in patterns) and len(set(names)) == len(names)
    # The marks behind a pattern are its number in binary: a lookaround costs the more, the more groups there are. The
    # standard engine, to which groups cost nothing, allows none of them twice.
    numbers = [1 << i if plain else i + 1 for i in range(len(patterns))]
    bits = range(max(numbers, default=0).bit_length())
    marked = (
        f"(?:{pattern.regex.pattern})" + "".join(f"(?P<_{bit}>)" for bit in bits if number >> bit & 1)
        for pattern, number in zip(patterns, numbers, strict=True)
    )
    joined = (re if plain else regex).compile("|".join(marked) if patterns else r"(?!)")
    # Without a group around each: the engine looks for the first characters of words that stand side by side.
    needs = [pattern.needs.pattern for pattern in patterns if pattern.needs is not None]
    times = 2 if len(bits) == 1 else 1  # a match gives what a single group holds by itself, and not as a tuple
    by_marks = {
        tuple("" if number >> bit & 1 else None for bit in bits) * times: pattern
        for pattern, number in zip(patterns, numbers, strict=True)
    }
    return Matcher(
        patterns,
        joined,
        tuple(joined.groupindex[f"_{bit}"] for bit in bits) * times,
        by_marks,
        re.compile("|".join(needs)) if needs and len(needs) == len(patterns) else None,
    )


@cache
def catalogue(name: str) -> tuple[Pattern, ...]:
    """Return the patterns of ``name``.toml in the file's order, compiled."""
    return tuple(_pattern(name, entry) for entry in table(name)["pattern"])


def cue(name: str, pattern_id: str) -> regex.Pattern[str]:
    """Return the regex of one entry of ``name``.toml: words that a parser looks for at a place it knows itself."""
    for pattern in catalogue(name):
        if pattern.id == pattern_id:
            return pattern.regex
    raise CatalogueError(f"{name}.toml has no pattern {pattern_id!r}")
