"""The figures of a report as they stand in its text: paragraph by paragraph, cell by cell, with the words between them.

Relations between figures are read from the words around them, so a stretch holds the folded text of one paragraph or
cell and the place of every fact in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from extract.document import Document, Span
from parsers.figures.clauses import stops
from parsers.model import Fact, Report
from parsers.report.paragraphs import Paragraph, paragraphs
from parsers.view import View, make_view

_CLAUSE_END = re.compile(r"[,;:。!?\n\t|()]")
_BRACKET = re.compile(r"[()]|[。\n](?!\()")
LONGEST_BRACKET = 400
"""What stands farther back than this is not in one bracket with a figure."""


class Figure(NamedTuple):
    """A fact in a stretch: ``fact_index`` counts in the report's facts, ``start`` and ``end`` in the stretch's text."""

    fact_index: int
    fact: Fact
    start: int
    end: int
    sentence: int
    """Which sentence of the stretch it stands in."""
    part: int
    """Which part of the stretch: sentences are parted by ``；`` too."""
    bracket: int
    """Where the innermost bracket around it opens; -1 outside of brackets."""


class Stretch(NamedTuple):
    """A paragraph or a cell: folded text and the figures in it, in order."""

    text: str
    figures: tuple[Figure, ...]
    span: Span
    gaps: tuple[str, ...]
    """The text before each figure, from the one before it; one more for the text after the last."""
    leads: tuple[str, ...]
    """The words of its own clause left of each figure."""
    in_table: bool = False

    def before(self, at: int) -> str:
        """Return the text between the figure before position ``at`` in ``figures`` and that figure."""
        return self.gaps[at]

    def after(self, at: int) -> str:
        """Return the text from the figure at position ``at`` to the next one, or to the end."""
        return self.gaps[at + 1]

    def lead(self, at: int) -> str:
        """Return the words of its own clause that stand left of a figure."""
        return self.leads[at]

    def tail(self, at: int) -> str:
        """Return the words of its own clause that stand right of a figure."""
        words = self.gaps[at + 1]
        cut = _CLAUSE_END.search(words)
        return words[: cut.start()] if cut else words

    def name(self, at: int) -> str:
        """Return what a figure is called: the words left of it and its metric."""
        return f"{self.leads[at]} {self.figures[at].fact.metric}"


def stretches(document: Document, report: Report, body: Sequence[Paragraph] | None = None) -> tuple[Stretch, ...]:
    """Return the stretches of ``report`` that hold figures, in the order of its facts.

    ``body`` are the document's paragraphs where they are at hand already.
    """
    first, last = report.span
    own = paragraphs(document) if body is None else body
    spans = [paragraph.span for paragraph in own if first <= paragraph.span.start < last]
    starts = [span.start for span in spans]
    cells = {
        f"table {grid.ordinal} row {cell.row + 1} col {cell.col + 1}": cell.span
        for grid in report.grids
        for cell in grid.cells
    }
    places = [_place(fact, cells, spans, starts) for fact in report.facts]
    found = []
    for place, group in groupby(enumerate(report.facts), key=lambda item: places[item[0]]):
        view = make_view(document.text, place.start, place.end)
        figures = tuple(_figures(view, list(group)))
        gaps = _gaps(view.text, figures)
        leads = tuple([_CLAUSE_END.split(gap)[-1] if gap else "" for gap in gaps[:-1]])
        found.append(Stretch(view.text, figures, place, gaps, leads, bool(figures[0].fact.cell)))
    return tuple(found)


def _gaps(text: str, figures: Sequence[Figure]) -> tuple[str, ...]:
    gaps, at = [], 0
    for figure in figures:
        gaps.append(text[at : figure.start])
        at = figure.end
    return (*gaps, text[at:])


def _place(fact: Fact, cells: dict[str, Span], prose: Sequence[Span], starts: Sequence[int]) -> Span:
    """Return the extent of the cell or paragraph that holds a fact; its own where neither is known."""
    if fact.cell in cells:
        return cells[fact.cell]
    above = bisect_right(starts, fact.span.start)
    if above and fact.span.start < prose[above - 1].end:
        return prose[above - 1]
    return fact.span


def _figures(view: View, facts: Sequence[tuple[int, Fact]]) -> Iterator[Figure]:
    if len(facts) == 1 and facts[0][1].span.end - facts[0][1].span.start >= len(view.text) > 0:  # a cell's bare figure
        yield Figure(*facts[0], 0, len(view.text), 0, 0, -1)
        return
    _, parts, sentences = stops(view.text)
    brackets = _brackets(view.text)
    for index, fact in facts:
        start = view.offset(fact.span.start)
        yield Figure(
            index,
            fact,
            start,
            view.offset(fact.span.end),
            bisect_left(sentences, start),
            bisect_left(parts, start),
            _bracket(brackets, start),
        )


def _brackets(text: str) -> list[tuple[int, int]]:
    """Return from where on which bracket is the innermost open one, -1 for none; a sentence's end closes all."""
    opened: list[int] = []
    found = [(0, -1)]
    for mark in _BRACKET.finditer(text) if "(" in text else ():
        if mark[0] == "(":
            opened.append(mark.start())
        elif mark[0] == ")":
            del opened[-1:]
        else:
            opened.clear()
        found.append((mark.end(), opened[-1] if opened else -1))
    return found


def _bracket(brackets: Sequence[tuple[int, int]], at: int) -> int:
    """Return where the innermost bracket open at ``at`` began, -1 where none is."""
    begun = brackets[bisect_right(brackets, (at, at)) - 1][1]
    return begun if begun >= at - LONGEST_BRACKET else -1
