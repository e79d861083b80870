"""What the checks are called, for those who ask for one by its name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from parsers.packs import Pack, default_packs
from patterns.rules import default_rules

NAMES: Final = (
    "sum.parts",
    "sum.parts.table",
    "sum.part",
    "rate",
    "rate.completion",
    "rate.formula",
    "rate.marks",
    "rate.ratio",
    "rate.share",
    "rate.table",
    "price.product",
    "price.product.table",
    "price.average",
    "price.sum",
    "target.reached",
    "target.reached.table",
    "marks.tree",
    "marks.deducted",
    "marks.within-full",
    "marks.proportion",
    "marks.total-twice",
    "marks.grade",
    "change.growth",
    "change.growth.table",
    "change.difference",
    "change.step",
    "change.advance",
    "words.size",
    "balance.closing",
    "balance.opening",
    "balance.carried",
    "repeat.same",
    "date.filled",
    "date.data-after",
    "date.left-over",
    "date.order",
    "limit.tiers",
    "limit.ceiling",
    "limit.mean",
    "range",
    "copy.other-project",
    "copy.paragraph",
    "blank.section",
    "blank.annex",
    "blank.table",
    "across.outlier",
    "across.unit",
    "across.duplicate",
    "across.version",
    "across.copy",
    "across.same",
)
"""The checks, but for the names that rules and indicators add."""


def unknown(asked: Sequence[str], present: Collection[str], packs: Sequence[Pack]) -> list[str]:
    """Return those of ``asked`` that are no check's name nor the beginning of one; ``present`` are those of a run."""
    names = {*NAMES, *present, *_of_rules(packs)}
    begun = {".".join(name.split(".")[:end]) for name in names for end in range(1, name.count(".") + 2)}
    return [name for name in asked if name not in begun]


def families() -> str:
    """Return the first words of all names, and what follows them, as a usage error lists them."""
    found: dict[str, list[str]] = {}
    for name in NAMES:
        family, _, rest = name.partition(".")
        found.setdefault(family, []).extend([rest] if rest and rest.count(".") == 0 else [])
    return "; ".join(f"{family} ({', '.join(rest)})" if rest else family for family, rest in found.items())


def _of_rules(packs: Sequence[Pack]) -> Iterator[str]:
    for pack in (*default_packs(), *packs):
        for family in ("range", "across.outlier", "across.unit"):
            yield from (f"{family}.{one.id}" for one in pack.indicators)
    for rules in (default_rules(), *(pack.rules for pack in packs)):
        yield from (f"rate.{rate.id}" for rate in rules.rates)
        yield from (f"sum.parts.{identity.id}" for identity in rules.identities)
        yield from (f"limit.{limit.id}" for limit in rules.limits)
        yield from (f"blank.placeholder.{text.id}" for text in rules.placeholders)
        yield from (f"blank.field.{text.id}" for text in rules.fields)
