"""Forms and tables that lost their grid: cells one after another, a line, a gap or a bar apart.

Web pages and text dumps flatten tables. What is left is a stream of labels and values in reading order. Here the
stretches are found that look like one; rebuilt.py makes rows of them, stream_columns.py tells the columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.document import Block, Document, Place, Span
from parsers.flattened.barred import barred, in_rows
from parsers.flattened.paired import in_pairs, paired
from parsers.flattened.rebuilt import rebuilt, widened
from parsers.flattened.stream import Stream
from parsers.flattened.stream_columns import is_column
from parsers.flattened.tokens import SENTENCE, Token, named_years, split_tokens, token_at
from parsers.report.paragraphs import Paragraph, is_numbered
from parsers.tables.forms import part_of
from parsers.tables.grid_columns import is_aside, is_aside_column
from parsers.view import folded
from patterns import cue

LONGEST = 60
"""A longer piece is prose, not a label."""
LEAST_LINES = 6
LEAST_TOKENS = 12
LEAST_COLUMNS = 3
"""A form on one line names so many columns."""
_BARS = re.compile(r"[|\n\t]+")
_SPACES = re.compile(r"\s+")
_PLAIN_HEAD = re.compile(r"^\d{1,2}\s?[一-龥]{4,}$")
_CLAUSE = re.compile(r"[,。;]")
_RUNNING = cue("tables", "table.cue.running-number")


def streams(document: Document, body: Sequence[Paragraph]) -> tuple[Stream, ...]:
    """Return the flattened tables among the paragraphs, in order; none where nothing can be rebuilt safely."""
    found = []
    for tokens in (part for stretch in _stretches(document, body) for part in _parts(_unnumbered(stretch))):
        table = paired(tokens)
        rows = _barred(document, tokens) if table is None else []
        if table is not None:
            cells = tuple(in_pairs(document, table))
        elif rows:
            cells = widened(tuple(in_rows(document, rows)))
        else:
            cells = widened(tuple(rebuilt(document, _with_units(tokens))))
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
        elif run and _is_remark(document, run, paragraph):
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
    return len(paragraph.view.text) <= LONGEST // 2 and not SENTENCE.search(paragraph.view.text)


def _is_remark(document: Document, run: Sequence[Paragraph], paragraph: Paragraph) -> bool:
    """Tell whether a sentence stands behind the last value of a row, in a form with remarks and without marks.

    Where there are marks they have to add up, lest a line slipped into a wrong column: that is for form_lines.py.
    """
    parts = {part_of(line.view.text) for line in run}
    if len(paragraph.view.text) > LONGEST or "reason" not in parts or {"full", "awarded"} & parts:
        return False
    last = token_at(document, *run[-1].span)
    return last is not None and last.value


def _short_lines(document: Document, run: Sequence[Paragraph]) -> Iterator[list[Token]]:
    """Yield the tokens of a run of cell-like lines, where there are enough of them and figures among them."""
    if not run:
        return
    span = Span(run[0].span.start, run[-1].span.end)
    if len(_BARS.findall(folded(document.text, *span))) < LEAST_LINES - 1:
        return
    tokens = split_tokens(document, span, _BARS)
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
