"""The reports of a finished run, put together again from its tables, so that figures can be checked once more.

What the tables hold comes back exactly: figures with their meaning, tables with their headers, the sentences that have
figures. Text without a figure is not in the tables: it stays away, and what stood on its two sides is kept apart.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from extract.document import Block, Document, Place, Span
from jixiao.columns import tables
from jixiao.tables import Row
from jixiao.writers import FORMULA_STARTS
from parsers.model import Fact, Grid, GridCell, Report, Section
from parsers.report.paragraphs import Paragraph
from parsers.view import make_view

NOWHERE: Final = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Reread:
    """A report as the tables tell it: its facts point into ``document``, made of the text that the tables hold."""

    file: str
    report_id: str
    document: Document
    report: Report
    body: tuple[Paragraph, ...]
    fact_ids: tuple[str, ...]
    """The ids under which the tables know its facts, in order."""


def read_table(out: Path, name: str) -> list[Row]:
    """Return the rows of a table of a finished run under its English names, as they were before they were written.

    Raises FileNotFoundError where the run wrote no such table.
    """
    path = next((path for path in (out / f"{name}.csv", out / "tables" / f"{name}.csv") if path.is_file()), None)
    if path is None:
        raise FileNotFoundError(f"{out} holds no {name}.csv: run jixiao extract PATH -o {out}")
    columns = {name: column for column in tables()[name].columns for name in (column.name, column.zh)}
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [
            {
                columns[key].name if key in columns else key: value[1:] if _is_guarded(value) else value
                for key, value in row.items()
            }
            for row in csv.DictReader(stream)
        ]


def _is_guarded(text: str) -> bool:
    return text.startswith("'") and text[1:].startswith(FORMULA_STARTS)


def reread(out: Path) -> Iterator[Reread]:
    """Yield the reports of the run in ``out``. Raises FileNotFoundError where a table is missing."""
    sections, facts, cells = (_by_report(read_table(out, name)) for name in ("sections", "facts", "cells"))
    for row in read_table(out, "reports"):
        own = row["report_id"]
        yield _report(row, sections.get(own, []), facts.get(own, []), cells.get(own, []))


def _by_report(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["report_id"], []).append(row)
    return found


@dataclass(slots=True)
class _Text:
    """The text in the making: pieces that stand by themselves, one paragraph each."""

    pieces: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> int:
        """Add a paragraph and return where it begins."""
        start = self.length
        self.pieces.append(text)
        self.spans.append(Span(start, start + len(text)))
        self.length += len(text) + 1
        return start


def _report(row: Row, sections: Sequence[Row], facts: Sequence[Row], cells: Sequence[Row]) -> Reread:
    text = _Text()
    texts = {f"{_table(cell)} row {cell['row_index']} col {cell['col_index']}": cell["text"] for cell in cells}
    numbers = {section["section_id"]: number for number, section in enumerate(sections)}
    places: list[Span] = []
    held: dict[str, Span] = {}
    for cell, group in groupby(facts, key=lambda fact: fact["cell"]):
        if cell:
            own = list(group)
            start = text.add(_closed(texts.get(cell, "")) or " ".join(_closed(fact["quote"]) for fact in own))
            held[cell] = text.spans[-1]
            places += _found(text.pieces[-1], start, [fact["quote"] for fact in own])
            continue
        for lines in _paragraphs(list(group)):
            start = text.add("".join(_closed(line[0]["sentence"]) for line in lines))
            for line in lines:
                sentence = _closed(line[0]["sentence"])
                places += _found(sentence, start, [fact["quote"] for fact in line])
                start += len(sentence)
    whole = "\n".join(text.pieces)
    ids = tuple(fact["fact_id"] for fact in facts)
    order = {name: number for number, name in enumerate(ids)}
    said: dict[str, Any] = {name: row[name] for name in _SAID}
    report = Report(
        ordinal=int(row["ordinal"]),
        span=Span(0, len(whole)),
        self_score=_decimal(row["self_score"]),
        sections=tuple(_section(section, numbers) for section in sections),
        facts=tuple(_fact(fact, place, numbers, order) for fact, place in zip(facts, places, strict=True)),
        grids=tuple(_grids(cells, held)),
        **said,
    )
    blocks = tuple(
        Block("paragraph", piece, Place("table facts"), span=span)
        for piece, span in zip(text.pieces, text.spans, strict=True)
    )
    body = tuple(
        Paragraph(block.span, (block.span,), block, make_view(whole, block.span.start, block.span.end))
        for block in blocks
    )
    document = Document(row["file"], row["file_id"], "", blocks, whole)
    return Reread(row["file"], row["report_id"], document, report, body, ids)


_SAID: Final = (
    *("title", "report_type", "organisation", "province", "city", "county", "region_code", "year", "project", "fund"),
    *("grade", "fill_date", "report_date"),
)


def _paragraphs(facts: Sequence[Row]) -> Iterator[list[list[Row]]]:
    """Yield the facts of prose by paragraph and sentence; sentences are of one paragraph where they touch."""
    lines: list[list[Row]] = []
    end = -1
    for line in _sentences(facts):
        sentence = line[0]["sentence"]
        start = int(line[0]["char_start"]) - max(sentence.find(_closed(line[0]["quote"])), 0)
        if lines and start != end:
            yield lines
            lines = []
        lines.append(line)
        end = start + len(sentence)
    if lines:
        yield lines


def _sentences(facts: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the facts of one sentence after another; the same words farther off are another sentence."""
    line: list[Row] = []
    for fact in facts:
        near = line and int(fact["char_start"]) - int(line[0]["char_start"]) <= 2 * len(line[0]["sentence"])
        if line and (fact["sentence"] != line[0]["sentence"] or not near or not _room(line, fact)):
            yield line
            line = []
        line.append(fact)
    if line:
        yield line


