"""How the figures of a report hang together: totals and parts, rates and what they are rates of, prices and amounts.

A relation says that a stated figure should follow from others, by which formula, and how certain the wording is. It
says nothing of whether it does: that is for the checks, which recompute it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from parsers.model import Fact

RelationKind = Literal[
    "sum",
    "part",
    "difference",
    "balance",
    "rate",
    "growth",
    "change",
    "step",
    "advance",
    "product",
    "average",
    "ratio",
    "mark",
    "reach",
    "size",
]
Weight = Literal["decides", "bounds", "confirms", "excuses"]

FORMULAS: dict[RelationKind, str] = {
    "sum": "stated = the sum of the terms, less the last ones where it says how many",
    "part": "stated ≤ the term",
    "difference": "stated = the first term less the others",
    "balance": "stated = the first term and the second less the third",
    "rate": "stated % = the sum of the terms but the last ÷ the last; of several bases, ÷ their sum",
    "growth": "stated % = (first term - second term) ÷ second term, in the stated direction",
    "change": "stated = first term - second term, in the stated direction",
    "step": "stated % = the first term, a change, ÷ the second",
    "advance": "stated % = the second term, a change, ÷ (first term less that change)",
    "product": "stated = first term × second term × factor",
    "average": "stated = first term ÷ second term",
    "ratio": "stated = first term ÷ second term",
    "mark": "stated marks = full marks × the rate, or × result ÷ target",
    "reach": "stated meets the bound of the term",
    "size": "stated is larger (sign 1), smaller (-1) or equal (0)",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """One way in which the fact ``stated`` follows from the facts ``terms``, by the formula of its kind.

    ``weight`` says what may be made of it: one that *decides* can accuse; of one that *bounds* a sum the parts can be
    too much, never too little, and a rate that it bounds may be of other figures too; one that *confirms* was found by
    its figures or by distant names and can only agree. One that *excuses* has names that allow it and no more: where it
    holds, nothing is said.
    Relations of one kind with one ``anchor`` are readings of the same statement: the nearest comes first.
    """

    kind: RelationKind
    stated: int
    terms: tuple[int, ...]
    weight: Weight
    cue: str
    """The words, headers or rule that relate them."""
    anchor: int = -1
    """What tells statements apart: relations of one kind with one anchor are readings of the same statement."""
    factor: Decimal = Decimal(1)
    sign: int = 0
    bases: int = 1
    """How many of the last terms of a rate are its base together: the columns under one head."""
    less: int = 0
    """So many of the last terms of a sum are taken away from the others."""
    whole: bool = False
    """Whether a list that bounds a sum names a rest (其他): one slip away from it, it does not lack a part."""
    agreed: bool = False
    """Whether the last term is a number agreed on, a goal or a standard: it is what it prints, not rounded."""
    rule: str = ""
    """The id of the pack's rule, where one was used."""
    named: bool = False
    """Whether the words call the base of a rate just what its paragraph calls it: no other base is meant."""


def with_parts(facts: Sequence[Fact], relations: Sequence[Relation]) -> tuple[Fact, ...]:
    """Return ``facts`` with ``part_of`` filled from the sums among ``relations``; the first that claims a part has it.

    No fact becomes a part of itself or of one of its own parts.
    """
    total: dict[int, int] = {}
    for relation in relations:
        if relation.kind == "sum" and relation.weight != "confirms":
            for part in relation.terms:
                _claim(total, part, relation.stated)
    for relation in relations:
        if relation.kind == "part" and relation.weight != "confirms":
            _claim(total, relation.stated, relation.terms[0])
    return tuple(fact._replace(part_of=total[index]) if index in total else fact for index, fact in enumerate(facts))


def _claim(total: dict[int, int], part: int, whole: int) -> None:
    above: int | None = whole
    while above is not None:
        if above == part:
            return
        above = total.get(above)
    total.setdefault(part, whole)
