"""What is left of a whole where part of it is done: 建成12680套，已分配12046套，尚未分配634套.

The verb may stand behind what is left: 排查37处，已治理24处，尚有13处未治理.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.relate.parts import plain
from parsers.relate.rates import Place
from parsers.relate.relations import Relation
from parsers.relate.stretches import Stretch
from patterns import cue

_LEFT = cue("relations", "relation.cue.not-yet")
_LEFT_BEHIND = cue("relations", "relation.cue.not-yet-behind")
_DONE = cue("relations", "relation.cue.done-of-it")
_AMONG = cue("relations", "relation.cue.among-them")


def remainders(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield wholes that are what was done of them, right behind in the sentence, and what is not yet done."""
    for number, stretch in enumerate(stretches):
        for at in range(2, len(stretch.figures)):
            left = Place(stretch, number, at)
            verb = _verb(left) if _is_number(left) else ""
            if verb:
                yield from _of_whole(left, verb)


def _verb(left: Place) -> str:
    found = _LEFT.search(left.lead) or _LEFT_BEHIND.match(left.stretch.tail(left.at))
    return str(found["verb"]) if found is not None else ""


def _is_number(place: Place) -> bool:
    fact = place.fact
    return fact.kind in ("count", "amount", "other") and not fact.per and plain(fact) and fact.value is not None


def _of_whole(left: Place, verb: str) -> Iterator[Relation]:
    before = [Place(left.stretch, left.number, at) for at in range(left.at)]
    own = [p for p in before if p.figure.sentence == left.figure.sentence and _is_number(p)]
    own = [place for place in own if place.fact.unit == left.fact.unit]
    done = [at for at, place in enumerate(own) if (told := _DONE.search(place.lead)) and told["verb"] == verb]
    if len(done) != 1 or not done[0]:
        return
    whole, part = own[done[0] - 1], own[done[0]]
    if part.at - whole.at > 1 or _AMONG.search(part.lead) or (whole.fact.value or 0) <= (part.fact.value or 0):
        return
    terms = (part.figure.fact_index, left.figure.fact_index)
    yield Relation("sum", whole.figure.fact_index, terms, "decides", verb, left.figure.fact_index)
