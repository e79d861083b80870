"""Marks that follow from marks side by side: 得分率 = 得分 ÷ 满分, and 满分 less what was deducted = 得分."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from parsers.relate_rates import Place
from parsers.relations import Relation, Weight
from parsers.stretches import Stretch
from patterns import cue

_SHARE = cue("accounts", "deduction.rate")
_DEDUCTED = cue("accounts", "deduction.deducted")
_SCALE = cue("accounts", "deduction.rule")
_GIVEN = cue("accounts", "deduction.left")


def scores_of_sentences(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield the rates of marks, and marks left after a deduction, whose figures stand side by side in one sentence."""
    for number, stretch in enumerate(stretches):
        for at in range(2, len(stretch.figures)):
            place = Place(stretch, number, at)
            if place.fact.unit == "%" and _SHARE.search(stretch.lead(at)):
                yield from _share(place)
            elif place.fact.kind == "score" and _GIVEN.match(stretch.lead(at)):
                yield from _left(place)


def _deducted(place: Place) -> bool:
    return place.fact.kind == "score" and _DEDUCTED.search(place.lead) is not None


def _share(rate: Place) -> Iterator[Relation]:
    """Yield 满分30分，得分27分，得分率90%: both marks right before the rate, in either order."""
    pair = [place for back in (1, 2) if (place := rate.beside(back)) is not None and place.fact.kind == "score"]
    full = [place for place in pair if place.fact.role == "full" and place.fact.value]
    awarded = [place for place in pair if place.fact.role == "awarded" and not _deducted(place)]
    if len(full) == len(awarded) == 1:
        terms = (awarded[0].figure.index, full[0].figure.index)
        yield Relation("rate", rate.figure.index, terms, "decides", "得分率", rate.figure.index, rule="marks")


def _left(given: Place) -> Iterator[Relation]:
    """Yield 20分，扣3分，得17分: full marks, all that was deducted, what is left."""
    before = [place for back in range(1, given.at + 1) if (place := given.beside(back)) is not None]
    gone = list(takewhile(_deducted, before))[::-1]
    full = before[len(gone)] if len(gone) < len(before) else None
    if not gone or full is None or full.fact.role != "full" or full.fact.kind != "score":
        return
    if _SCALE.search(given.stretch.text[full.figure.end : given.figure.start]):
        return
    terms = (full.figure.index, *(place.figure.index for place in gone))
    sure: Weight = "decides" if len(gone) == 1 else "confirms"  # 扣3分，其中立项扣2分: one may hold the others
    yield Relation("difference", given.figure.index, terms, sure, "扣", given.figure.index)
