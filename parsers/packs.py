"""Packs: which facts state a comparable measure and which measure that is, and the rules that a user adds.

A fact is given an indicator where kind and unit agree and the name of what it measures, without the words of a form
(年度指标值), brackets, quotation marks and years, is one of the indicator's names or ends in one of its endings. The
longest name decides; where two indicators claim a fact with equal right, none has it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, cast

import regex

from parsers.model import Fact, Kind, Report
from parsers.view import fold
from patterns import cue
from patterns.catalogue import CatalogueError
from patterns.rule_files import TABLES, read_rules
from patterns.rule_types import Rules

_ID = regex.compile(r"[a-z][a-z0-9_]{1,40}")
_KEYS = {
    "id",
    "zh",
    "en",
    "kind",
    "unit",
    "of",
    "names",
    "endings",
    "context",
    "unless",
    "unless_section",
    "low",
    "high",
}
_NEEDED = {"id", "zh", "kind", "unit", "low", "high", "examples", "counterexamples"}
_OWNERS = ("place", "unit", "project")
_KINDS = frozenset({"amount", "count", "rate", "score", "duration", "other"})
_FORM_WORDS = cue("naming", "naming.cue.form-words")
_NOISE = cue("naming", "naming.cue.noise")
_LEAD = cue("naming", "naming.cue.lead-place")


NO_RULES = Rules()
Owner = Literal["place", "unit", "project"]


class PackError(ValueError):
    """A pack that breaks the rules of packs; the message names file, entry and what to do."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A comparable measure: what it is called, of which kind and unit, and between which values it is plausible."""

    id: str
    zh: str
    en: str
    kind: Kind
    unit: str
    names: frozenset[str]
    endings: tuple[str, ...]
    context: regex.Pattern[str] | None
    """What must be found in the fact's name, subject or section."""
    unless: regex.Pattern[str] | None
    """What must not be found in its name or subject."""
    elsewhere: regex.Pattern[str] | None
    """What must not be found in its section: a chapter on one part of the whole (财政拨款支出决算)."""
    low: Decimal
    high: Decimal
    of: Owner = "place"
    """Whose measure it is: what several reports state of one place, unit or project is one figure."""

    def plausible(self, value: Decimal | None) -> bool:
        """Tell whether a value lies where such values lie."""
        return value is not None and self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Pack:
    """Indicators and rules that belong together, with the examples that are their tests."""

    id: str
    zh: str
    en: str
    indicators: tuple[Indicator, ...]
    examples: tuple[tuple[str, Mapping[str, str], bool], ...]
    """Indicator, what a fact says (metric, subject, section), and whether it is the indicator's."""
    rules: Rules = NO_RULES


def plain(metric: str) -> str:
    """Return the name of a measure without the words of a form, brackets, quotation marks, years and 全市."""
    text = fold(metric)
    shorter = _FORM_WORDS.sub("", text)
    while shorter != text:
        text, shorter = shorter, _FORM_WORDS.sub("", shorter)
    return str(_LEAD.sub("", _NOISE.sub("", text)))


def load_pack(path: Path) -> Pack:
    """Read a pack from a TOML file. Raises PackError where it is no pack, OSError where it cannot be read."""
    return _pack(path.read_text(encoding="utf-8-sig"), path.name)


@cache
def default_packs() -> tuple[Pack, ...]:
    """Return the packs of ``patterns/indicators``, in the order of their names."""
    found = sorted((entry for entry in (files("patterns") / "indicators").iterdir()), key=lambda entry: entry.name)
    return tuple(
        _pack(entry.read_text(encoding="utf-8"), entry.name) for entry in found if entry.name.endswith(".toml")
    )


def _pack(text: str, name: str) -> Pack:
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{name}: no TOML: {error}") from error
    unknown = set(data) - {"pack", "indicator", *TABLES}
    if unknown:
        raise PackError(
            f"{name}: unknown: {', '.join(sorted(unknown))}; known are pack, indicator, {', '.join(TABLES)}"
        )
    try:
        rules = read_rules(data, name)
    except CatalogueError as error:
        raise PackError(str(error)) from error
    head, entries = data.get("pack", {}), data.get("indicator", [])
    if not isinstance(head, dict) or not all(isinstance(head.get(key, ""), str) for key in ("id", "zh", "en")):
        raise PackError(f"{name}: [pack] is a table, its id, zh and en are text in quotation marks")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise PackError(f"{name}: write [[indicator]], in double brackets")
    if not (entries or rules) or (entries and "id" not in head):
        raise PackError(
            f"{name}: a pack of indicators has a table [pack] with an id and at least one [[indicator]]; "
            f"a pack of rules has at least one of {', '.join(f'[[{table}]]' for table in TABLES)}"
        )
    indicators = tuple(_indicator(entry, f"{name}, indicator {entry.get('id', '?')}") for entry in entries)
    twice = {one.id for one in indicators if [other.id for other in indicators].count(one.id) > 1}
    if twice:
        raise PackError(f"{name}: several indicators are called {', '.join(sorted(twice))}")
    examples = tuple(
        (entry["id"], example, wanted)
        for entry in entries
        for wanted, key in ((True, "examples"), (False, "counterexamples"))
        for example in entry[key]
    )
    called = str(head.get("id", name.removesuffix(".toml")))
    return Pack(called, str(head.get("zh", called)), str(head.get("en", called)), indicators, examples, rules)


