"""Forms of indicators a cell a line, with remarks between their rows: … 10 / 9 / 设计批复较晚,7月开工 / 质量指标 / ….

A row is its names, a line for every column behind them, and in the last column a remark or nothing. The marks tell
where a row ends. A blank line where a remark was not made tells remarks from names; else their words and number do. A
form counts only where its full marks add up: then no line has slipped into a wrong column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from extract.document import Block, Document, Place, Span
from parsers.flattened.goal_lines import Goals, goal_cells, goals_above
from parsers.flattened.stream import Stream
from parsers.flattened.tokens import Token, cell_at, token_at
from parsers.report.paragraphs import Paragraph
from parsers.tables.forms import is_total, part_of
from patterns import cue

LONGEST_HEAD = 20
LONGEST_NAME = 40
LEAST_ROWS = 3
MOST_REMARKS = 3
_WORTHS = frozenset(Decimal(worth) for worth in (80, 90, 100))
"""What the indicators of a form are worth; the rest is the budget's."""
_BUDGET = frozenset(Decimal(worth) for worth in (0, 10, 20))
_MARK = cue("tables", "table.cue.mark")
_LEVEL = cue("tables", "table.cue.level")
_CLAUSE = cue("tables", "table.cue.rule-text")
_VOID = cue("tables", "table.cue.void-line")
_FIRST_LEVEL = cue("tables", "table.cue.first-level")


@dataclass(frozen=True, slots=True)
class _Line:
    token: Token
    mark: Decimal | None
    gap: bool
    """Whether a blank line follows."""


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a form: the parts of its columns, and which of them are names, full marks and marks given."""

    first: int
    parts: tuple[str, ...]

    @property
    def names(self) -> int:
        return self.parts.count("name")

    @property
    def inner(self) -> tuple[str, ...]:
        """The columns that every row fills: all behind the names but the remarks."""
        return tuple(part for part in self.parts if part not in ("name", "reason"))


@dataclass(frozen=True, slots=True)
class _Row:
    texts: tuple[Token, ...]
    """What stands before the row's cells: remarks on the row above, then names."""
    cells: tuple[_Line, ...]


def form_lines(document: Document, body: Sequence[Paragraph]) -> tuple[Stream, ...]:
    """Return the forms among the paragraphs whose cells are lines with remarks between rows, in order."""
    spans = [span for paragraph in body for span in paragraph.lines]
    heads = [head for at, span in enumerate(spans) if (head := _head(document, spans, at)) is not None]
    if not heads:
        return ()
    found: list[Stream] = []
    for head in heads:
        lines = [_line(document, spans, at) for at in range(head.first, len(spans))]
        beside = head.first - (head.first > 0 and _part(document, spans[head.first - 1]) == "name")  # 绩效指标
        above = goals_above(document, spans, beside)
        stream = _form(document, head, lines, above)
        found.extend([stream] if stream is not None else [])
    return tuple(found)


def _head(document: Document, spans: Sequence[Span], at: int) -> _Head | None:
    """Return the head that begins at a line with its first level of names; None where none does."""
    if spans[at].end - spans[at].start > LONGEST_HEAD or document.text.find("级", *spans[at]) < 0:
        return None
    if not _FIRST_LEVEL.match(_text(document, spans[at])):
        return None
    parts = list(takewhile(bool, (_part(document, span) for span in spans[at : at + 12])))
    names = len(list(takewhile(lambda part: part == "name", parts)))
    wanted = {"target", "actual", "full", "awarded"}
    head = _Head(at, tuple(parts))
    right = wanted <= set(parts) and len(set(parts[names:])) == len(parts) - names == len(set(parts)) - 1
    return head if right and parts[-1] == "reason" and head.inner[-1] == "awarded" else None


def _text(document: Document, span: Span) -> str:
    token = token_at(document, *span)
    return token.text if token is not None else ""


def _part(document: Document, span: Span) -> str:
    return part_of(_text(document, span)) if span.end - span.start <= LONGEST_HEAD else ""


def _line(document: Document, spans: Sequence[Span], at: int) -> _Line:
    span = spans[at]
    token = token_at(document, *span) or Token("", span, value=False)
    after = document.text[span.end : spans[at + 1].start] if at + 1 < len(spans) else "\n\n"
    mark = Decimal(token.text.removesuffix("分")) if _MARK.match(token.text) else None
    return _Line(token, mark, after.count("\n") > 1)


