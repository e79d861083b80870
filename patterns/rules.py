"""Rule packs: which figures of a report follow from which, as data in ``patterns/checks/*.toml``.

Every rule has a sentence that it has to find consistent and one that it has to find inconsistent.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from patterns.catalogue import CatalogueError

_NEVER = regex.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class RateRule:
    """A rate named ``rate`` is the figure named ``part`` ÷ the one named ``base``; ``kinds`` are those of both."""

    id: str
    zh: str
    en: str
    rate: regex.Pattern[str]
    part: regex.Pattern[str]
    not_part: regex.Pattern[str]
    base: regex.Pattern[str]
    not_base: regex.Pattern[str]
    early: regex.Pattern[str]
    kinds: tuple[str, ...]
    holds: str
    fails: str
    """Empty for a ``loose`` rule, which cannot accuse."""
    loose: bool

    def is_part(self, name: str) -> bool:
        """Tell whether a figure so named can be the part."""
        return bool(self.part.search(name)) and not self.not_part.search(name)

    def is_base(self, name: str) -> bool:
        """Tell whether a figure so named can be the base."""
        return bool(self.base.search(name)) and not self.not_base.search(name)


@dataclass(frozen=True, slots=True)
class Identity:
    """A figure named ``total`` is the sum of those named ``parts``; each part has names that are not meant."""

    id: str
    zh: str
    en: str
    total: regex.Pattern[str]
    not_total: regex.Pattern[str]
    parts: tuple[regex.Pattern[str], ...]
    not_parts: tuple[regex.Pattern[str], ...]
    barred: regex.Pattern[str]
    kinds: tuple[str, ...]
    decides: bool
    least: int
    """How many of the parts have to be stated."""
    holds: str
    fails: str

    def is_total(self, name: str) -> bool:
        """Tell whether a figure so named can be the total."""
        return bool(self.total.search(name)) and not self.not_total.search(name)

    def is_part(self, number: int, name: str) -> bool:
        """Tell whether a figure so named can be the part of that number."""
        return bool(self.parts[number].search(name)) and not self.not_parts[number].search(name)


@dataclass(frozen=True, slots=True)
class Limit:
    """A rate so named is not over ``most`` per cent."""

    id: str
    zh: str
    en: str
    name: regex.Pattern[str]
    unless: regex.Pattern[str]
    most: int
    severity: str
    holds: str
    fails: str

    def covers(self, name: str) -> bool:
        """Tell whether a rate so named has this limit."""
        return bool(self.name.search(name)) and not self.unless.search(name)


@dataclass(frozen=True, slots=True)
class TextRule:
    """A stretch of text that a finished report should not hold."""

    id: str
    zh: str
    en: str
    regex: regex.Pattern[str]
    holds: str
    fails: str


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("patterns") / "checks" / f"{name}.toml").read_text(encoding="utf-8"))


def _compiled(entry: Mapping[str, Any], key: str, where: str) -> regex.Pattern[str]:
    if key not in entry:
        return _NEVER
    try:
        return regex.compile(entry[key])
    except regex.error as error:
        raise CatalogueError(f"{where}: {key}: {error}") from error


def require(entry: Mapping[str, Any], keys: Sequence[str], where: str) -> None:
    """Raise CatalogueError for an entry that lacks one of ``keys``."""
    missing = [key for key in keys if not entry.get(key)]
    if missing:
        raise CatalogueError(f"{where}: lacks {', '.join(missing)}")


@cache
def rate_rules() -> tuple[RateRule, ...]:
    """Return the rules for rates, in the file's order."""
    rules = []
    for entry in _read("rates")["rate"]:
        where = f"checks/rates.toml, rate {entry.get('id', '?')}"
        loose = bool(entry.get("loose", False))
        proofs = ("holds",) if loose else ("holds", "fails")
        require(entry, ("id", "zh", "en", "rate", "part", "base", "kinds", *proofs), where)
        patterns = {
            key: _compiled(entry, key, where) for key in ("rate", "part", "not_part", "base", "not_base", "early")
        }
        texts = {key: entry.get(key, "") for key in ("id", "zh", "en", "holds", "fails")}
        rules.append(RateRule(kinds=tuple(entry["kinds"].split()), loose=loose, **texts, **patterns))
    return tuple(rules)


@cache
def identities() -> tuple[Identity, ...]:
    """Return the identities, in the file's order."""
    found = []
    for entry in _read("identities")["identity"]:
        where = f"checks/identities.toml, identity {entry.get('id', '?')}"
        decides = bool(entry.get("decides", True))
        require(entry, ("id", "zh", "en", "total", "parts", "holds", *(("fails",) if decides else ())), where)
        nots = entry.get("not_parts") or [""] * len(entry["parts"])
        if len(nots) != len(entry["parts"]):
            raise CatalogueError(f"{where}: not_parts has to be as long as parts")
        found.append(
            Identity(
                total=_compiled(entry, "total", where),
                not_total=_compiled(entry, "not_total", where),
                parts=tuple(_compiled({"parts": part}, "parts", where) for part in entry["parts"]),
                not_parts=tuple(_compiled({"not": part} if part else {}, "not", where) for part in nots),
                barred=_compiled(entry, "barred", where),
                kinds=tuple(entry.get("kinds", "amount").split()),
                decides=decides,
                least=int(entry.get("least", len(entry["parts"]))),
                **{key: entry.get(key, "") for key in ("id", "zh", "en", "holds", "fails")},
            )
        )
    return tuple(found)


@cache
def limits() -> tuple[Limit, ...]:
    """Return the limits of rates, in the file's order."""
    found = []
    for entry in _read("limits")["limit"]:
        where = f"checks/limits.toml, limit {entry.get('id', '?')}"
        require(entry, ("id", "zh", "en", "name", "most", "holds", "fails"), where)
        texts = {key: entry[key] for key in ("id", "zh", "en", "holds", "fails")}
        patterns = {key: _compiled(entry, key, where) for key in ("name", "unless")}
        found.append(Limit(most=int(entry["most"]), severity=entry.get("severity", "medium"), **texts, **patterns))
    return tuple(found)


@cache
def placeholder_rules() -> tuple[TextRule, ...]:
    """Return what placeholders look like."""
    return _text_rules("placeholder")


@cache
def fields_to_fill() -> tuple[TextRule, ...]:
    """Return what blank fields of a cover look like."""
    return _text_rules("field")


def _text_rules(kind: str) -> tuple[TextRule, ...]:
    found = []
    for entry in _read("texts")[kind]:
        where = f"checks/texts.toml, {kind} {entry.get('id', '?')}"
        require(entry, ("id", "zh", "en", "regex", "holds", "fails"), where)
        texts = {key: entry[key] for key in ("id", "zh", "en", "holds", "fails")}
        found.append(TextRule(regex=_compiled(entry, "regex", where), **texts))
    return tuple(found)