def _room(line: Sequence[Row], fact: Row) -> bool:
    """Tell whether a sentence holds so many figures that read alike."""
    quote = _closed(fact["quote"])
    again = sum(_closed(other["quote"]) == quote and other["char_start"] != fact["char_start"] for other in line)
    return _closed(fact["sentence"]).count(quote) > again


def _closed(text: str) -> str:
    return " ".join(text.split())


def _found(text: str, start: int, quotes: Sequence[str]) -> Iterator[Span]:
    """Yield where quotes stand in a piece of text, each after the one before it as far as it is found there."""
    at = 0
    for quote in quotes:
        plain = _closed(quote)
        place = text.find(plain, at)
        place = place if place >= 0 else max(text.find(plain), 0)
        at = place + 1
        yield Span(start + place, start + place + len(plain))


def _table(cell: Row) -> str:
    return f"table {cell['table_id'].rpartition('-t')[2]}"


def _section(row: Row, numbers: dict[str, int]) -> Section:
    parent = numbers.get(row["parent_id"])
    return Section(int(row["level"]), row["number"], row["title"], NOWHERE, NOWHERE, parent, _integer(row["page"]))


_TEXTS: Final = (
    *("quote", "kind", "unit", "per", "bound", "role", "metric", "subject", "scope", "section", "period", "year"),
    *("sentence", "source", "unit_from", "pattern", "indicator", "cell"),
)


def _fact(row: Row, span: Span, sections: dict[str, int], ids: dict[str, int]) -> Fact:
    said: dict[str, Any] = {name: row[name] for name in _TEXTS}
    return Fact(
        span=span,
        value=_decimal(row["value"]),
        low=_decimal(row["low"]),
        high=_decimal(row["high"]),
        section_index=sections.get(row["section_id"]),
        decimals=int(row["decimals"]),
        scale=Decimal(row["scale"]),
        part_of=ids.get(row["part_of"]),
        page=_integer(row["page"]),
        ocr_score=float(row["ocr_score"]) if row["ocr_score"] else None,
        **said,
    )


def _grids(cells: Sequence[Row], held: dict[str, Span]) -> Iterator[Grid]:
    for name, group in groupby(cells, key=_table):
        own = list(group)
        made = [_cell(cell) for cell in own]
        placed = (c._replace(span=held.get(f"{name} row {c.row + 1} col {c.col + 1}", NOWHERE)) for c in made)
        yield Grid(int(name.split()[1]), NOWHERE, own[0]["caption"], "", tuple(placed), _integer(own[0]["page"]))


def _cell(row: Row) -> GridCell:
    return GridCell(
        row=int(row["row_index"]) - 1,
        col=int(row["col_index"]) - 1,
        text=row["text"],
        span=NOWHERE,
        row_header=row["row_header"],
        col_header=row["col_header"],
        unit=row["unit"],
        value=_decimal(row["value"]),
        page=_integer(row["page"]),
    )


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _integer(text: str) -> int | None:
    return int(text) if text else None
