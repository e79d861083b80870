"""Wholes that the words do not name at their parts: what was done and what is left of them, lists of their shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from parsers.relate.parts import plain
from parsers.relate.rates import Place, places, quotient_is
from parsers.relate.relations import Relation
from parsers.relate.shares import SHARE, countable, done_of
from parsers.relate.stretches import Stretch
from parsers.votes import most_hold
from patterns import cue

_REST = cue("shares", "share.rest")
_ENDS = ",;。("


def wholes(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield what wholes are made up of, as their parts or the shares of these show."""
    known = places(stretches)
    for number, stretch in enumerate(stretches):
        own = [place for place in known if place.number == number]
        yield from _left(stretch, own)
        yield from _listed(own)


def _left(stretch: Stretch, own: Sequence[Place]) -> Iterator[Relation]:
    """Yield 资金1260万元，已拨付1134万元，占90%，剩余126万元: the whole is what was done and what is left."""
    sums = [place for place in own if countable(place)]
    for at, rest in enumerate(sums):
        if at < 2 or not _REST.match(stretch.before(rest.at)):
            continue
        whole, done = sums[at - 2], sums[at - 1]
        alike = len({(place.fact.unit, place.figure.part) for place in (whole, done, rest)}) == 1
        if alike and done.at == whole.at + 1 and done_of(done, whole):
            terms = (done.figure.fact_index, rest.figure.fact_index)
            yield Relation("sum", whole.figure.fact_index, terms, "decides", "剩余", rest.figure.fact_index)


def _listed(own: Sequence[Place]) -> Iterator[Relation]:
    """Yield the shares of a list (A支出1042万元，占82.56%；B支出98万元，占7.82%) of the whole that most are of."""
    pairs = [
        (rate, part)
        for part, rate in pairwise(own)
        if rate.fact.unit == "%" and rate.fact.decimals and plain(rate.fact) and countable(part) and _is_bare(rate)
    ]
    parts = {part.figure.fact_index for _, part in pairs}
    best: tuple[int, Place | None] = (0, None)
    for base in own if len(pairs) > 2 else ():
        if countable(base) and base.fact.value and base.figure.fact_index not in parts:
            alike = [(rate, part) for rate, part in pairs if part.fact.unit == base.fact.unit]
            held = sum(quotient_is(rate.fact, part.fact, base.fact) for rate, part in alike)
            best = max(best, (held, base), key=lambda found: found[0])
    held, whole = best
    if whole is None or not most_hold(held, len(pairs)):
        return
    for rate, part in pairs:
        terms = (part.figure.fact_index, whole.figure.fact_index)
        if part.fact.unit == whole.fact.unit:
            yield Relation("rate", rate.figure.fact_index, terms, "decides", "占", rate.figure.fact_index, rule="share")


def _is_bare(rate: Place) -> bool:
    """Tell whether a share does not say what it is of: 支出98.74万元，占8.72%."""
    found = SHARE.search(rate.stretch.before(rate.at))
    return (
        found is not None and not found["base"] and not found["each"] and found[0].lstrip(_ENDS + "(").startswith("占")
    )
