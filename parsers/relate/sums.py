"""Totals and parts in prose: 其中, 包括, brackets, 合计, «X中».

A list of parts runs as far as its separators keep their rank: ``、`` ends at ``，``, ``，`` at ``；``, ``；`` at a
full stop. What else could be meant (a longer list, another total of the sentence) is given as a reading that can only
confirm.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

import regex

from parsers.model import Fact
from parsers.relate.closing_sums import parts_before
from parsers.relate.part_names import crossing, found, is_family, leading_whole, names_rest, turned
from parsers.relate.parts import MOST_READINGS, alike, distinct, is_part, label_of, like_part, plain
from parsers.relate.relations import Relation, Weight
from parsers.relate.set_apart import compared_with, deducted, superseded
from parsers.relate.stretches import Stretch
from patterns import cue

_INSIDE = regex.compile(r"\([^()]*\)|[()]")
_SEPARATORS = "、,;。"
_AMONG = cue("relations", "relation.cue.among")
_OPENED = cue("relations", "relation.cue.in-bracket")
_SORTED = cue("relations", "relation.cue.sorted")
_CLOSED = regex.compile(r"[;。]")
_WHOLE = cue("relations", "relation.cue.total")
_NO_OTHERS = cue("relations", "relation.cue.no-others")
_ETC = cue("relations", "relation.cue.etc")
_REST = cue("relations", "relation.cue.rest-open")
_NAMELESS = cue("relations", "relation.cue.nameless")
_ENDS_OPEN = cue("relations", "relation.cue.below")
MOST_PARTS = 60
"""No list of a sentence has more parts; what goes on longer is no sentence."""
MOST_BELOW = 24
SHORTEST = 2
SUFFIX = 4
BRACKETS = "( )"


@dataclass(frozen=True, slots=True)
class _List:
    """Parts that follow an opening word: ``first`` is the position of the first figure after it."""

    first: int
    cue: str
    bracket: int
    """Where the bracket opens that holds the list; -1 where none does."""
    name: str = ""
    """The total's name in «基本支出中，» and in «医院按等级分：»."""
    whole_name: bool = False
    """Whether the total must be called just that."""