def _form(document: Document, head: _Head, lines: Sequence[_Line], goals: Goals | None) -> Stream | None:
    """Return the form below a head; None where its rows do not add up."""
    rows, at = _rows(head, lines)
    behind = list(takewhile(lambda line: not is_total(line.token.text), lines[at : at + MOST_REMARKS + 1]))
    total = lines[at + len(behind) : at + len(behind) + 3]
    closed = bool(total) and is_total(total[0].token.text) and len(behind) <= MOST_REMARKS
    marks = list(takewhile(lambda line: line.mark is not None, total[1:])) if closed else []
    full = head.inner.index("full")
    worth = sum((row.cells[full].mark or 0 for row in rows), Decimal(0))
    whole = marks[0].mark if len(marks) == 2 else None
    if len(rows) < LEAST_ROWS or not (worth in _WORTHS if whole is None else whole - worth in _BUDGET):
        return None
    told = _remarks(head, rows, [line.token for line in behind] if closed else [])
    if told is None:
        return None
    top = 2 if goals is not None else 0
    wide = len(head.parts)
    cells = list(goal_cells(document, goals, wide // 2)) if goals is not None else []
    cells.extend(cell_at(document, lines[at].token, top, at) for at in range(wide))
    place_of = {part: head.parts.index(part) for part in (*head.inner, "reason")}
    for number, (row, names, remark) in enumerate(zip(rows, *told, strict=True), start=top + 1):
        cells.extend(cell_at(document, name, number, head.names - len(names) + at) for at, name in enumerate(names))
        columns = zip(head.inner, row.cells, strict=True)
        cells.extend(cell_at(document, line.token, number, place_of[part]) for part, line in columns)
        if remark is not None:
            cells.append(cell_at(document, remark, number, place_of["reason"]))
    if marks:
        number = top + 1 + len(rows)
        cells.append(cell_at(document, total[0].token, number, 0))
        parts = ("full", "awarded") if len(marks) == 2 else ("awarded",)
        cells.extend(
            cell_at(document, line.token, number, place_of[part]) for part, line in zip(parts, marks, strict=True)
        )
    span = Span(min(cell.span.start for cell in cells), max(cell.span.end for cell in cells))
    place = document.place_at(span.start) or Place("body")
    return Stream(Block("table", document.text[span.start : span.end], place, cells=tuple(cells), span=span), span)


def _rows(head: _Head, lines: Sequence[_Line]) -> tuple[list[_Row], int]:
    """Return the rows below a head, and which line follows the last."""
    found: list[_Row] = []
    at = len(head.parts)
    while (row := _row(head, lines, at)) is not None:
        found.append(row)
        at += len(row.texts) + len(row.cells)
    return found, at


def _row(head: _Head, lines: Sequence[_Line], at: int) -> _Row | None:
    """Return the row that begins at a line with remarks or names: the first whose marks stand where they have to."""
    wide = len(head.inner)
    full, given = head.inner.index("full"), head.inner.index("awarded")
    for count in range(1, head.names + MOST_REMARKS + 1):
        cells = lines[at + count : at + count + wide]
        texts = lines[at : at + count]
        if len(cells) < wide or is_total(texts[-1].token.text) or texts[-1].mark is not None:
            return None
        worth, mark = cells[full].mark, cells[given].mark
        following = lines[at + count + wide : at + count + wide + 1]
        if worth is None or mark is None or mark > worth or any(line.mark is not None for line in following):
            continue
        return _Row(tuple(line.token for line in texts), tuple(cells))
    return None


def _remarks(
    head: _Head, rows: Sequence[_Row], behind: Sequence[Token]
) -> tuple[list[tuple[Token, ...]], list[Token | None]] | None:
    """Return the names of each row, and the remark on it; None where these cannot be told apart."""
    ends = [row.cells[-1].gap for row in rows]
    inside = [line.gap for row in rows for line in row.cells[:-1]]
    spaced = any(ends) and not any(inside)
    names: list[tuple[Token, ...]] = []
    remarks: list[Token | None] = []
    for at, row in enumerate(rows):
        count = _told(head, rows[at - 1], row.texts, spaced=spaced) if at else 0
        if not 0 < len(row.texts) - count <= head.names or (count and not at):
            return None
        if at:
            remarks.append(_joined(row.texts[:count]))
        names.append(row.texts[count:])
        if any(len(name.text) > LONGEST_NAME for name in names[-1]):
            return None
        if len(names[-1]) < head.names and _LEVEL.search(names[-1][-1].text):  # a cell was lost: its name slipped
            return None
    return names, [*remarks, _joined(behind)]


def _told(head: _Head, above: _Row, texts: Sequence[Token], *, spaced: bool) -> int:
    """Return how many of the texts before a row's cells remark on the row above."""
    over = max(len(texts) - head.names, 0)
    if spaced:
        return 0 if above.cells[-1].gap else max(over, 1)
    said = len(list(takewhile(lambda text: _VOID.match(text.text) or _CLAUSE.search(text.text), texts[:-1])))
    full = above.cells[head.inner.index("full")].mark == above.cells[-1].mark
    if said or over or full:
        return max(said, over)
    return int(len(texts) > 1 and not _LEVEL.search(texts[0].text) and _LEVEL.search(texts[1].text) is not None)


def _joined(texts: Sequence[Token]) -> Token | None:
    return Token("", Span(texts[0].span.start, texts[-1].span.end), value=False) if texts else None