def _indicator(entry: Mapping[str, Any], where: str) -> Indicator:
    unknown = set(entry) - _KEYS - _NEEDED
    missing = _NEEDED - set(entry)
    if unknown or missing:
        problem = [f"unknown: {', '.join(sorted(unknown))}"] * bool(unknown) + [
            f"missing: {', '.join(sorted(missing))}"
        ] * bool(missing)
        raise PackError(f"{where}: {'; '.join(problem)}")
    for key in ("id", "zh", "en", "kind", "unit", "context", "unless", "unless_section"):
        if not isinstance(entry.get(key, ""), str):
            raise PackError(f"{where}: {key} has to be text in quotation marks")
    for key in ("names", "endings"):
        if not isinstance(entry.get(key, []), list) or not all(isinstance(one, str) for one in entry.get(key, [])):
            raise PackError(f'{where}: {key} is a list of texts, ["…", "…"]')
    for key in ("examples", "counterexamples"):
        told = entry[key]
        if not isinstance(told, list) or not all(isinstance(one, dict) and _is_said(one) for one in told):
            raise PackError(f'{where}: {key} is a list of what facts say, [{{ metric = "…" }}]')
    if not _ID.fullmatch(entry["id"]):
        raise PackError(f"{where}: an id is made of small letters, digits and _")
    if entry["kind"] not in _KINDS:
        raise PackError(f"{where}: kind is one of {', '.join(sorted(_KINDS))}")
    if entry.get("of", "place") not in _OWNERS:
        raise PackError(f"{where}: of is one of {', '.join(_OWNERS)}")
    if not (entry.get("names") or entry.get("endings")):
        raise PackError(f"{where}: give names or endings")
    low, high = (_bound(entry[key], f"{where}: {key}") for key in ("low", "high"))
    return Indicator(
        id=entry["id"],
        zh=entry["zh"],
        en=entry.get("en", entry["zh"]),
        kind=cast("Kind", entry["kind"]),
        unit=entry["unit"],
        names=frozenset(plain(name) for name in entry.get("names", ())),
        endings=tuple(plain(ending) for ending in entry.get("endings", ())),
        context=_compiled(entry, "context", where),
        unless=_compiled(entry, "unless", where),
        elsewhere=_compiled(entry, "unless_section", where),
        low=low,
        high=high,
        of=cast("Owner", entry.get("of", "place")),
    )


def _is_said(example: Mapping[str, Any]) -> bool:
    return "metric" in example and all(isinstance(text, str) for text in example.values())


def _bound(value: object, where: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        raise PackError(f"{where} is a number")
    return Decimal(value)


def _compiled(entry: Mapping[str, Any], key: str, where: str) -> regex.Pattern[str] | None:
    try:
        return regex.compile(entry[key]) if key in entry else None
    except regex.error as error:
        raise PackError(f"{where}: {key} is no regular expression: {error}") from error


def indicator_of(kind: str, unit: str, metric: str, around: Sequence[str], packs: Sequence[Pack]) -> str:
    """Return the id of the indicator that a fact states, empty for none; ``around`` is its subject, scope, section."""
    name = plain(metric)
    if not name:
        return ""
    subject, section = (fold(around[at]) if at < len(around) else "" for at in (0, 2))
    context = " ".join((fold(metric), *(fold(text) for text in around)))
    claims: list[tuple[int, bool, str]] = []
    for pack in packs:
        for one in pack.indicators:
            if one.kind != kind or one.unit != unit:
                continue
            length = _length(one, name)
            if not length or (one.context is not None and not one.context.search(context)):
                continue
            if one.elsewhere is not None and one.elsewhere.search(section):
                continue
            if one.unless is None or not one.unless.search(f"{fold(metric)} {subject}"):
                claims.append((length, one.context is not None, one.id))
    if not claims:
        return ""
    best = max(claims)
    rivals = {claim[2] for claim in claims if claim[:2] == best[:2]}
    return best[2] if len(rivals) == 1 else ""


def _length(indicator: Indicator, name: str) -> int:
    """Return how much of ``name`` the indicator knows: all of it, the longest ending, or nothing."""
    if name in indicator.names:
        return len(name)
    return max((len(ending) for ending in indicator.endings if name.endswith(ending)), default=0)


def with_indicators(report: Report, packs: Sequence[Pack]) -> Report:
    """Return ``report`` with the indicators of its facts."""
    facts = tuple(_named(fact, report.project, packs) for fact in report.facts)
    return replace(report, facts=facts)


def _named(fact: Fact, project: str, packs: Sequence[Pack]) -> Fact:
    around = (fact.subject, fact.scope, fact.section, project)
    found = indicator_of(fact.kind, fact.unit, fact.metric, around, packs)
    return fact._replace(indicator=found) if found else fact


def indicators(packs: Iterable[Pack]) -> dict[str, Indicator]:
    """Return all indicators of ``packs`` by id; of two with one id the first counts."""
    found: dict[str, Indicator] = {}
    for pack in packs:
        for one in pack.indicators:
            found.setdefault(one.id, one)
    return found
