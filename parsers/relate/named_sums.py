"""Totals over measures that are named again: 以上地力保护、农机购置两项补贴共发放1200万元, 中央和省级资金合计900万元.

The parts stand in paragraphs before it. Each has to be the one amount of the report that its name can mean; and as the
words may mean another one still, only a slip of the pen accuses. Two named in one paragraph, each once, are meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from parsers.relate.closing_sums import DIGITS
from parsers.relate.part_names import found
from parsers.relate.parts import plain
from parsers.relate.prices import is_amount
from parsers.relate.rates import Place, places
from parsers.relate.relations import Relation
from parsers.relate.stretches import Stretch
from patterns import cue

_NAMED = cue("relations", "relation.cue.above-named")
_BOTH = cue("relations", "relation.cue.both-named")
_MEAN = cue("shares", "share.mean")
_LAST = regex.compile(r"[和及与]|以及")


def named_sums(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield the totals of a report's prose over measures that its earlier paragraphs tell of."""
    known = places(stretches)
    for total in known:
        listed = _NAMED.search(total.lead) if total.fact.kind == "amount" and plain(total.fact) else None
        names = _names(listed["names"], DIGITS[listed["count"]]) if listed is not None else []
        parts = [_of_name(name, total, known) for name in names]
        terms = tuple(part.figure.fact_index for part in parts if part is not None)
        if terms and len(set(terms)) == len(names):
            stated = total.figure.fact_index
            yield Relation("sum", stated, terms, "bounds", total.lead, stated)
        yield from _of_both(total, known)


def _of_both(total: Place, known: Sequence[Place]) -> Iterator[Relation]:
    """Yield the total of two figures named in its paragraph before it: 住院和门诊救助合计6万人次."""
    both = _BOTH.match(total.lead) if plain(total.fact) and not total.fact.per else None
    if both is None:
        return
    own = [place for place in known if place.number == total.number and place.at < total.at]
    own = [place for place in own if place.fact.unit == total.fact.unit and not place.fact.per and plain(place.fact)]
    named = [[place for place in own if place.lead.startswith(both[name])] for name in ("first", "second")]
    if all(len(found) == 1 for found in named) and named[0][0].at != named[1][0].at:
        terms = tuple(found[0].figure.fact_index for found in named)
        yield Relation("sum", total.figure.fact_index, terms, "decides", both[0], total.figure.fact_index)


def _names(words: str, count: int) -> list[str]:
    """Return the names of a list, if there are as many as it says."""
    names = words.split("、")
    if len(names) < count:
        names = [*names[:-1], *_LAST.split(names[-1], maxsplit=1)]
    return names if len(names) == count and min(map(len, names)) > 1 else []


def _of_name(name: str, total: Place, known: Sequence[Place]) -> Place | None:
    """Return the one amount under a heading or in a sentence of this name, if all of the report's are the same."""
    named = [place for place in known if place.number != total.number and _is_sum(place)]
    named = [place for place in named if name in place.fact.section or name in place.fact.sentence]
    before = [place for place in named if place.number < total.number and place.fact.role == "actual"]
    return before[0] if before and len({place.fact.value for place in named}) == 1 else None


def _is_sum(place: Place) -> bool:
    fact = place.fact
    if fact.kind != "amount" or not is_amount(fact) or fact.role == "norm":
        return False
    return not _MEAN.search(place.lead) and not found("other", place.lead)
