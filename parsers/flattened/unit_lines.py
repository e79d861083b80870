"""Sums on lines of their own under a label with their unit: 项目资金（万元） / 年度资金总额：96.40 / 其中：财政拨款 90.

Forms turned into web pages keep each label and its sum on one line, and name the unit once above them. The label may
have the first of them behind it. A line without a sum (其他资金) goes on; anything else ends the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.document import Block, Cell, Document, Place, Span
from parsers.flattened.stream import Stream
from parsers.flattened.tokens import Token, cell_at, token_at
from parsers.report.paragraphs import Paragraph
from parsers.tables.grid_columns import caption_unit
from parsers.tables.labelled_sums import is_money
from parsers.view import folded

LONGEST = 60
LEAST_SUMS = 2
_BRACKET = re.compile(r"\([^()]{1,8}\)")
_SUM = re.compile(r"(?P<label>\D*?[^\d\s.,-])[:\s]+(?P<number>[-−]?\d[\d,]*(?:\.\d+)?)\s*$")
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class _List:
    """A label with a unit, and the labels below it with their sums; None where a line has none."""

    caption: Token
    rows: list[tuple[Token, Token]] = field(default_factory=list)


def unit_lines(document: Document, body: Sequence[Paragraph]) -> tuple[Stream, ...]:
    """Return the lists of sums among the paragraphs whose unit stands once above them, in order."""
    if "元" not in document.text:
        return ()
    found: list[Stream] = []
    current: _List | None = None
    for span in (span for paragraph in body for span in paragraph.lines):
        text = folded(document.text, *span) if span.end - span.start <= LONGEST else ""
        begun = _begun(document, span, text)
        if begun is not None:
            found.extend(_stream(document, current))
            current = begun
        elif current is not None and (row := _row(document, span, text)) is not None:
            current.rows.append(row)
        elif current is not None and not _goes_on(text):
            found.extend(_stream(document, current))
            current = None
    found.extend(_stream(document, current))
    return tuple(found)


def _begun(document: Document, span: Span, text: str) -> _List | None:
    """Return the list that a line begins: a label of money with its unit in brackets, and perhaps the first sum."""
    bracket = _BRACKET.search(text) if "元" in text else None
    if bracket is None or _DIGIT.search(text, 0, bracket.end()):
        return None
    label = text[: bracket.end()].strip()
    caption = token_at(document, span.start, span.start + bracket.end())
    if caption is None or not caption_unit(label).endswith("元") or not is_money(label[: label.rindex("(")]):
        return None
    begun = _List(caption)
    rest = text[bracket.end() :]
    if rest.strip(" :"):
        row = _row(document, Span(span.start + bracket.end(), span.end), rest)
        if row is None:
            return None
        begun.rows.append(row)
    return begun


def _row(document: Document, span: Span, text: str) -> tuple[Token, Token] | None:
    """Return the label of money and the sum that make up a line; None where it is no such line."""
    found = _SUM.fullmatch(text)
    if found is None or not is_money(_own_name(found["label"]).strip("() ")):
        return None
    label = token_at(document, span.start + found.start("label"), span.start + found.end("label"))
    number = token_at(document, span.start + found.start("number"), span.start + found.end("number"))
    return (label, number) if label is not None and number is not None else None


def _goes_on(text: str) -> bool:
    """Tell whether a line is a label without a sum: 其他资金, 其中:."""
    plain = _own_name(text)
    return bool(text.strip()) and not _DIGIT.search(text) and (not plain or is_money(plain))


def _own_name(label: str) -> str:
    """Return a label without the word that makes it a part: 其中:财政拨款."""
    return label.strip().removeprefix("其中").strip(" :,")


def _stream(document: Document, found: _List | None) -> Iterator[Stream]:
    """Yield the table of a list with sums enough."""
    if found is None or len(found.rows) < LEAST_SUMS:
        return
    cells: list[Cell] = [cell_at(document, found.caption, 0, 0, colspan=2)]
    for number, (label, value) in enumerate(found.rows, start=1):
        cells.extend((cell_at(document, label, number, 0), cell_at(document, value, number, 1)))
    span = Span(cells[0].span.start, cells[-1].span.end)
    place = document.place_at(span.start) or Place("body")
    yield Stream(Block("table", document.text[span.start : span.end], place, cells=tuple(cells), span=span), span)
