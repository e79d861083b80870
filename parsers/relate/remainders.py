"""What is left of a whole where part of it is done: 建成12680套，已分配12046套，尚未分配634套.

The verb may stand behind what is left: 排查37处，已治理24处，尚有13处未治理.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.model import Fact
from parsers.relate.parts import plain
from parsers.relate.rates import Place
from parsers.relate.relations import Relation
from parsers.relate.stretches import Stretch
from parsers.relate.votes import holds
from patterns import cue

_LEFT = cue("relations", "relation.cue.not-yet")
_LEFT_MONEY = cue("relations", "relation.cue.left-money")
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


def left_of_rated(stretches: Sequence[Stretch], facts: Sequence[Fact], found: Sequence[Relation]) -> Iterator[Relation]:
    """Yield bases that are what was spent of them and what is left, where the rate between these two names the base.

    支出4118.26万元，执行率97.20%，结余118.54万元: the base may stand paragraphs before; the rate tells which it is.
    """
    rated = {one.stated: one for one in found if one.kind == "rate" and one.weight != "excuses" and holds(one, facts)}
    for number, stretch in enumerate(stretches):
        for at in range(2, len(stretch.figures)):
            left, rate, spent = (Place(stretch, number, before) for before in (at, at - 1, at - 2))
            relation = rated.get(rate.figure.fact_index)
            if relation is None or not _is_number(left) or _LEFT_MONEY.search(left.lead) is None:
                continue
            one_base = relation.bases == 1 and relation.terms[:-1] == (spent.figure.fact_index,)
            if one_base and left.fact.unit == spent.fact.unit and left.figure.sentence == spent.figure.sentence:
                terms = (spent.figure.fact_index, left.figure.fact_index)
                yield Relation("sum", relation.terms[-1], terms, "decides", "结余", left.figure.fact_index)


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
