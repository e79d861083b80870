"""Tables on lines with bars, a row a line: 总额 | 3.36 | 3.36 | 100% ||. Merged and blank cells are left out of them.

A head says what its columns hold, and so which cells of a row can stand in which. A cell that fits one column alone is
put there; a figure that fits several stays out of the columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extract.document import Cell, Document, Span
from parsers.flattened.tokens import DONE, GOAL, LABELS, Token, cell_at, token_at
from parsers.report.covers import field_label
from parsers.tables.forms import is_total
from parsers.tables.grid_columns import caption_unit, column_of, is_aside, is_aside_column, matches
from patterns import cue

LEAST_ROWS = 3
"""So many lines of several cells make a table."""
_FILLED = regex.compile(r"\|\s*\|\s*$")
_MARK = regex.compile(r"\d{1,3}(?:\.\d+)?")
_BARE = regex.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")
_VOID = regex.compile(r"[-—–－/]+")
_SENTENCE = regex.compile(r"[。;]")
_SOURCE = cue("tables", "table.cue.barred-source")


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of a table rebuilt: what it is (head, row or loose), names from the left, and cells by column."""

    what: str
    names: tuple[Token, ...]
    cells: tuple[tuple[int, Token], ...]


def barred(document: Document, span: Span) -> list[list[Token]]:
    """Return the rows of lines with bars, without blank cells; none where fewer than some hold several cells."""
    start = span.start
    lines: list[tuple[str, list[Token]]] = []
    for line in document.text[span.start : span.end].split("\n"):
        at = start
        tokens = []
        for piece in line.split("|"):
            token = token_at(document, at, at + len(piece))
            tokens.extend([token] if token is not None else [])
            at += len(piece) + 1
        lines.append((line.strip(), tokens))
        start += len(line) + 1
    bars = sum("|" in text for text, _ in lines)
    if sum(text.startswith("|") for text, _ in lines) * 2 > bars:
        rows = list(_joined(lines))
    elif sum(_FILLED.search(text) is not None for text, _ in lines) * 2 > bars:
        rows = list(_filled(lines))
    else:
        rows = [tokens for _, tokens in lines if tokens]
    several = sum(len(row) > 2 for row in rows)
    cut = any(row[0].value and len(row) > 1 for row in rows)  # at wrong places: a row begins with its name
    return rows if several >= LEAST_ROWS and several * 3 >= len(rows) and not cut else []


def _joined(lines: Sequence[tuple[str, list[Token]]]) -> Iterator[list[Token]]:
    """Yield rows whose cells run over lines: one begins with a bar, and ends with the bars that fill it up."""
    row: list[Token] = []
    for text, tokens in lines:
        if row and len(row) > 2 and text.startswith("|") and tokens:
            yield row
            row = []
        row.extend(tokens)
        if row and _FILLED.search(text):
            yield row
            row = []
    if row:
        yield row


def _filled(lines: Sequence[tuple[str, list[Token]]]) -> Iterator[list[Token]]:
    """Yield rows that the bars at their ends fill up: words without such bars go on in the next line, if in words."""
    row: list[Token] = []
    for at, (text, tokens) in enumerate(lines):
        row.extend(tokens)
        following = lines[at + 1] if at + 1 < len(lines) else ("", [])
        worded = not any(token.value for token in (*tokens, *following[1]))
        if "|" in text and "|" in following[0] and worded and not _FILLED.search(text):
            continue
        if row:
            yield row
        row = []


def placed(rows: Sequence[Sequence[Token]]) -> Iterator[Placed]:
    """Yield the rows with their cells in columns; a row that no head governs is loose, its cells one after another."""
    names: list[Token] = []
    columns: list[Token] = []
    above = False
    for row in rows:
        if _is_head(row):
            names, own = _parted(row)
            if above and names:  # the second line of a head: 一级指标 … 指标性质 | 指标值 | 度量单位
                own = _merged(columns, own)
            columns, above = own, True
            yield Placed("head", tuple(names), tuple(enumerate(columns)))
            continue
        if field_label(row[0].text) is not None or _is_goals(row):  # a form or its block of goals begins
            columns = []
        above = False
        dealt = _dealt(row, len(names), columns) if columns and _has_figures(row) else None
        if dealt is not None and not dealt.cells and len(row) == 2 and _SENTENCE.search(row[1].text):
            dealt = None  # 说明 | what is said below the form, under no column
        yield dealt or Placed("loose", (), tuple(enumerate(row)))


def _is_goals(row: Sequence[Token]) -> bool:
    """Tell whether a row heads goals and what became of them: words that are no heads of figures."""
    said = [column_of(token.text) for token in row]
    return len(row) > 1 and all(c.role in ("target", "actual") and not c.money and not c.kind for c in said[-2:])


def _has_figures(row: Sequence[Token]) -> bool:
    return any(char.isdigit() for token in row[1:] for char in token.text)


def _is_head(row: Sequence[Token]) -> bool:
    words = sum(_is_column(token.text) or matches("header", token.text) for token in row)
    return (
        len(row) > 2
        and words * 2 > len(row)
        and not _is_goals(row)
        and not any(_BARE.fullmatch(token.text) for token in row)
    )


def _is_column(text: str) -> bool:
    return column_of(text).named or is_aside_column(text)


