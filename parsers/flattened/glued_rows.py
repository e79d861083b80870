"""Forms whose cells lost all that parted them: 培训人数≥420人436人1010举办期数≥7期7期55, sums as 186.50212.30208.74.

Goal and result carry their units; what follows them are the full mark and the mark given, of which the second is not
above the first: that parts nearly all of them in one way. A form counts only where its full marks add up to its total,
and a row of money only where its rate is that of its sums; all else stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.document import Block, Cell, Document, Place, Span
from parsers.flattened.stream import Stream
from parsers.flattened.tokens import Token, cell_at
from parsers.report.paragraphs import Paragraph
from parsers.view import folded
from patterns import cue

LEAST_ROWS = 3
WHOLE = Decimal(100)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_ROW = re.compile(
    rf"(?P<name>[^\d≥≤=<>]{{2,80}})(?P<target>[≥≤=<>]?{_NUMBER}[^\d≥≤=<>()]{{1,6}}?)(?P<actual>{_NUMBER}[^\d≥≤=<>()]{{1,6}}?)"
    r"(?P<marks>\d{2,4}(?:\.\d{1,2})?)(?=[^\d.%]|$)"
)
_TOLD = re.compile(r".*[^\d.(](?P<marks>\d{2,4}(?:\.\d{1,2})?)(?:\D{0,12}指标\(\d{1,3})?$")
_SUMS = re.compile(
    r"(\d+\.\d{2})(\d+\.\d{2})(\d+\.\d{2})(?:(\d{1,2})(\d{1,3}(?:\.\d{1,2})?%)(\d{1,2}(?:\.\d{1,2})?)(?![\d.]))?"
)
_GLUED = cue("tables", "table.cue.glued")
_HEAD = cue("tables", "table.cue.glued-head")
_MONEY = cue("tables", "table.cue.glued-money")
_TOTAL = cue("tables", "table.cue.glued-total")
_LEVEL = cue("tables", "table.cue.glued-level")
_VALUE = cue("tables", "table.cue.value-token")
_CLAUSE = re.compile(r"[,。;]")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as offsets of its text: its name, its goal and result where they are figures, and its two marks."""

    name: tuple[int, int]
    values: tuple[tuple[int, int], ...]
    marks: tuple[tuple[int, int], tuple[int, int]]
    full: Decimal
    given: Decimal


def glued_rows(document: Document, body: Sequence[Paragraph]) -> tuple[Stream, ...]:
    """Return the forms among the paragraphs whose cells are glued together, in order."""
    if not body or _GLUED.search(document.text, body[0].span.start, body[-1].span.end) is None:
        return ()
    found = []
    for paragraph in body:
        text = folded(document.text, *paragraph.span)
        cells = list(_indicators(document, paragraph.span, text) or _money(document, paragraph.span, text))
        if cells:
            place = document.place_at(paragraph.span.start) or Place("body")
            start, end = paragraph.span
            found.append(
                Stream(
                    Block("table", document.text[start:end], place, cells=tuple(cells), span=paragraph.span),
                    paragraph.span,
                )
            )
    return tuple(found)


def _parted(text: str, start: int, end: int) -> tuple[int, Decimal, Decimal] | None:
    """Return where two marks that stand together part, if there is one way: 109 is 10|9, 65.76 is 6|5.76."""
    ways = []
    for at in range(start + 1, min(start + 3, end)):
        full, given = text[start:at], text[at:end]
        plain = given[0] != "." and (given == "0" or given.startswith("0.") or given[0] != "0")
        if plain and full[0] != "0" and "." not in full and Decimal(given) <= Decimal(full):
            ways.append((at, Decimal(full), Decimal(given)))
    return ways[0] if len(ways) == 1 else None


def _row(text: str, name: tuple[int, int], values: tuple[tuple[int, int], ...], start: int, end: int) -> _Row | None:
    parted = _parted(text, start, end)
    if parted is None or not all(_VALUE.match(text[slice(*value)]) for value in values):
        return None
    at, full, given = parted
    last = max((found.end() for found in _CLAUSE.finditer(text, *name)), default=name[0])
    level = _LEVEL.match(text, last, name[1])
    last = level.end() if level is not None else last
    return _Row((last, name[1]), values, ((start, at), (at, end)), full, given)


