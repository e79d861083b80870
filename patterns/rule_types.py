"""What a rule is: rates, identities, limits and texts that a report's figures are held against."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import regex


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
    graded: regex.Pattern[str]
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
    less: int
    """So many of the last parts are taken away from the others."""
    within: str
    """How far the total may stand from its parts and still accuse: sentence, section, or empty for the report."""
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
    most: Decimal
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


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules that belong together, in the order in which they are tried."""

    rates: tuple[RateRule, ...] = ()
    identities: tuple[Identity, ...] = ()
    limits: tuple[Limit, ...] = ()
    placeholders: tuple[TextRule, ...] = ()
    fields: tuple[TextRule, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is any rule."""
        return any((self.rates, self.identities, self.limits, self.placeholders, self.fields))