def _parted(row: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Part a head into the heads of names and the others; 年度预算数(万元) over the names of its parts is a name's."""
    first = next((index for index, token in enumerate(row) if _is_column(token.text)), len(row))
    money = [token for token in row[first:] if column_of(token.text).money]
    if len(money) > 2 and row[first] is money[0] and caption_unit(money[0].text):
        first += 1
    return list(row[:first]), list(row[first:])


def _merged(above: Sequence[Token], below: Sequence[Token]) -> list[Token]:
    """Put the columns of a head's second line where the one above them stood: 年度指标值 over 指标性质, 指标值."""
    roles = {column_of(token.text).role for token in below}
    at = next((index for index, token in enumerate(above) if column_of(token.text).role in roles), None)
    return [*above[:at], *below, *above[at + 1 :]] if at is not None else [*below]


def _dealt(row: Sequence[Token], depth: int, columns: Sequence[Token]) -> Placed | None:
    """Give the cells of a row to names and columns, as many names as leave cells for these; None where none fit."""
    leading = next((index for index, token in enumerate(row) if _is_datum(token)), len(row))
    asked = sum(_is_column(column.text) for column in columns)
    marked = [index for index, column in enumerate(columns) if column_of(column.text).kind == "score"]
    money = any(column_of(column.text).money for column in columns)
    tries = []
    for count in range(1, min(leading, max(depth, 1)) + 1):
        rest = row[count:]
        if is_total(row[0].text) and (fit := _fits(rest, columns, marked)) is not None:
            return Placed("row", (row[0],), tuple(fit))
        without = [index for index in range(len(columns)) if index not in marked]
        if money and _SOURCE.search(row[0].text) and (fit := _fits(rest, columns, without)) is not None:
            tries.append((abs(len(rest) - len(without)), -count, fit))
        elif (fit := _fits(rest, columns, list(range(len(columns))))) is not None:
            tries.append((abs(len(rest) - asked), -count, fit))
    if not tries:
        return None
    _, count, fit = min(tries, key=lambda tried: tried[:2])
    return Placed("row", tuple(row[:-count]), tuple(fit))


def fitting(values: Sequence[Token], head: Sequence[Token]) -> list[int | None] | None:
    """Return the one column of a head that each value fits, None for what fits several; None where nothing is sure."""
    first = len(head) - len(_parted(head)[1])
    columns = head[first:]
    fit = _fits(values, columns, range(len(columns)))
    known = {token.span: first + column for column, token in fit or ()}
    return [known.get(value.span) for value in values] if known else None


def _fits(tokens: Sequence[Token], columns: Sequence[Token], allowed: Sequence[int]) -> list[tuple[int, Token]] | None:
    """Return the cells that fit one column alone, in order with all others; None where they do not all find one."""
    heads = [columns[index].text for index in allowed]
    fits = [[may_stand(token, head) for head in heads] for token in tokens]
    width = len(heads)
    before = [[False] * (width + 1) for _ in range(len(tokens) + 1)]
    after = [[False] * (width + 1) for _ in range(len(tokens) + 1)]
    before[0] = [True] * (width + 1)
    after[len(tokens)] = [True] * (width + 1)
    for at in range(len(tokens)):
        for col in range(width):
            before[at + 1][col + 1] = before[at + 1][col] or (before[at][col] and fits[at][col])
    for at in reversed(range(len(tokens))):
        for col in reversed(range(width)):
            after[at][col] = after[at][col + 1] or (after[at + 1][col + 1] and fits[at][col])
    if not before[len(tokens)][width]:
        return None
    found = []
    for at, token in enumerate(tokens):
        able = [col for col in range(width) if before[at][col] and fits[at][col] and after[at + 1][col + 1]]
        if len(able) == 1:
            found.append((allowed[able[0]], token))
    return found


def _is_datum(token: Token) -> bool:
    """Tell whether a cell is no name: a figure, a void, a sign, or a unit alone."""
    return token.value or is_aside(token.text)


def may_stand(token: Token, head: str) -> bool:
    """Tell whether a cell can stand under a head."""
    text, column = token.text, column_of(head)
    if is_aside_column(head):
        return is_aside(text)
    void = _VOID.fullmatch(text) is not None
    if column.kind == "score":
        return void or _MARK.fullmatch(text) is not None
    if column.money:
        return void or _BARE.fullmatch(text) is not None
    if column.kind == "rate":
        return void or text.endswith("%") or _BARE.fullmatch(text) is not None
    if column.named:
        return not is_aside(text)
    return not token.value


def _slipped(line: Placed, following: Sequence[Placed]) -> bool:
    """Tell whether a line of columns' names holds more or fewer cells than the line below: it heads none of them."""
    texts = [token.text for _, token in line.cells if not token.value]
    words = sum(_is_column(text) or bool(caption_unit(text)) for text in texts)
    below = next((len(after.cells) for after in following if any(token.value for _, token in after.cells)), len(texts))
    return 1 < len(texts) == len(line.cells) != below and words > 0


def in_rows(document: Document, rows: Sequence[Sequence[Token]]) -> Iterator[Cell]:
    """Yield the cells of rows that bars keep apart: names left of ``LABELS``, the others from it on."""
    goals = False
    lines = list(placed(rows))
    for row, line in enumerate(lines):
        for index, token in enumerate(line.names):
            yield cell_at(document, token, row, LABELS - len(line.names) + index)
        first = LABELS
        if line.what == "loose":
            texts = [token.text for _, token in line.cells]
            heads = next(
                (at for at in range(len(texts) - 1) if GOAL.search(texts[at]) and DONE.search(texts[at + 1])), -1
            )
            if heads >= 0:
                first, goals = 4 * LABELS - heads, True
            elif _slipped(line, lines[row + 1 : row + 2]):
                first = 6 * LABELS
            else:
                first = 4 * LABELS if goals and len(texts) == 2 else 0
                goals = False
        caption = line.what == "loose" and len(line.cells) == 1 and bool(caption_unit(line.cells[0][1].text))
        for column, token in line.cells:
            yield cell_at(document, token, row, first + column, colspan=2 * LABELS if caption else 1)