def _rows(text: str, start: int, end: int) -> Iterator[_Row | None]:
    """Yield the rows between two offsets; None for one that cannot be parted."""
    at = start
    for found in _ROW.finditer(text, start, end):
        yield from _between(text, at, found.start())
        yield _row(text, found.span("name"), (found.span("target"), found.span("actual")), *found.span("marks"))
        at = found.end()
    yield from _between(text, at, end)


def _between(text: str, start: int, end: int) -> Iterator[_Row | None]:
    """Yield what stands between two rows, if it ends with marks: a row whose goal and result are words."""
    found = _TOLD.match(text, start, end)
    if found is not None:
        yield _row(text, (start, found.start("marks")), (), *found.span("marks"))


def _indicators(document: Document, span: Span, text: str) -> list[Cell]:
    """Return the cells of a form of indicators with its marks; none where they do not add up."""
    head = _HEAD.search(text)
    total = _TOTAL.search(text, head.end()) if head is not None else None
    if head is None or total is None:
        return []
    told = list(_rows(text, head.end(), total.start()))
    rows = [row for row in told if row is not None]
    worth = WHOLE - sum((row.full for row in rows), Decimal(0))
    lost = Decimal(total["given"]) - sum((row.given for row in rows), Decimal(0))
    if len(rows) < max(len(told), LEAST_ROWS) or worth not in (0, 10, 20) or not 0 <= lost <= worth:
        return []
    pieces: list[tuple[int, int, int, int]] = [
        (0, column, *head.span(name)) for column, name in enumerate(("name", "target", "actual", "full", "given"))
    ]
    for number, row in enumerate(rows, start=1):
        values = enumerate(row.values, start=1)
        pieces.append((number, 0, *row.name))
        pieces.extend((number, column, *value) for column, value in values)
        pieces.extend((number, column, *mark) for column, mark in enumerate(row.marks, start=3))
    last = len(rows) + 1
    pieces.append((last, 0, *total.span("name")))
    pieces.extend((last, column, *total.span(name)) for column, name in ((3, "full"), (4, "given")))
    return list(_cells(document, span, text, pieces))


def _money(document: Document, span: Span, text: str) -> list[Cell]:
    """Return the cells of the budget of a form; none where its rate is not that of its sums."""
    head = _MONEY.search(text)
    whole = _SUMS.search(text, head.end()) if head is not None else None
    if head is None or whole is None or whole[5] is None or not _rated(whole):
        return []
    names = ("first", "budget", "spent", "full", "rate", "given")
    pieces: list[tuple[int, int, int, int]] = [(0, 0, *head.span("unit"))]
    pieces.extend((0, column, *head.span(name)) for column, name in enumerate(names, start=1))
    at = head.end()
    for number, sums in enumerate(_SUMS.finditer(text, head.end()), start=1):
        if sums.start() - at > 24:
            break
        pieces.append((number, 0, at, sums.start()))
        pieces.extend((number, column, *sums.span(column)) for column in range(1, 7) if sums[column] is not None)
        at = sums.end()
    return list(_cells(document, span, text, pieces))


def _rated(sums: re.Match[str]) -> bool:
    budget, spent, rate = Decimal(sums[2]), Decimal(sums[3]), Decimal(sums[5].rstrip("%"))
    return budget > 0 and abs(100 * spent / budget - rate) <= Decimal("0.01") and Decimal(sums[6]) <= Decimal(sums[4])


def _cells(document: Document, span: Span, text: str, pieces: Sequence[tuple[int, int, int, int]]) -> Iterator[Cell]:
    """Yield the pieces as cells, and each stretch of words between them as a row of its own."""
    ordered = sorted(pieces, key=lambda piece: piece[2])
    at = row = 0
    rows: dict[int, int] = {}
    for number, column, start, end in [*ordered, (-1, 0, len(text), len(text))]:
        if text[at:start].strip("-—– \n"):
            yield cell_at(document, _token(span, at, start), row, 0)
            row += 1
        at = max(at, end)
        if number < 0:
            return
        if number not in rows:
            rows[number], row = row, row + 1
        if start < end:
            yield cell_at(document, _token(span, start, end), rows[number], column)


def _token(span: Span, start: int, end: int) -> Token:
    return Token("", Span(span.start + start, span.start + end), value=False)
