"""Rule packs: which figures of a report follow from which, as data in ``patterns/checks/*.toml``.

Every rule has a sentence that it has to find consistent and one that it has to find inconsistent. A user's rules come
before those that come with jixiao while they are in force (``using``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final, Protocol, TypeVar

from patterns.rule_files import read_rules
from patterns.rule_types import Identity, Limit, RateRule, Rules, TextRule

__all__ = [
    "Identity",
    "Limit",
    "RateRule",
    "Rules",
    "TextRule",
    "default_rules",
    "fields_to_fill",
    "identities",
    "limits",
    "merged",
    "placeholder_rules",
    "rate_rules",
    "using",
]

_FILES: Final = ("rates", "identities", "limits", "texts")
_IN_FORCE: Final[ContextVar[Rules | None]] = ContextVar("rules in force", default=None)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Rule = TypeVar("Rule", bound=_Named)


def _read(name: str) -> dict[str, Any]:
    text = (files("patterns") / "checks" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


@cache
def default_rules() -> Rules:
    """Return the rules that come with jixiao, in the files' order."""
    read = [read_rules(_read(name), f"checks/{name}.toml") for name in _FILES]
    return _joined(read)


def merged(own: Iterable[Rules]) -> Rules:
    """Return a user's rules and then those of jixiao; of two of one kind with one id the first counts."""
    added = [rules for rules in own if rules]
    return _joined([*added, default_rules()]) if added else default_rules()


def _joined(several: Sequence[Rules]) -> Rules:
    return Rules(
        rates=_first(rule for rules in several for rule in rules.rates),
        identities=_first(rule for rules in several for rule in rules.identities),
        limits=_first(rule for rules in several for rule in rules.limits),
        placeholders=_first(rule for rules in several for rule in rules.placeholders),
        fields=_first(rule for rules in several for rule in rules.fields),
    )


def _first(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    found: dict[str, Rule] = {}
    for rule in rules:
        found.setdefault(rule.id, rule)
    return tuple(found.values())


@contextmanager
def using(rules: Rules) -> Iterator[None]:
    """Put rules in force for what is called inside, in place of all others."""
    token = _IN_FORCE.set(rules)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def _in_force() -> Rules:
    rules = _IN_FORCE.get()
    return default_rules() if rules is None else rules


def rate_rules() -> tuple[RateRule, ...]:
    """Return the rules for rates that are in force."""
    return _in_force().rates


def identities() -> tuple[Identity, ...]:
    """Return the identities that are in force."""
    return _in_force().identities


def limits() -> tuple[Limit, ...]:
    """Return the limits of rates that are in force."""
    return _in_force().limits


def placeholder_rules() -> tuple[TextRule, ...]:
    """Return what placeholders look like."""
    return _in_force().placeholders


def fields_to_fill() -> tuple[TextRule, ...]:
    """Return what blank fields of a cover look like."""
    return _in_force().fields
