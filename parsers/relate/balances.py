"""Balances of funds in one paragraph: what was there at first, and income less spending, is what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.relate.parts import plain
from parsers.relate.rates import Place
from parsers.relate.relations import Relation
from parsers.relate.stretches import Stretch
from patterns import cue

_FIRST = cue("accounts", "balance.first")
_IN = cue("accounts", "balance.income")
_OUT = cue("accounts", "balance.spending")
_LAST = cue("accounts", "balance.last")
_INSIDE = cue("accounts", "balance.held")
_OTHERWISE = cue("accounts", "balance.otherwise")


def balances(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield the closing balance of a paragraph that states each of the four figures once."""
    for number, stretch in enumerate(stretches):
        if len(stretch.figures) < 4 or _OTHERWISE.search(stretch.text):
            continue
        places = [Place(stretch, number, at) for at in range(len(stretch.figures))]
        money = [place for place in places if _is_money(place)]
        named = [[place for place in money if name.search(stretch.lead(place.at))] for name in (_FIRST, _IN, _OUT)]
        last = [p for p in money if _LAST.search(stretch.lead(p.at)) and not _FIRST.search(stretch.lead(p.at))]
        if any(len(found) != 1 for found in (*named, last)):
            continue
        terms = tuple(found[0].figure.fact_index for found in named)
        if _held(named[0][0], named[1][0], named[2][0], last[0]):
            continue
        sentences = [found[0].figure.sentence for found in (*named, last)]
        if max(sentences) - min(sentences) <= 1:
            stated = last[0].figure.fact_index
            yield Relation("balance", stated, terms, "decides", "年初＋收入－支出＝年末", stated)


def _is_money(place: Place) -> bool:
    fact = place.fact
    return fact.kind == "amount" and fact.role == "actual" and not fact.per and plain(fact)


def _held(first: Place, came: Place, went: Place, last: Place) -> bool:
    """Tell whether the income holds the opening balance already, by the words or by what is left."""
    if _INSIDE.search(first.lead):
        return True
    if first.figure.bracket >= 0 and first.at != last.at + 1:
        return True
    return (came.fact.value or 0) - (went.fact.value or 0) == last.fact.value
