"""Write small documents down as a test reads: a string is a paragraph, a list of rows a table.

In a table ``<`` goes on the cell to its left and ``^`` the cell above it; a string that begins with ``#`` is a heading
whose outline level is the number of signs.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import Block, Cell, Document, Place, assemble
from parsers import parse
from parsers.figures.scan import Mark, scan
from parsers.model import Fact, Report
from parsers.view import View, make_view

Rows = Sequence[Sequence[str]]
LEFT, ABOVE = "<", "^"


def table(rows: Rows) -> Block:
    """Return a table whose merged cells are drawn with ``<`` and ``^``."""
    cells: list[Cell] = []
    for row, line in enumerate(rows):
        for col, text in enumerate(line):
            if text in (LEFT, ABOVE):
                continue
            colspan = 1
            while col + colspan < len(line) and line[col + colspan] == LEFT:
                colspan += 1
            rowspan = 1
            while row + rowspan < len(rows) and col < len(rows[row + rowspan]) and rows[row + rowspan][col] == ABOVE:
                rowspan += 1
            place = Place(f"body/table row {row + 1} cell {col + 1}")
            cells.append(Cell(row, col, text, place, rowspan, colspan))
    return Block("table", "", Place("body/table"), cells=tuple(cells))


def block(part: str | Rows) -> Block:
    if not isinstance(part, str):
        return table(part)
    title = part.lstrip("#")
    level = len(part) - len(title)
    if level:
        return Block("heading", title.strip(), Place("body/heading"), level=level)
    return Block("paragraph", part, Place("body/paragraph"))


def document(*parts: str | Rows) -> Document:
    """Return the document of these paragraphs and tables, in order."""
    return assemble([block(part) for part in parts], file="small", sha256="0" * 64, media_type="text/plain")


def report(*parts: str | Rows) -> Report:
    """Return the one report of a small document."""
    (found,) = parse(document(*parts))
    return found


def facts(*parts: str | Rows) -> tuple[Fact, ...]:
    """Return the facts of a small document of one report."""
    return report(*parts).facts


def quotes(*parts: str | Rows) -> list[str]:
    """Return the quotes of a small document's facts."""
    return [fact.quote for fact in facts(*parts)]


def named(fact: Fact) -> str:
    """Return all that a fact says of what it measures, as one text."""
    return "|".join((fact.section, fact.subject, fact.metric))


def view(text: str) -> View:
    """Return the view of a whole text."""
    return make_view(text, 0, len(text))


def marks(text: str) -> tuple[Mark, ...]:
    """Return the marks of a text's numerals."""
    return scan(view(text))
