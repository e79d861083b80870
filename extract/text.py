"""Plain text: the file's own characters, each line a paragraph."""

from __future__ import annotations

from pathlib import Path

from charset_normalizer import from_bytes

from extract.document import Block, Cell, Document, Notice, Place, Span
from extract.options import LoadOptions
from extract.sniff import TEXT
from extract.text_grid import Segment, segments
from extract.text_rows import Lines, Run, find_runs

_UTF16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def load(path: Path, data: bytes, options: LoadOptions) -> Document:  # noqa: ARG001 (the loaders' contract)
    """Return the text as it stands; ``Document.text`` is the decoded file, character for character."""
    text, warnings = decode(data)
    lines = Lines(text)
    blocks: list[Block] = []
    at = tables = 0
    for run in find_runs(lines):
        blocks += _paragraphs(lines, at, run.first)
        for part in _tables(run):
            tables += 1
            blocks.append(_table(text, part, tables))
        at = run.last + 1
    blocks += _paragraphs(lines, at, len(lines))
    return Document(str(path), "", TEXT, tuple(blocks), text, tuple(warnings))


def _paragraphs(lines: Lines, first: int, stop: int) -> list[Block]:
    """Return every line that shows something as a paragraph."""
    return [
        Block(
            "paragraph",
            lines[index],
            Place(f"line {index + 1}"),
            span=Span(lines.starts[index], lines.starts[index] + len(lines[index])),
        )
        for index in range(first, stop)
        if not lines.blank(index)
    ]


def _tables(run: Run) -> list[list[Segment]]:
    """Return the run as tables: segments on one grid."""
    tables: list[list[Segment]] = []
    for segment in segments(run.rows):
        if segment.apart or not tables:
            tables.append([])
        tables[-1].append(segment)
    return tables


def _table(text: str, parts: list[Segment], ordinal: int) -> Block:
    """Return the segments as one table; the last column of a narrower segment spans what is left of the grid."""
    width = max(segment.width for segment in parts)
    cells: list[Cell] = []
    top = 0
    for segment in parts:
        for placed in segment.cells:
            raw = placed.raw
            row = top + placed.row
            reach = placed.col + placed.colspan
            colspan = placed.colspan + (width - segment.width if reach == segment.width else 0)
            where = f"line {raw.line + 1}, table {ordinal} row {row + 1} cell {placed.col + 1}"
            span = Span(raw.start, raw.end)
            cells.append(Cell(row, placed.col, raw.text, Place(where), placed.rowspan, colspan, span))
        top += len(segment.rows)
    first = parts[0].rows[0][0]
    whole = Span(first.start, parts[-1].rows[-1][-1].end)
    place = Place(f"line {first.line + 1}, table {ordinal}")
    return Block("table", text[whole.start : whole.end], place, cells=tuple(cells), span=whole)


def decode(data: bytes) -> tuple[str, list[Notice]]:
    """Return the text of ``data`` without its byte order mark, and what had to be said about it.

    UTF-8 first, then GB18030 (which holds GB2312 and GBK), then the best guess; what fits nowhere is U+FFFD.
    """
    for bom, encoding in _UTF16:
        if data.startswith(bom):
            return lenient(data[2:], encoding)
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        if error.end >= len(data) and error.reason == "unexpected end of data" and error.start > 0:
            return lenient(data.removeprefix(b"\xef\xbb\xbf"), "utf-8")
    try:
        return data.decode("gb18030"), []
    except UnicodeDecodeError as error:
        if error.reason == "incomplete multibyte sequence":
            return lenient(data, "gb18030")
    guess = from_bytes(data).best()
    if guess is None:
        return lenient(data, "gb18030")
    return lenient(data, guess.encoding)


def lenient(data: bytes, encoding: str) -> tuple[str, list[Notice]]:
    """Decode what can be decoded, and say where something could not."""
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        where = error.start
        reason = error.reason
    text = data.decode(encoding, "replace")
    line = text.count("\n", 0, max(text.find("\ufffd"), 0)) + 1
    message = f"byte {where + 1} of {len(data)} (line {line}) is no {encoding} text ({reason}); the rest was read"
    return text, [Notice("undecodable", message)]
