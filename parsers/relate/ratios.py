"""Stated ratios a:b against the two figures beside them: 441万元、294万元，分担比例为3:2; 按1:3比例，即24元、72元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.relate.parts import plain
from parsers.relate.rates import Place
from parsers.relate.relations import Relation, Weight
from parsers.relate.stretches import Stretch
from patterns import cue

_NAMED = cue("accounts", "ratio.named")
NEXT = 3
"""So many figures before or after a ratio are looked at."""


def ratios(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield the ratios that a report's prose states of two figures beside them, and the total that they share out."""
    for number, stretch in enumerate(stretches):
        for at, figure in enumerate(stretch.figures):
            if figure.fact.unit != "ratio" or not plain(figure.fact):
                continue
            place = Place(stretch, number, at)
            before = _same_sentence(place, range(at - 1, max(at - 1 - NEXT, -1), -1))
            after = _same_sentence(place, range(at + 1, min(at + 1 + NEXT, len(stretch.figures))))
            yield from _of_two(place, before[:2][::-1])
            yield from _of_two(place, after[:2])
            yield from _shared_out(before, after)


def _same_sentence(place: Place, positions: range) -> list[Place]:
    others = [Place(place.stretch, place.number, at) for at in positions]
    near = [other for other in others if other.figure.sentence == place.figure.sentence]
    return [other for other in near if other.fact.kind in ("amount", "count") and plain(other.fact)]


def _of_two(ratio: Place, pair: Sequence[Place]) -> Iterator[Relation]:
    if len(pair) < 2 or pair[0].fact.unit != pair[1].fact.unit or not (pair[0].fact.value and pair[1].fact.value):
        return
    one, other = (place.figure.fact_index for place in pair)
    beside = max(abs(place.at - ratio.at) for place in pair) == 2
    listed = len(ratio.stretch.before(max(pair[0].at, pair[1].at))) <= 16
    weight: Weight = "decides" if beside and listed and _NAMED.search(_words(ratio)) else "confirms"
    stated = ratio.figure.fact_index
    yield Relation("ratio", stated, (one, other), weight, "比例", stated)
    yield Relation("ratio", stated, (other, one), "confirms", "比例", stated)


def _words(ratio: Place) -> str:
    return f"{ratio.lead}{ratio.stretch.tail(ratio.at)}"


def _shared_out(before: Sequence[Place], after: Sequence[Place]) -> Iterator[Relation]:
    """Yield the figure before a ratio as the sum of the two after it: 96元/人按1:3，即24元/人、72元/人."""
    if not before or len(after) < 2:
        return
    total, parts = before[0], after[:2]
    if all(_like(total, part) for part in parts):
        terms = tuple(part.figure.fact_index for part in parts)
        yield Relation("sum", total.figure.fact_index, terms, "confirms", "比例", total.figure.fact_index)


def _like(total: Place, part: Place) -> bool:
    same = total.fact.unit == part.fact.unit and total.fact.kind == part.fact.kind
    return same and total.fact.per.split("·")[0] == part.fact.per.split("·")[0]
