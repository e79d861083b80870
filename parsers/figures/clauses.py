"""Cut a paragraph into sentences, parts and the surroundings of each figure.

All offsets here are the view's. A sentence ends at 。！？ or a line end, a part of it at ；. Around a figure stand
``left`` (from the last separator or figure) and ``right`` (to the next).
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from parsers.figures.scan import Mark
from parsers.model import Quantity
from parsers.view import View

_ENDS = frozenset("。!?\n\t|;")
_SEPARATOR = re.compile(r"[,;:。!?\n\t|()]")
_TITLE = re.compile(r"《[^》]*》")
_PAREN = re.compile(r"\([^()]*\)")
_NOWHERE = (sys.maxsize, sys.maxsize)


class Around(NamedTuple):
    """A figure's surroundings as offsets of the view."""

    mark: Mark
    quantity: Quantity
    sentence: tuple[int, int]
    part: tuple[int, int]
    clause: int
    """Where its clause begins: after the last separator, figures not counted."""
    left: int
    """Where the text begins that belongs to it on the left."""
    right: int
    """Where the text ends that belongs to it on the right."""
    inside: bool
    """Whether it stands in brackets."""


def titles(text: str) -> tuple[tuple[int, int], ...]:
    """Return the extents of titles in 《》: numerals in them are names."""
    return tuple(found.span() for found in _TITLE.finditer(text)) if "《" in text else ()


class Stops(NamedTuple):
    """The offsets of the characters that part clauses, of those that end a part, and of those that end a sentence."""

    clauses: Sequence[int]
    parts: Sequence[int]
    sentences: Sequence[int]


@lru_cache(maxsize=1024)
def stops(text: str) -> Stops:
    """Return where clauses, parts and sentences of ``text`` end."""
    clauses = [found.start() for found in _SEPARATOR.finditer(text)]
    # A bracket right after the full stop still belongs to the sentence.
    ends = [at for at in clauses if text[at] in _ENDS and not (text[at] in "。!?" and text[at + 1 : at + 2] == "(")]
    return Stops(clauses, ends, [at for at in ends if text[at] != ";"])


def within(extents: Sequence[tuple[int, int]], at: int) -> bool:
    """Tell whether ``at`` lies in one of the sorted ``extents``."""
    index = bisect_right(extents, at, key=lambda extent: extent[0]) - 1
    return index >= 0 and at < extents[index][1]


def _outside(places: Sequence[int], extents: Sequence[tuple[int, int]]) -> Sequence[int]:
    """Return those of the sorted ``places`` that lie in none of the sorted ``extents``."""
    following = iter(extents)
    start, end = next(following, _NOWHERE)
    kept = []
    for place in places:
        while end <= place:
            start, end = next(following, _NOWHERE)
        if place < start:
            kept.append(place)
    return kept


def separators(text: str, marks: Sequence[Mark]) -> Sequence[int]:
    """Return the offsets of the characters that part clauses: none inside a figure, nor those of mere remarks.

    So does a number without a unit, broken or right behind a figure: it was a cell (合格率=100% 22.5 调整次数≤10次).
    """
    quantities = [mark.start for mark in marks if mark.what == "quantity"]
    remarks = [
        found.span()
        for found in (_PAREN.finditer(text) if "(" in text else ())
        if bisect_left(quantities, found.end()) == bisect_right(quantities, found.start())
    ]
    places = _outside(stops(text).clauses, [(mark.start, mark.end) for mark in marks])
    places = _outside(places, remarks) if remarks else places
    cells = [
        mark
        for index, mark in enumerate(marks)
        if mark.what == "unread"
        and ("." in text[mark.start : mark.end] or (index > 0 and marks[index - 1].end == mark.start))
    ]
    return sorted({*places, *(at for cell in cells for at in (cell.start, cell.end - 1))}) if cells else places


def arounds(view: View, marks: Sequence[Mark]) -> tuple[Around, ...]:
    """Return the surroundings of every quantity among ``marks``, in order."""
    text = view.text
    figures = [(mark, mark.quantity) for mark in marks if mark.quantity is not None]
    if not figures:
        return ()
    cuts = separators(text, marks)
    _, parts, sentences = stops(text)
    found: list[Around] = []
    for index, (mark, quantity) in enumerate(figures):
        before = figures[index - 1][0].end if index else 0
        after = figures[index + 1][0].start if index + 1 < len(figures) else len(text)
        clause, following = _stretch(text, cuts, mark)
        left = max(clause, before)
        if left == before and index and left < mark.start:
            left = _after_noun(text, before, mark.start)
        right = min(following, after)
        if right == after:
            comma = text.find("、", mark.end, after)
            right = comma if comma >= 0 else right
        part = _stretch(text, parts, mark)
        sentence = _stretch(text, sentences, mark) if len(sentences) < len(parts) else part
        inside = _in_brackets(text, clause, mark.start)
        found.append(Around(mark, quantity, sentence, part, clause, left, right, inside))
    return tuple(found)


def _in_brackets(text: str, clause: int, at: int) -> bool:
    opened = text.rfind("(", max(0, clause - 60), at)
    return opened >= 0 and text.find(")", opened, at) < 0


def _after_noun(text: str, before: int, start: int) -> int:
    """Between two figures of a clause, the second's own words begin after the 、 that ends the first's noun."""
    comma = text.find("、", before, start)
    return comma + 1 if comma >= 0 else before


def _stretch(text: str, cuts: Sequence[int], mark: Mark) -> tuple[int, int]:
    """Return where the stretch between two of the sorted ``cuts`` begins and ends that holds ``mark``."""
    start, end = mark.start, mark.end
    first = last = bisect_left(cuts, start)
    while last < len(cuts) and cuts[last] < end:
        last += 1
    return cuts[first - 1] + 1 if first else 0, cuts[last] if last < len(cuts) else len(text)
