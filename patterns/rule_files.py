"""Read rules from the TOML of a rule pack; an entry that is none is refused by its name, with what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeVar

import regex

from patterns.catalogue import CatalogueError
from patterns.rule_types import Identity, Limit, RateRule, Rules, TextRule

Entry = Mapping[str, Any]
Rule = TypeVar("Rule", RateRule, Identity, Limit, TextRule)

TABLES: Final = ("rate", "identity", "limit", "placeholder", "field")
"""The tables of a rule pack."""
_NEVER: Final = regex.compile(r"(?!)")
_ID: Final = regex.compile(r"[a-z][a-z0-9_-]{0,40}")
_TEXTS: Final = ("id", "zh", "en", "holds", "fails")
_COUNTED: Final = frozenset({"amount", "count", "other"})
_SEVERITIES: Final = ("high", "medium", "low")
_WITHIN: Final = ("sentence", "section")


def read_rules(data: Mapping[str, Any], name: str) -> Rules:
    """Return the rules of a parsed TOML file. Raises CatalogueError that names file, rule and what to do."""
    return Rules(
        rates=_all(data, name, "rate", _rate),
        identities=_all(data, name, "identity", _identity),
        limits=_all(data, name, "limit", _limit),
        placeholders=_all(data, name, "placeholder", _text),
        fields=_all(data, name, "field", _text),
    )


def _all(data: Mapping[str, Any], name: str, table: str, read: Callable[[Entry, str], Rule]) -> tuple[Rule, ...]:
    entries = data.get(table, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CatalogueError(f"{name}: write [[{table}]], in double brackets")
    found: dict[str, Rule] = {}
    for entry in entries:
        where = f"{name}, {table} {entry.get('id', '?')}"
        rule = read(entry, where)
        if not _ID.fullmatch(rule.id):
            raise CatalogueError(f"{where}: an id is made of small letters, digits, - and _")
        if rule.id in found:
            raise CatalogueError(f"{where}: two rules are called so: rename one")
        found[rule.id] = rule
    return tuple(found.values())


def require(entry: Entry, keys: Sequence[str], where: str, other: Sequence[str] | None = None) -> None:
    """Raise CatalogueError for an entry that lacks one of ``keys``, or has one that is neither there nor in ``other``.

    Without ``other`` it may have any.
    """
    missing = [key for key in keys if not entry.get(key)]
    if missing:
        raise CatalogueError(f"{where}: lacks {', '.join(missing)}: add {'it' if len(missing) == 1 else 'them'}")
    unknown = sorted(set(entry) - {*keys, *other}) if other is not None else []
    if unknown:
        raise CatalogueError(
            f"{where}: unknown {', '.join(unknown)}; known are {', '.join(sorted({*keys, *(other or ())}))}"
        )
    for key in set(_TEXTS) & set(entry):
        if not isinstance(entry[key], str):
            raise CatalogueError(f"{where}: {key} has to be text in quotation marks")


def _compiled(entry: Entry, key: str, where: str) -> regex.Pattern[str]:
    if key not in entry:
        return _NEVER
    try:
        return regex.compile(entry[key])
    except (regex.error, TypeError) as error:
        raise CatalogueError(f"{where}: {key} is no regular expression: {error}") from error


def _kinds(entry: Entry, where: str, default: str = "") -> tuple[str, ...]:
    kinds = entry.get("kinds", default)
    found = tuple(kinds.split()) if isinstance(kinds, str) else ()
    if not found or not _COUNTED.issuperset(found):
        raise CatalogueError(f'{where}: kinds is "amount", "count", "other" or several of them in one text')
    return found


def _flag(entry: Entry, key: str, where: str, *, default: bool) -> bool:
    flag = entry.get(key, default)
    if not isinstance(flag, bool):
        raise CatalogueError(f"{where}: {key} is true or false, without quotation marks")
    return flag


def _said(entry: Entry) -> dict[str, str]:
    return {key: entry.get(key, "") for key in _TEXTS}


def _rate(entry: Entry, where: str) -> RateRule:
    loose = _flag(entry, "loose", where, default=False)
    needed = ("id", "zh", "en", "rate", "part", "base", "kinds", "holds")
    other = ("not_part", "not_base", "early", "graded")
    require(entry, needed if loose else (*needed, "fails"), where, (*other, "loose", "fails"))
    patterns = {key: _compiled(entry, key, where) for key in ("rate", "part", "base", *other)}
    return RateRule(kinds=_kinds(entry, where), loose=loose, **_said(entry), **patterns)


def _identity(entry: Entry, where: str) -> Identity:
    decides = _flag(entry, "decides", where, default=True)
    needed = ("id", "zh", "en", "total", "parts", "holds")
    other = ("not_total", "not_parts", "barred", "kinds", "decides", "least", "less", "within", "fails")
    require(entry, (*needed, "fails") if decides else needed, where, other)
    parts, nots = entry["parts"], entry.get("not_parts")
    if not isinstance(parts, list) or len(parts) < 2:
        raise CatalogueError(f"{where}: parts is a list of at least two")
    nots = [""] * len(parts) if nots is None else nots
    if not isinstance(nots, list) or len(nots) != len(parts):
        raise CatalogueError(f"{where}: not_parts has to be as long as parts")
    least = entry.get("least", len(parts))
    if not isinstance(least, int) or not 2 <= least <= len(parts):
        raise CatalogueError(f"{where}: least is a whole number from 2 to the number of parts")
    less = entry.get("less", 0)
    if not isinstance(less, int) or not 0 <= less < len(parts) or (less and least < len(parts)):
        raise CatalogueError(f"{where}: less is a number smaller than that of the parts, all of which are needed then")
    within = entry.get("within", "")
    if within not in ("", *_WITHIN):
        raise CatalogueError(f"{where}: within is {' or '.join(_WITHIN)}")
    return Identity(
        total=_compiled(entry, "total", where),
        not_total=_compiled(entry, "not_total", where),
        parts=tuple(_compiled({"parts": part}, "parts", where) for part in parts),
        not_parts=tuple(_compiled({"not_parts": part} if part else {}, "not_parts", where) for part in nots),
        barred=_compiled(entry, "barred", where),
        kinds=_kinds(entry, where, "amount"),
        decides=decides,
        least=least,
        less=less,
        within=within,
        **_said(entry),
    )


def _limit(entry: Entry, where: str) -> Limit:
    require(entry, ("id", "zh", "en", "name", "most", "holds", "fails"), where, ("unless", "severity"))
    severity = entry.get("severity", "medium")
    if severity not in _SEVERITIES:
        raise CatalogueError(f"{where}: severity is high, medium or low")
    most = entry["most"]
    if isinstance(most, bool) or not isinstance(most, int | Decimal) or not Decimal(most).is_finite():
        raise CatalogueError(f"{where}: most is a number, the highest per cent")
    patterns = {key: _compiled(entry, key, where) for key in ("name", "unless")}
    return Limit(most=Decimal(most), severity=severity, **_said(entry), **patterns)


def _text(entry: Entry, where: str) -> TextRule:
    require(entry, (*_TEXTS, "regex"), where, ())
    return TextRule(regex=_compiled(entry, "regex", where), **_said(entry))
