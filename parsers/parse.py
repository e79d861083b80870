"""A document in, its reports out: the one way through the parsers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from extract.document import Block, Document, Span
from parsers.figures.prose import Context, Reading, left_over, read_prose
from parsers.figures.scan import scan
from parsers.flattened.counted_cells import counted
from parsers.flattened.even_lines import even_lines
from parsers.flattened.form_lines import form_lines
from parsers.flattened.glued_rows import glued_rows
from parsers.flattened.goal_lines import goal_lines
from parsers.flattened.led_rows import led_rows
from parsers.flattened.lined_forms import lined
from parsers.flattened.marked_lines import marked_lines
from parsers.flattened.plain_rows import plain_rows
from parsers.flattened.stream import Stream
from parsers.flattened.streams import streams
from parsers.flattened.unit_lines import unit_lines
from parsers.model import Grid, Report, Unread
from parsers.relate.relate import with_totals
from parsers.report.citations import citations
from parsers.report.covers import Cover, Line, covers, lines_of
from parsers.report.headings import headings
from parsers.report.paragraphs import Paragraph, paragraphs
from parsers.report.particulars import particulars
from parsers.report.sections import Outline, outline_of, tree
from parsers.tables.continued import joined
from parsers.tables.goal_forms import as_planned
from parsers.tables.grid_columns import caption_units
from parsers.tables.grid_facts import read_grid
from parsers.tables.labelled_sums import with_label
from parsers.tables.lent_units import lent_unit, totals_of
from parsers.tables.nested import unnested
from parsers.tables.scores import scores
from parsers.tables.sheets import apart
from parsers.view import fold, make_view

CAPTION_LINES = 2
"""So many lines above a table may hold its caption and its unit."""
LONGEST_CAPTION = 40
AHEAD = 256
"""So many pieces are scanned one right after another: the patterns stay in the processor's cache meanwhile."""
EDGE = " \t\r\n\u3000|"
"""What stands before the first cell of a line is no part of the table's span, and of no paragraph either."""
_READERS = (
    glued_rows,
    even_lines,
    marked_lines,
    lined,
    plain_rows,
    led_rows,
    form_lines,
    goal_lines,
    unit_lines,
    counted,
    streams,
)
"""The readers of tables that lost their grid, the surest first."""
_Placed = TypeVar("_Placed", Paragraph, Line)


