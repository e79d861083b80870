"""Forms and tables that lost their grid: cells one after another, a line, a gap or a bar apart.

Web pages and text dumps flatten tables. What is left is a stream of labels and values in reading order. A row is a run
of labels and the run of values after it; the head is the run of labels above the first row. Values are given to columns
only where their number agrees with the head; a row that does not fit keeps its figures out of the columns.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.document import Block, Cell, Document, Place, Span
from parsers.flattened.barred import barred, fitting, in_rows
from parsers.flattened.paired import in_pairs, paired
from parsers.flattened.stream import Stream
from parsers.flattened.tokens import DONE, GOAL, LABELS, Token, cell_at, named_years, split_tokens
from parsers.flattened.worded_results import in_words
from parsers.report.paragraphs import Paragraph, is_numbered
from parsers.tables.grid_columns import caption_unit, column_of, fits, is_aside, is_aside_column, matches
from parsers.view import folded
from patterns import cue

LONGEST = 60
"""A longer piece is prose, not a label."""
LEAST_LINES = 6
LEAST_TOKENS = 12
LEAST_COLUMNS = 3
"""A form on one line names so many columns."""
_MARKS = re.compile(r"\d{1,3}(?:\.\d+)?")
_BARS = re.compile(r"[|\n\t]+")
_SPACES = re.compile(r"\s+")
_SENTENCE = re.compile(r"[。;；!?]|,.{12}")
_NUMBERED = re.compile(r"^\d{1,2}[.、](?!\d)")
_PLAIN_HEAD = re.compile(r"^\d{1,2}\s?[一-龥]{4,}$")
_WORTH = cue("tables", "table.cue.worth-behind")
_CLAUSE = re.compile(r"[,。;]")
_BARE = re.compile(r"^[-−]?\d[\d,]*(?:\.\d+)?$")
_BLOCK = cue("tables", "table.cue.block")
_AMONG = cue("tables", "table.cue.among-row")
_WHOLE = cue("tables", "table.cue.money-whole")
_CAPTION = cue("tables", "table.cue.money-caption")
_FIRST_LEVEL = cue("tables", "table.cue.first-level")
_RUNNING = cue("tables", "table.cue.running-number")
_YEAR_VALUE = cue("tables", "table.cue.year-value")
_VALUE = cue("tables", "table.cue.value")


def streams(document: Document, body: Sequence[Paragraph]) -> tuple[Stream, ...]:
    """Return the flattened tables among the paragraphs, in order; none where nothing can be rebuilt safely."""
    found = []
    for tokens in (part for stretch in _stretches(document, body) for part in _parts(_unnumbered(stretch))):
        table = paired(tokens)
        rows = _barred(document, tokens) if table is None else []
        if table is not None:
            cells = tuple(in_pairs(document, table))
        elif rows:
            cells = _widened(tuple(in_rows(document, rows)))
        else:
            cells = _widened(tuple(_rebuilt(document, _unit_first(_with_units(tokens)))))
        if cells:
            span = Span(tokens[0].span.start, tokens[-1].span.end)
            place = document.place_at(span.start) or Place("body")
            block = Block("table", document.text[span.start : span.end], place, cells=cells, span=span)
            found.append(Stream(block, span))
    return tuple(found)


def _parts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Part a stretch at a table of names with their marks in turn; the whole where it holds none."""
    table = paired(tokens)
    parts = (
        (tokens,) if table is None else (tokens[: table.start], tokens[table.start : table.stop], tokens[table.stop :])
    )
    yield from (part for part in parts if part)


def _barred(document: Document, tokens: Sequence[Token]) -> list[list[Token]]:
    """Return the rows of a stretch of lines with bars; none where it is no such stretch."""
    start, end = tokens[0].span.start, tokens[-1].span.end
    if document.text.count("|", start, end) < 2 * LEAST_LINES:
        return []
    following = document.text.find("\n", end)
    whole = Span(document.text.rfind("\n", 0, start) + 1, len(document.text) if following < 0 else following)
    return barred(document, whole)


def _stretches(document: Document, body: Sequence[Paragraph]) -> Iterator[list[Token]]:
    """Yield the token lists of all stretches that look like a flattened table."""
    run: list[Paragraph] = []
    for paragraph in body:
        line = _one_line(document, paragraph)
        if line:
            yield from _short_lines(document, run)
            run = []
            yield line
        elif _is_piece(document, paragraph):
            if run and _parted(document, run[-1], paragraph):
                yield from _short_lines(document, run)
                run = []
            run.append(paragraph)
        else:
            yield from _short_lines(document, run)
            run = []
    yield from _short_lines(document, run)