def sums(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield the sums that the words of a report's prose state, the nearest reading of each first."""
    for number, stretch in enumerate(stretches):
        if not any(stretch.gaps):
            continue  # a cell that holds a figure and no words
        for opened in _opened(stretch):
            yield from _parts_after(stretch, opened, stretches[:number])
        for position in range(len(stretch.figures)):
            yield from parts_before(stretch, position)
        yield from _parts_below(stretches, number)


def _opened(stretch: Stretch) -> Iterator[_List]:
    for position, figure in enumerate(stretch.figures):
        gap = stretch.before(position)
        among = _AMONG.search(gap) if "中" in gap else None
        if among and not among["name"].endswith("其"):
            yield _List(position, among[0].strip("。;"), -1, among["name"])
            continue
        if "按" in gap and (by := _SORTED.search(gap)) is not None:
            yield _List(position, by[0].strip("。;,"), -1, by["name"], whole_name=True)
            continue
        # 主要包括办公费、水费;公用经费480.66万元: that list is over
        cue = found("opens", gap) and found("opens", _CLOSED.split(gap)[-1])
        previous = stretch.figures[position - 1] if position else None
        inside = figure.bracket if previous is None or figure.bracket != previous.bracket else -1
        if cue and position:
            yield _List(position, cue[0], inside)
        elif position and inside >= 0 and _OPENED.match(gap):
            yield _List(position, BRACKETS, inside)


def _parts_after(stretch: Stretch, opened: _List, before: Sequence[Stretch]) -> Iterator[Relation]:
    held = list(_scope(stretch, opened))
    seen: set[tuple[str, str, str]] = set()
    for position in held:
        fact = stretch.figures[position].fact
        key = (fact.unit, fact.kind, fact.role if fact.kind == "score" else "")
        if key in seen:
            continue
        seen.add(key)
        totals = [
            stretch.figures[at].fact_index
            for at in _totals(stretch, opened, fact)
            if fact.kind != "score" or deducted(stretch, at) == deducted(stretch, position)  # 得96分,其中档案不全扣2分
        ]
        totals = totals or _named_above(opened, fact, before)
        if totals:
            yield from _relations(stretch, opened, totals, [at for at in held if is_part(stretch, at, fact)])


def _named_above(opened: _List, part: Fact, before: Sequence[Stretch]) -> list[int]:
    """Return the figure of an earlier paragraph that «X中，» names, where there is one value of that name only."""
    if len(opened.name) < SHORTEST:
        return []
    named = [
        figure
        for stretch in reversed(before)
        for at, figure in enumerate(stretch.figures)
        if _called(stretch, at, opened) and alike(figure.fact, part)
    ]
    return [named[0].fact_index] if len({figure.fact.value for figure in named}) == 1 else []


def _called(stretch: Stretch, at: int, opened: _List) -> bool:
    """Tell whether a figure bears the name that a list gives its total."""
    if opened.whole_name:
        return label_of(stretch, at) == opened.name
    return stretch.figures[at].fact.metric.endswith(opened.name)


def _parts_below(stretches: Sequence[Stretch], number: int) -> Iterator[Relation]:
    """Yield the totals of a paragraph that ends with 其中： over the paragraphs below it; these can only confirm."""
    stretch = stretches[number]
    last = len(stretch.figures) - 1
    if not _ENDS_OPEN.search(stretch.after(last)):
        return
    below = [figure for other in stretches[number + 1 : number + 1 + MOST_BELOW] for figure in other.figures]
    for figure in stretch.figures:
        if figure.sentence < stretch.figures[last].sentence - 1 or not plain(figure.fact):
            continue
        name = figure.fact.metric[-SUFFIX:]
        parts = [other for other in below if alike(figure.fact, other.fact) and other.fact.metric.endswith(name)]
        for end in range(len(parts), 1, -1):
            terms = tuple(part.fact_index for part in parts[:end])
            yield Relation("sum", figure.fact_index, terms, "confirms", "其中", figure.fact_index)


def _scope(stretch: Stretch, opened: _List) -> Iterator[int]:
    """Yield the positions of the figures that the list may hold."""
    first = stretch.figures[opened.first]
    for position in range(opened.first, min(len(stretch.figures), opened.first + MOST_PARTS)):
        figure = stretch.figures[position]
        if opened.bracket >= 0 and ")" in stretch.text[first.start : figure.start] and figure.bracket < opened.bracket:
            return
        if opened.bracket < 0 and figure.sentence != first.sentence:
            return
        if figure.bracket == (opened.bracket if opened.bracket >= 0 else first.bracket):
            yield position


def _totals(stretch: Stretch, opened: _List, part: Fact) -> list[int]:
    """Return the positions of the figures that the parts may be parts of, the likeliest first."""
    figures = stretch.figures
    farthest = max(opened.first - MOST_PARTS, 0)
    before = [at for at in range(opened.first - 1, farthest - 1, -1) if alike(figures[at].fact, part)]
    if opened.whole_name:
        return [at for at in before if _called(stretch, at, opened)]
    if opened.name:
        return [at for at in before if opened.name in figures[at].fact.metric]
    if opened.bracket >= 0:
        return before[:1] if before and figures[before[0]].bracket != opened.bracket else []
    gap = stretch.before(opened.first)
    near = figures[opened.first].sentence - ("。" in gap[: gap.rfind(opened.cue)])
    bracket = figures[opened.first].bracket
    here = [
        at
        for at in before
        if figures[at].sentence == near and figures[at].bracket in (-1, bracket) and not superseded(stretch, at)
    ]
    here = [at for at in here if not compared_with(stretch, at)]
    fit = [at for at in here if not found("other", stretch.lead(at))]
    if not fit:  # 新增债务限额2.39亿元,其中: a change that the parts are parts of, as nothing else is there
        return [at for at in here if at == opened.first - 1]
    return [at for at in fit if not found("rest", label_of(stretch, at))] or fit


def _relations(stretch: Stretch, opened: _List, totals: Sequence[int], parts: Sequence[int]) -> Iterator[Relation]:
    figures = stretch.figures
    named = _metric(stretch, totals[0])
    parts = list(takewhile(lambda at: not turned(named, label_of(stretch, at)), parts))
    run = list(_run(stretch, parts))
    if not run:
        return
    if len(run) == 1 and len(parts) == 1:
        if _NO_OTHERS.match(stretch.after(run[0])):
            yield Relation(
                "sum", totals[0], (figures[run[0]].fact_index,), "decides", opened.cue, figures[run[0]].fact_index
            )
        elif opened.cue != BRACKETS and (len(totals) == 1 or opened.bracket >= 0):
            yield Relation(
                "part", figures[run[0]].fact_index, (totals[0],), "decides", opened.cue, figures[run[0]].fact_index
            )
        return
    left_out = any(like_part(stretch, at, figures[run[0]].fact) for at in range(opened.first, run[0]))
    weight = "confirms" if left_out else _weight(stretch, opened, run)
    whole = leading_whole([label_of(stretch, at) for at in parts])
    if whole and weight != "confirms":
        run, weight = parts[:whole], "decides"
    rest = [at for at in run if found("rest", label_of(stretch, at))]
    core = [at for at in run if at not in rest] if len(run) - len(rest) > 1 else run
    for count, total in enumerate(totals):
        if len(core) > 1:
            sure: Weight = weight if not count or _WHOLE.search(_metric(stretch, total)) else "confirms"
            terms = tuple(figures[at].fact_index for at in core)
            rest_named = names_rest([label_of(stretch, at) for at in run])
            yield Relation("sum", total, terms, sure, opened.cue, figures[run[0]].fact_index, whole=rest_named)
    readings = [run, list(parts), *(list(parts[:end]) for end in range(len(parts) - 1, 1, -1))]
    for reading in distinct(readings, core)[:MOST_READINGS]:
        terms = tuple(figures[at].fact_index for at in reading)
        for total in totals:
            yield Relation("sum", total, terms, "confirms", opened.cue, figures[run[0]].fact_index)


def _metric(stretch: Stretch, index: int) -> str:
    """Return the metric of a figure by its number in the report; the empty text where it stands in another stretch."""
    at = bisect_left(stretch.figures, index, key=lambda figure: figure.fact_index)
    found = at < len(stretch.figures) and stretch.figures[at].fact_index == index
    return stretch.figures[at].fact.metric if found else ""


def _run(stretch: Stretch, parts: Sequence[int]) -> Iterator[int]:
    """Yield the parts as far as the separators between them keep their rank; a new 其中 ends the run."""
    rank = -1
    for count, position in enumerate(parts):
        if count:
            before = stretch.figures[parts[count - 1]]
            between = _outside(stretch.text[before.end : stretch.figures[position].start])
            here = max((_SEPARATORS.find(char) for char in between), default=0)
            if rank < 0:
                rank = max(here, 0)
            if here > rank or found("opens", between):
                return
        yield position


def _outside(text: str) -> str:
    """Return ``text`` without what stands in brackets."""
    return str(_INSIDE.sub("", text))


def _weight(stretch: Stretch, opened: _List, run: Sequence[int]) -> Weight:
    """Say what the wording allows: a list that names only some parts, or traits that overlap, can only confirm."""
    figures = stretch.figures
    labels = [label_of(stretch, at) for at in run]
    opening = stretch.before(opened.first)
    words = opening[opening.rfind(opened.cue) :] if opened.cue in opening else ""
    after = stretch.after(run[-1])
    if _ETC.search(after) or _REST.search(after) or any(found("partial", label) for label in (words, *labels)):
        return "confirms"
    if found("opens", _outside(stretch.text[figures[run[0]].end : figures[run[-1]].start])):
        return "confirms"
    if figures[run[0]].fact.kind == "score" or is_family(labels):
        return "decides"
    if figures[run[0]].fact.kind == "count" and (
        crossing(labels) or any(_NAMELESS.match(stretch.lead(at)) and stretch.before(at) for at in run)
    ):
        return "confirms"  # 343人属于…，439人为…: traits told after the figure may be of the same persons
    return "bounds"
