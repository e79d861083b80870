"""Balances of funds in one paragraph: what was there at first, and income less spending, is what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from parsers.relate_rates import Place
from parsers.relate_sums import plain
from parsers.relations import Relation
from parsers.stretches import Stretch

_YEAR = r"(?:\d{4}年(?:度|全年)?)?(?:当年|当期|本年度?|本期|全年|年度)?(?:实现)?(?:基金)?"
_HAS = r"(?:有|为|达到?|共|计)*"
_FIRST = regex.compile(
    rf"(?:年初|期初|上年末|上年度?)[一-龥]{{0,6}}?(?:结余|结存|余额|结转)(?:资金)?{_HAS}$|^结转上年{_HAS}$"
)
_IN = regex.compile(rf"^{_YEAR}收入{_HAS}$")
_OUT = regex.compile(rf"^{_YEAR}支出{_HAS}$")
_LAST = regex.compile(rf"(?:年末|期末|滚存|^基金累计|^累计)(?:累计|滚存)?(?:结余|结存|余额)(?:资金)?{_HAS}$")
_INSIDE = regex.compile(r"其中|包括|含|由")
"""Before an opening balance that the income holds: 收入600万元，其中上年结转100万元."""
_OTHERWISE = regex.compile(
    r"上解|调剂|划转|划出|划入|转入|转出|分配|弥补|缴回|上缴|收回|核减|冲销|含上年|包含上年|收支结余"
)
"""Other ways in which money came or went."""


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
        terms = tuple(found[0].figure.index for found in named)
        if _held(named[0][0], named[1][0], named[2][0], last[0]):
            continue
        sentences = [found[0].figure.sentence for found in (*named, last)]
        if max(sentences) - min(sentences) <= 1:
            stated = last[0].figure.index
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
