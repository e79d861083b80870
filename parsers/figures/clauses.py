"""Cut a paragraph into sentences, parts and the surroundings of each figure.

All offsets here are the view's. A sentence ends at 。！？ or a line end, a part of it at ；. Around a figure stand
``left`` (from the last separator or figure) and ``right`` (to the next).
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from parsers.figures.scan import Mark
from parsers.model import Quantity
from parsers.view import View

# A bracket right after the full stop still belongs to the sentence.
_PART = re.compile(r"[。!?\n\t|;](?!(?<=[。!?])\()")
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


def within(extents: Sequence[tuple[int, int]], at: int) -> bool:
    """Tell whether ``at`` lies in one of the sorted ``extents``."""
    index = bisect_right(extents, at, key=lambda extent: extent[0]) - 1
    return index >= 0 and at < extents[index][1]


def _outside(places: Iterable[int], extents: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Yield those of the sorted ``places`` that lie in none of the sorted ``extents``."""
    following = iter(extents)
    start, end = next(following, _NOWHERE)
    for place in places:
        while end <= place:
            start, end = next(following, _NOWHERE)
        if place < start:
            yield place


def separators(text: str, marks: Sequence[Mark]) -> tuple[int, ...]:
    """Return the offsets of the characters that part clauses: none inside a figure, nor those of mere remarks."""
    quantities = [mark.start for mark in marks if mark.what == "quantity"]
    remarks = [
        found.span()
        for found in (_PAREN.finditer(text) if "(" in text else ())
        if bisect_left(quantities, found.end()) == bisect_right(quantities, found.start())
    ]
    cuts = (found.start() for found in _SEPARATOR.finditer(text))
    places = _outside(cuts, ((mark.start, mark.end) for mark in marks))
    return tuple(_outside(places, remarks) if remarks else places)


def arounds(view: View, marks: Sequence[Mark]) -> tuple[Around, ...]:
    """Return the surroundings of every quantity among ``marks``, in order."""
    text = view.text
    figures = [(mark, mark.quantity) for mark in marks if mark.quantity is not None]
    if not figures:
        return ()
    cuts = separators(text, marks)
    parts = [found.start() for found in _PART.finditer(text)]
    sentences = [at for at in parts if text[at] != ";"]
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
        found.append(
            Around(
                mark=mark,
                quantity=quantity,
                sentence=_stretch(text, sentences, mark),
                part=_stretch(text, parts, mark),
                clause=clause,
                left=left,
                right=right,
                inside=_in_brackets(text, clause, mark.start),
            )
        )
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
    first, last = bisect_left(cuts, mark.start), bisect_left(cuts, mark.end)
    return cuts[first - 1] + 1 if first else 0, cuts[last] if last < len(cuts) else len(text)