def _parted(document: Document, last: Paragraph, paragraph: Paragraph) -> bool:
    """Tell whether a table stands between two lines, or ends: a numbered line without bars behind one with bars."""
    text = document.text
    if text[last.span.end : paragraph.span.start].strip():
        return True
    barred = "|" in text[last.span.start : last.span.end] and "|" not in text[paragraph.span.start : paragraph.span.end]
    return barred and (is_numbered(paragraph.view.text) or _PLAIN_HEAD.match(paragraph.view.text) is not None)


def _one_line(document: Document, paragraph: Paragraph) -> list[Token]:
    """Return the tokens of a paragraph that holds a whole form on one line, parted by spaces; else nothing."""
    pieces = folded(document.text, *paragraph.span).split()
    if len(pieces) < LEAST_TOKENS:
        return []
    if sum(len(piece) for piece in pieces if _CLAUSE.search(piece)) * 3 > sum(map(len, pieces)):
        return []
    tokens = split_tokens(document, paragraph.span, _SPACES)
    values = sum(token.value for token in tokens)
    if len(tokens) < LEAST_TOKENS or values * 4 < len(tokens):
        return []
    return tokens if sum(is_column(token.text) for token in tokens) >= LEAST_COLUMNS else []


def _is_piece(document: Document, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph may be a cell or some: short, or with bars, and no sentence."""
    if "|" in document.text[paragraph.span.start : paragraph.span.end]:
        return True
    return len(paragraph.view.text) <= LONGEST // 2 and not _SENTENCE.search(paragraph.view.text)


def _short_lines(document: Document, run: Sequence[Paragraph]) -> Iterator[list[Token]]:
    """Yield the tokens of a run of cell-like lines, where there are enough of them and figures among them."""
    if not run:
        return
    tokens = split_tokens(document, Span(run[0].span.start, run[-1].span.end), _BARS)
    if len(tokens) >= LEAST_LINES and sum(token.value for token in tokens) >= 2:
        yield tokens


def _unnumbered(tokens: list[Token]) -> list[Token]:
    """Leave out the running numbers of rows, under a head that names them: each right before a label; name years."""
    first = next((index for index, token in enumerate(tokens) if _RUNNING.match(token.text)), len(tokens))
    kept = tokens[:first]
    following = 1
    for index in range(first, len(tokens)):
        labelled = index + 1 < len(tokens) and not tokens[index + 1].value
        if labelled and tokens[index].text == str(following):
            following += 1
        else:
            kept.append(tokens[index])
    return named_years(kept)


def _with_units(tokens: Sequence[Token]) -> list[Token]:
    """Take units and signs for values where the form keeps them in cells of their own (计量单位, 指标性质)."""
    if not any(is_aside_column(token.text) for token in tokens):
        return list(tokens)
    return [token._replace(value=token.value or is_aside(token.text)) for token in tokens]


def _rebuilt(document: Document, tokens: Sequence[Token]) -> Iterator[Cell]:
    """Yield the cells of the tables in a stream, row after row; labels stand left of ``LABELS``, values right of it."""
    row = skipped = 0
    head: list[Token] = []
    for labels, values in _rows(tokens):
        first, last = _head(labels, len(values), worded=any(is_column(label.text) for label in head))
        before, own = list(labels[:first]), list(labels[last:])
        if last > first:
            worded = [label for label in labels[first:last] if is_column(label.text)]
            plain = [label for label in labels[first:last] if not _AMONG.match(label.text)]
            head = _in_order(worded) if len(worded) >= 2 else plain
            skipped = 0
            if len(head) == len(values) + 1 and caption_unit(head[0].text):  # 年度预算数(万元) over its columns
                before.append(head[0])
                head = head[1:]
        else:
            captions = [label for label in labels[:-1] if _CAPTION.search(label.text)]
            before, own = captions, [label for label in labels if label not in captions]
        before, row = yield from _goals(document, before, row)
        for label in before:  # a caption spans the table; the rest is read as what it is
            yield cell_at(document, label, row, 0, colspan=2 * LABELS if _CAPTION.search(label.text) else 1)
            row += 1
        if last > first:
            for index, token in enumerate(head):
                yield cell_at(document, token, row, LABELS + index)
            row += 1
        columns = _columns(head, values, own, skipped)
        if columns and columns[0] is not None and len(columns) + columns[0] == len(head):
            skipped = columns[0]
        if columns is None:  # no column is sure: a value beside its label, out of the reach of any head
            for label in own[:-1]:
                yield cell_at(document, label, row, 0)
                row += 1
            own = own[-1:]
            sure = [value for value in values if len(values) == 1 or not _BARE.match(value.text)]
            values, columns = sure, [LABELS * (2 + index) for index in range(len(sure))]
        told = in_words(head, own, columns)
        own = own[: len(own) - len(told)]
        values, columns = [*(token for _, token in told), *values], [*(column for column, _ in told), *columns]
        yield from _row(document, own, values, columns, row)
        row += 1


def _unit_first(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return tokens with the label that states the unit of the money first, where it stands behind all of that."""
    stated = [index for index, token in enumerate(tokens) if _CAPTION.search(token.text)]
    money = [index for index, token in enumerate(tokens) if column_of(token.text).money]
    if len(stated) != 1 or len(money) < 2 or stated[0] < money[-1]:
        return tokens
    at = stated[0]
    later = any(token.value and _BARE.match(token.text) for token in tokens[at + 1 : at + 3])
    if later or sum(token.value for token in tokens[money[0] : at]) < 2:
        return tokens
    return [tokens[at], *tokens[:at], *tokens[at + 1 :]]


def _row(
    document: Document, labels: Sequence[Token], values: Sequence[Token], columns: Sequence[int | None], row: int
) -> Iterator[Cell]:
    """Yield the cells of a row: its labels left of ``LABELS``, each value in its column where that is known."""
    for index, label in enumerate(labels):
        yield cell_at(document, label, row, LABELS - len(labels) + index)
    for value, column in zip(values, columns, strict=True):
        if column is not None:
            yield cell_at(document, value, row, LABELS + column)


def _goals(document: Document, labels: Sequence[Token], row: int) -> Generator[Cell, None, tuple[list[Token], int]]:
    """Yield a block of goals under its two heads, 预期目标 and 实际完成情况; return what is left and the next row.

    What follows the heads stands there twice, first as it was planned, then as it was done.
    """
    heads = [
        index
        for index in range(len(labels) - 1)
        if GOAL.search(labels[index].text) and DONE.search(labels[index + 1].text)
    ]
    if not heads:
        return list(labels), row
    first = heads[-1]
    rest = labels[first + 2 :]
    numbered = bool(rest) and _NUMBERED.match(rest[0].text) is not None
    stop = next((index for index, label in enumerate(rest) if _ends_goals(label.text, numbered=numbered)), len(rest))
    half = stop // 2
    if not half or stop % 2:
        return list(labels), row
    for index, token in enumerate(labels[first : first + 2]):
        yield cell_at(document, token, row, 4 * LABELS + index)
    for index in range(half):
        yield cell_at(document, rest[index], row + 1 + index, 4 * LABELS)
        yield cell_at(document, rest[half + index], row + 1 + index, 4 * LABELS + 1)
    return [*labels[:first], *rest[stop:]], row + 1 + half


def _ends_goals(text: str, *, numbered: bool) -> bool:
    """Tell whether a label begins what follows a block of goals; ``numbered`` goals have numbers themselves."""
    return (
        matches("header", text)
        or _CAPTION.search(text) is not None
        or _WORTH.search(text) is not None
        or (not numbered and _NUMBERED.match(text) is not None)
    )


def _widened(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Let captions span the whole table."""
    width = max((cell.col + cell.colspan for cell in cells), default=0)
    return tuple(replace(cell, colspan=width) if cell.colspan > 1 else cell for cell in cells)


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], list[Token]]]:
    """Yield runs of labels, each with the run of values after it."""
    labels: list[Token] = []
    values: list[Token] = []
    for token in tokens:
        if token.value:
            values.append(token)
            continue
        if values:
            yield labels, values
            labels, values = [], []
        labels.append(token)
    if labels or values:
        yield labels, values


def is_column(text: str) -> bool:
    """Tell whether a label is the head of a column: of figures, units or signs."""
    return column_of(text).named or is_aside_column(text)


def _head(labels: Sequence[Token], count: int, *, worded: bool) -> tuple[int, int]:
    """Return from where to where the labels before a row's values are the head of its columns; equal where none begins.

    Words of columns (分值, 执行率) make a head; so does any run of labels as long as the row, before the row's label.
    """
    words = [is_column(label.text) for label in labels]
    last = max((index for index, word in enumerate(words) if word), default=-1)
    first = last
    while first > 0 and _goes_on(labels, words, first):
        first -= 1
    captioned = (
        0 <= first < last - 1 and _BLOCK.search(labels[first].text) and _FIRST_LEVEL.match(labels[first + 1].text)
    )
    first += bool(captioned)
    found = sum(words[first : last + 1])
    if (
        count >= 2
        and last == len(labels) - 1
        and (found == count + 1 or (found > 3 and _WHOLE.search(labels[last].text)))
    ):
        return first, last  # the row's own label sounds like a column
    if last >= 0 and (found == count >= 2 or found >= 3 or (found == 2 and captioned)):
        while last + 1 < len(labels) - 1 and matches("header", labels[last + 1].text):
            last += 1
        return first, last + 1
    begin = max((index + 1 for index, label in enumerate(labels) if _CAPTION.search(label.text)), default=0)
    if worded and begin == 0:  # under a head of words a longer run of labels is a row's, with what stood before it
        return len(labels), 0
    plain = [index for index in range(begin, len(labels) - 1) if not _AMONG.match(labels[index].text)]
    if count >= 3 and len(plain) in (count, count + 1):
        return plain[-count], len(labels) - 1
    return len(labels), 0


def _goes_on(labels: Sequence[Token], words: Sequence[bool], first: int) -> bool:
    """Tell whether the label before ``first`` is of the same head, or half of a header cut in two (实际|完成值)."""
    before = labels[first - 1].text
    return words[first - 1] or matches("header", before) or (first > 1 and len(before) <= 4 and words[first - 2])


def _in_order(head: Sequence[Token]) -> list[Token]:
    """Return a head of two lines in the order of its columns: 指标值 and its like stand under 年度指标值."""
    wide = next((index for index, token in enumerate(head) if _YEAR_VALUE.match(token.text)), len(head))
    if not any(_VALUE.match(token.text) for token in head[wide:]):
        return list(head)
    second = [token for token in head if _VALUE.match(token.text) or is_aside_column(token.text)]
    first = [token for token in head[wide + 1 :] if token not in second]
    return [*head[:wide], *second, *first] if len(second) > 1 else list(head)


def _columns(
    head: Sequence[Token], values: Sequence[Token], own: Sequence[Token], skipped: int
) -> list[int] | list[int | None] | None:
    """Return the column of each value, None for one that fits several; None where neither number nor kind tells.

    The rows above left out ``skipped``.
    """
    if not head or (not own and not all(column_of(token.text).money for token in head)):
        return None
    if len(values) == len(head):
        return list(range(len(head)))
    money = [index for index, token in enumerate(head) if column_of(token.text).money]
    if len(values) == len(money) == len(head) - 3 and all(_BARE.match(value.text) for value in values):
        return money  # a source of money that is not marked: 其中:财政拨款 68 64.5 61.9
    gap = len(head) - len(values)
    if 0 < gap < len(money) and money[:gap] == list(range(gap)) and _agree(head[gap:], values):
        return list(range(gap, len(head)))
    sums = [value for value in values if not matches("void", value.text)]
    if skipped and len(sums) == len(money) - skipped and list(values[: len(sums)]) == sums:
        return [*money[skipped:], *range(money[-1] + 1, money[-1] + 1 + len(values) - len(sums))]
    marks = [index for index, token in enumerate(head) if _is_mark(token.text)]
    bare = all(_MARKS.fullmatch(value.text) for value in values)
    if bare and len(values) == len(marks):
        return marks
    if (
        len(values) == len(head) + 1 >= 3
        and _MARKS.fullmatch(values[-1].text)
        and not _MARKS.fullmatch(values[-2].text)
    ):
        return [*range(len(head)), None]  # marks at the row's end, under a head that does not name them
    return fitting(values, head)


def _agree(head: Sequence[Token], values: Sequence[Token]) -> bool:
    """Tell whether values fit their columns one by one, and the stated rate is that of the two sums."""
    if not all(fits(column.text, value.text) for column, value in zip(head, values, strict=True)):
        return False
    sums = [value.text for column, value in zip(head, values, strict=True) if column_of(column.text).money]
    rates = [value.text for column, value in zip(head, values, strict=True) if column_of(column.text).kind == "rate"]
    if len(sums) != 2 or len(rates) != 1 or not all(_BARE.match(text.rstrip("%")) for text in (*sums, *rates)):
        return False
    budget, spent, rate = (Decimal(text.rstrip("%").replace(",", "")) for text in (*sums, *rates))
    return budget > 0 and abs(spent / budget * 100 - rate) <= 1


def _is_mark(text: str) -> bool:
    return column_of(text).kind == "score"