def parse(document: Document) -> tuple[Report, ...]:
    """Return the reports of ``document`` in order; a document without a title is one report."""
    document = apart(unnested(joined(document)))
    body = tuple(paragraphs(document))
    lines = lines_of(document, body)
    found = covers(document, lines)
    ends = [cover.start for cover in found[1:]] + [len(document.text)]
    return tuple(
        _report(document, body, lines, cover, Span(cover.start, end), ordinal)
        for ordinal, (cover, end) in enumerate(zip(found, ends, strict=True), start=1)
    )


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a report is made of, in order: paragraphs and tables, flattened tables rebuilt."""

    pieces: tuple[Paragraph | Block, ...]
    left: tuple[tuple[Span, bool], ...]
    """What flattened tables hold beside their cells, and whether their rows have running numbers."""
    flattened: tuple[Span, ...]
    """The stretches of paragraphs that are flattened tables."""

    @property
    def tables(self) -> tuple[Block, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Block))


def _within(ordered: Sequence[_Placed], span: Span) -> Sequence[_Placed]:
    """Return those of the ``ordered`` that begin in ``span``."""
    first, last = (bisect_left(ordered, at, key=lambda one: one.span.start) for at in span)
    return ordered[first:last]


def _matter(document: Document, own: Sequence[Paragraph], span: Span) -> _Matter:
    found: list[Stream] = []
    rest = own
    for read in _READERS:
        found.extend(read(document, rest))
        rest = _outside(document, found, own)
    flattened = tuple(sorted(found, key=lambda stream: stream.span.start))
    tables = [table for table in document.tables if span.start <= table.span.start < span.end]
    pieces: list[Paragraph | Block] = [*rest, *tables, *(stream.block for stream in flattened)]
    left = tuple((place, stream.numbered) for stream in flattened for place in stream.left)
    ordered = tuple(sorted(pieces, key=lambda piece: piece.span.start))
    return _Matter(ordered, left, tuple(stream.span for stream in flattened))


def _outside(document: Document, found: Sequence[Stream], own: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """Return the paragraphs that are in none of the tables found; of one that a table begins or ends in, the rest."""
    if not found:
        return own
    return [part for paragraph in own for part in _rest(document, found, paragraph)]


def _rest(document: Document, found: Sequence[Stream], paragraph: Paragraph) -> Iterator[Paragraph]:
    text = document.text
    begins = (line.end - len(text[line.start : line.end].lstrip(EDGE)) for line in paragraph.lines)
    taken = [any(stream.span.start <= at < stream.span.end for stream in found) for at in begins]
    if not any(taken):
        yield paragraph
        return
    for inside, group in groupby(zip(taken, paragraph.lines, strict=True), key=itemgetter(0)):
        if not inside:
            lines = tuple(line for _, line in group)
            span = Span(lines[0].start, lines[-1].end)
            yield paragraph._replace(span=span, lines=lines, view=make_view(document.text, span.start, span.end))


def _report(
    document: Document, body: Sequence[Paragraph], lines: Sequence[Line], cover: Cover, span: Span, ordinal: int
) -> Report:
    own = _within(body, span)
    views = [paragraph.view for paragraph in own]
    matter = _matter(document, own, span)
    sections = tree(headings(document, own, matter.tables, matter.flattened, cover), span.end)
    marks = scores(document, views, matter.tables, sections)
    printed = _within(lines, span)
    said = particulars(document.file, cover, printed, matter.tables, views, marks)
    readings, grids = _read_all(document, matter, outline_of(sections), Context(cover.year, said.project))
    facts = tuple(fact for reading in readings for fact in reading.facts)
    facts = as_planned(document, matter.pieces, span.end, facts)
    report = Report(
        ordinal=ordinal,
        span=span,
        title=said.title,
        report_type=said.report_type,
        organisation=said.organisation,
        province=said.province,
        city=said.city,
        county=said.county,
        region_code=said.region_code,
        year=cover.year,
        project=said.project,
        fund=said.fund,
        self_score=said.self_score,
        grade=said.grade,
        fill_date=said.fill_date,
        report_date=said.report_date,
        filled_by=said.filled_by,
        phone=said.phone,
        page_start=_page(document, span.start),
        page_end=_page(document, span.end - 1),
        sections=sections,
        facts=facts,
        grids=grids,
        scores=marks,
        citations=tuple(cited for reading in readings for cited in citations(document, reading.view)),
        unread=tuple(_unread(document, readings)),
        numerals=sum(len(reading.marks) for reading in readings),
    )
    return with_totals(document, report, own)


def _read_all(
    document: Document, matter: _Matter, outline: Outline, report: Context
) -> tuple[list[Reading], tuple[Grid, ...]]:
    """Read paragraphs and tables in the order in which they stand."""
    readings: list[Reading] = []
    grids: list[Grid] = []
    carried = ""
    lines: list[str] = []
    bare: list[tuple[Block, Context, int, int]] = []
    for piece in _scanned(matter.pieces):
        if isinstance(piece, Paragraph):
            readings.append(_read(document, with_label(document, piece), outline, report))
            lines.append(piece.view.text)
            continue
        above, index = outline.at(piece.span.start)
        context = Context(report.year, report.project, above, index, source="table")
        unit = _stated_above(lines)
        far = not unit and bool(lines)
        table = read_grid(document, piece, len(grids) + 1, unit or carried, context, carried=far)
        if not table.unit:
            bare.append((piece, context, len(readings), len(grids)))
        readings.extend(_under_rows(reading, above, outline) for reading in table.readings)
        grids.append(table.grid)
        carried = table.unit
        lines.clear()
    totals = totals_of(fact for reading in readings for fact in reading.facts) if bare else {}
    for piece, context, first, number in bare:
        if unit := lent_unit(grids[number], totals):
            table = read_grid(document, piece, number + 1, unit, context, carried=True)
            again = (_under_rows(reading, context.headings, outline) for reading in table.readings)
            readings[first : first + len(table.readings)] = again
            grids[number] = table.grid
    readings.extend(left_over(document, place, numbered=numbered) for place, numbered in matter.left)
    return readings, tuple(grids)


def _scanned(pieces: Sequence[Paragraph | Block]) -> Iterator[Paragraph | Block]:
    """Yield the pieces in order, the prose of the next ones scanned before: ``scan`` remembers it."""
    for first in range(0, len(pieces), AHEAD):
        near = pieces[first : first + AHEAD]
        for piece in near:
            if isinstance(piece, Paragraph):
                scan(piece.view)
        yield from near


def _stated_above(lines: Sequence[str]) -> str:
    """Return the unit that the lines right above a table state: its caption, or one of the short lines beside that."""
    for line in reversed(lines[-CAPTION_LINES:]):
        unit = caption_units(line)
        if unit or len(line) > LONGEST_CAPTION:
            return unit
    return ""


def _under_rows(reading: Reading, above: tuple[str, ...], outline: Outline) -> Reading:
    """Give the facts of a table the sections that its rows begin (二、部门收支情况, as wide as the table)."""
    if not reading.facts or all(outline.at(fact.span.start)[0] == above for fact in reading.facts):
        return reading
    facts = []
    for fact in reading.facts:
        titles, own = outline.at(fact.span.start)
        if titles != above:
            inner = fact.section.removeprefix(" > ".join(above)).removeprefix(" > ")
            kept = "" if own is not None and fold(inner).endswith(fold(titles[-1])) else inner
            fact = fact._replace(section=" > ".join(part for part in (*titles, kept) if part), section_index=own)
        facts.append(fact)
    return reading._replace(facts=tuple(facts))


def _read(document: Document, paragraph: Paragraph, outline: Outline, report: Context) -> Reading:
    view = paragraph.view
    if not scan(view):
        return Reading((), (), view)
    above, index = outline.at(view.origin(0))
    reading = read_prose(document, view, Context(report.year, report.project, above, index))
    if not reading.facts or outline.at(reading.facts[-1].span.start)[1] == index:
        return reading
    facts = []
    for fact in reading.facts:  # a heading is run into the paragraph
        titles, own = outline.at(fact.span.start)
        facts.append(fact._replace(section=" > ".join(titles), section_index=own) if own != index else fact)
    return reading._replace(facts=tuple(facts))


def _unread(document: Document, readings: Sequence[Reading]) -> Iterator[Unread]:
    for reading in readings:
        for mark in reading.marks:
            if mark.what == "unread":
                span = reading.view.span(mark.start, mark.end)
                yield Unread(span, document.text[span.start : span.end], "no unit and no known form")


def _page(document: Document, offset: int) -> int | None:
    place = document.place_at(max(offset, 0))
    return place.page if place else None
