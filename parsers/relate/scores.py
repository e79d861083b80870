"""Marks that follow from marks side by side: 得分率 = 得分 ÷ 满分, and 满分 less what was deducted = 得分."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from parsers.relate.parts import plain
from parsers.relate.rates import Place, places
from parsers.relate.relations import Relation, Weight
from parsers.relate.stretches import Stretch
from patterns import cue

_SHARE = cue("accounts", "deduction.rate")
_DEDUCTED = cue("accounts", "deduction.deducted")
_OF_INDICATOR = cue("accounts", "deduction.rate-of")
_MARKS_OF = cue("accounts", "deduction.marks-of")
_GIVEN_OF = cue("accounts", "deduction.marks-given")
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


def rates_of_tables(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield 过程类指标得分率77% of the prose as the marks in the row of a score table that is called just so.

    So are 产出类得27分，得分率90%. It decides where one pair of marks bears the name.
    """
    known = places(stretches)
    rows = _rows(known)
    for rate in known if rows else ():
        if rate.fact.unit != "%" or rate.fact.cell or not plain(rate.fact) or rate.dealt:
            continue
        pairs = _named(rate, rows)
        sole = len({(given.fact.value, full.fact.value) for given, full in pairs}) == 1
        for given, full in pairs:
            terms, stated = (given.figure.fact_index, full.figure.fact_index), rate.figure.fact_index
            yield Relation("rate", stated, terms, "decides" if sole else "confirms", "得分率", stated, rule="marks")


def _named(rate: Place, rows: Mapping[str, Sequence[tuple[Place, Place]]]) -> Sequence[tuple[Place, Place]]:
    """Return the marks of the rows whose indicator a rate names, or the marks before it: 产出类得27分，得分率90%."""
    named = _OF_INDICATOR.search(rate.lead)
    if named is not None:
        return rows.get(named["name"], ())
    given = rate.beside(1)
    if given is None or given.fact.kind != "score" or not _SHARE.fullmatch(rate.lead):
        return ()
    named = _GIVEN_OF.search(given.lead)
    pairs = rows.get(named["name"], ()) if named is not None else ()
    return [pair for pair in pairs if pair[0].fact.value == given.fact.value]


def _rows(known: Sequence[Place]) -> dict[str, list[tuple[Place, Place]]]:
    """Return the marks awarded and the full marks of the rows of tables, by the name of the indicator."""
    marks: dict[tuple[str, str], list[Place]] = {}
    for place in known:
        found = _MARKS_OF.fullmatch(place.fact.metric) if place.fact.cell and place.fact.kind == "score" else None
        if found is not None and plain(place.fact):
            marks.setdefault((found["name"], place.fact.cell.rpartition(" col ")[0]), []).append(place)
    rows: dict[str, list[tuple[Place, Place]]] = {}
    for (name, _), row in marks.items():
        given = [place for place in row if place.fact.role == "awarded"]
        full = [place for place in row if place.fact.role == "full" and place.fact.value]
        if len(given) == len(full) == 1:
            rows.setdefault(name, []).append((given[0], full[0]))
    return rows


def _deducted(place: Place) -> bool:
    return place.fact.kind == "score" and _DEDUCTED.search(place.lead) is not None


def _share(rate: Place) -> Iterator[Relation]:
    """Yield 满分30分，得分27分，得分率90%: both marks right before the rate, in either order."""
    pair = [place for back in (1, 2) if (place := rate.beside(back)) is not None and place.fact.kind == "score"]
    full = [place for place in pair if place.fact.role == "full" and place.fact.value]
    awarded = [place for place in pair if place.fact.role == "awarded" and not _deducted(place)]
    if len(full) == len(awarded) == 1:
        terms = (awarded[0].figure.fact_index, full[0].figure.fact_index)
        yield Relation("rate", rate.figure.fact_index, terms, "decides", "得分率", rate.figure.fact_index, rule="marks")


def _left(given: Place) -> Iterator[Relation]:
    """Yield 20分，扣3分，得17分: full marks, all that was deducted, what is left."""
    before = [place for back in range(1, given.at + 1) if (place := given.beside(back)) is not None]
    gone = list(takewhile(_deducted, before))[::-1]
    full = before[len(gone)] if len(gone) < len(before) else None
    if not gone or full is None or full.fact.role != "full" or full.fact.kind != "score":
        return
    if _SCALE.search(given.stretch.text[full.figure.end : given.figure.start]):
        return
    terms = (full.figure.fact_index, *(place.figure.fact_index for place in gone))
    sure: Weight = "decides" if len(gone) == 1 else "confirms"  # 扣3分，其中立项扣2分: one may hold the others
    yield Relation("difference", given.figure.fact_index, terms, sure, "扣", given.figure.fact_index)
