"""Forms that state goals alone (绩效目标申报表): what stands in them is planned, though no head or sign says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.document import Block, Document, Span
from parsers.model import Fact
from parsers.report.paragraphs import Paragraph
from parsers.tables.forms import part_of
from parsers.view import fold
from patterns import cue

LONGEST_TITLE = 60
FIRST_CELLS = 4
"""Among so many cells a table may hold its own title."""
_MAY_BE = re.compile(r"目\s*标[^\n]{0,16}表")
"""What the title of such a form holds, asked of the whole text first."""
_TITLE = cue("tables", "table.cue.goals-form")
_APPLIED = cue("tables", "table.cue.applied-for")
_OTHER = cue("tables", "table.cue.other-form")
_INDICATORS = cue("tables", "table.cue.indicator-label")
_REACHED = cue("tables", "table.cue.reached-outright")


def as_planned(
    document: Document, pieces: Sequence[Paragraph | Block], end: int, facts: Sequence[Fact]
) -> tuple[Fact, ...]:
    """Return facts with those in forms of goals planned: all below the names of indicators, above them all but sums.

    In a form by which money is applied for (申报表) the sums are planned too.
    """
    forms = list(_forms(document, pieces, end))
    if not forms:
        return tuple(facts)
    return tuple(
        fact._replace(role="target") if any(_is_goal(fact, form, first) for form, first in forms) else fact
        for fact in facts
    )


def _is_goal(fact: Fact, form: Span, first: int) -> bool:
    if not form.start <= fact.span.start < form.end or _REACHED.search(fact.sentence):
        return False
    below = fact.span.start > first
    return (fact.role == "actual" and (below or fact.kind != "amount")) or (
        fact.role == "norm" and below and fact.source == "table"
    )


class _Said(NamedTuple):
    """A line or cell: where it begins, its text, and whether it stands alone in its row or among a table's first."""

    start: int
    text: str
    leads: bool


def _forms(document: Document, pieces: Sequence[Paragraph | Block], end: int) -> Iterator[tuple[Span, int]]:
    """Yield the stretches that are forms of goals, and from where on all in each is planned: where indicators begin."""
    if not _MAY_BE.search(document.text):
        return
    said = [one for piece in pieces for one in _said(document, piece)]
    titled = []
    for one in said:
        if one.leads and len(one.text) <= LONGEST_TITLE:
            if _TITLE.search(one.text):
                titled.append((one.start, True, _APPLIED.search(one.text) is not None))
            elif _OTHER.search(one.text):
                titled.append((one.start, False, False))
    for (start, wanted, applied), (stop, *_) in pairwise([*titled, (end, False, False)]):
        within = [one for one in said if start <= one.start < stop] if wanted else []
        named = [one.start + found.start() for one in within if (found := _INDICATORS.search(one.text))]
        if named and not any(part_of(one.text) in ("actual", "awarded") for one in within):
            yield Span(start, stop), start if applied else named[0]


def _said(document: Document, piece: Paragraph | Block) -> Iterator[_Said]:
    if isinstance(piece, Paragraph):
        lines = ((span.start, document.text[span.start : span.end]) for span in piece.lines)
        yield from (_Said(start, fold(text).strip(), leads=True) for start, text in lines)
        return
    beside = Counter(cell.row for cell in piece.cells)
    for at, cell in enumerate(piece.cells):
        yield _Said(cell.span.start, fold(cell.text).strip(), leads=at < FIRST_CELLS or beside[cell.row] == 1)
