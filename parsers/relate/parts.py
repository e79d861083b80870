"""What can be a part of a total: figures of one unit, kind and role, by the words that lead to them."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.model import Fact
from parsers.relate.part_names import found
from parsers.relate.set_apart import superseded
from parsers.relate.stretches import Stretch
from patterns import cue

MOST_READINGS = 8
_BEFORE_PART = cue("relations", "relation.cue.before-part")
_DEDUCTED = cue("accounts", "deduction.deducted")


def alike(total: Fact, part: Fact) -> bool:
    """Tell whether a figure can be a part of another by its unit, kind and role."""
    marks = {"full", "awarded"}
    return (
        total.kind != "rate"
        and total.unit == part.unit
        and total.kind == part.kind
        and (total.per == part.per or (not part.per and part.role == "norm"))
        and (total.role == part.role or not {total.role, part.role} & marks)
        and plain(total)
        and plain(part)
    )


def plain(fact: Fact) -> bool:
    """Tell whether a figure is one number, not a range or a limit."""
    return fact.value is not None and fact.bound in ("eq", "approx")


def is_part(stretch: Stretch, position: int, like: Fact) -> bool:
    """Tell whether a figure can be a part beside ``like``, and is no change and nothing else that stands aside."""
    return like_part(stretch, position, like) and not found("other", stretch.lead(position))


def like_part(stretch: Stretch, position: int, like: Fact) -> bool:
    """Tell whether a figure can be a part beside ``like`` by itself, whatever its words."""
    return alike(like, stretch.figures[position].fact) and not superseded(stretch, position)


def is_deducted(stretch: Stretch, position: int) -> bool:
    """Tell whether a figure is marks that were deducted: no part of those that were given."""
    return stretch.figures[position].fact.kind == "score" and _DEDUCTED.search(stretch.lead(position)) is not None


def label_of(stretch: Stretch, position: int) -> str:
    """Return a part's own name: its words left of it, without the word that opens the list."""
    return _BEFORE_PART.split(stretch.lead(position))[-1] or stretch.figures[position].fact.metric


def distinct(readings: Sequence[Sequence[int]], known: Sequence[int]) -> list[Sequence[int]]:
    """Return the readings of several figures that are not ``known``, each once, in order."""
    kept: list[Sequence[int]] = []
    for reading in readings:
        if len(reading) > 1 and list(reading) != list(known) and reading not in kept:
            kept.append(reading)
    return kept
