"""Pieces of a table that lost its grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.document import Cell, Document, Place, Span
from parsers.view import folded
from patterns import cue

LABELS = 8
"""So many columns a rebuilt table keeps for the labels of a row."""
GOAL = re.compile(r"(?:预期|设定|年度(?:总体)?|总体)目标$")
DONE = re.compile(r"完成情况(?:综述)?$")
SENTENCE = re.compile(r"[。;；!?]|,.{12}")
"""What is said in a line that is no label: stops, or a comma far from the end."""
_VALUE = cue("tables", "table.cue.value-token")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_YEARS = cue("tables", "table.cue.years")


class Token(NamedTuple):
    """A piece of a stream: its folded text, its place, and whether it is a value."""

    text: str
    span: Span
    value: bool


def token_at(document: Document, start: int, end: int) -> Token | None:
    """Return what stands between two offsets, its gaps closed; None where that is nothing."""
    raw = folded(document.text, start, end)
    text = raw.strip()
    if not text:
        return None
    at = start + raw.index(text)
    return Token(text, Span(at, at + len(text)), _VALUE.match(text) is not None)


def split_tokens(document: Document, span: Span, separator: re.Pattern[str]) -> list[Token]:
    """Return the pieces of a stretch of text between ``separator``, blank ones left out."""
    text = folded(document.text, *span)
    cuts = [0, *(at for found in separator.finditer(text) for at in found.span()), len(text)]
    pieces = [token_at(document, span.start + a, span.start + b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return _with_brackets([piece for piece in pieces if piece is not None], document)


def _with_brackets(tokens: Sequence[Token], document: Document) -> list[Token]:
    """Join a bracket that stands alone to the label before it: 产出指标 (50分)."""
    joined: list[Token] = []
    for token in tokens:
        if joined and not joined[-1].value and token.text.startswith("(") and token.text.endswith(")"):
            span = Span(joined[-1].span.start, token.span.end)
            joined[-1] = Token(folded(document.text, *span), span, value=False)
        else:
            joined.append(token)
    return joined


def cell_at(document: Document, token: Token, row: int, col: int, colspan: int = 1, rowspan: int = 1) -> Cell:
    """Return a piece as a cell of a rebuilt table."""
    place = document.place_at(token.span.start) or Place("body")
    text = document.text[token.span.start : token.span.end]
    return Cell(row, col, text, place, rowspan=rowspan, colspan=colspan, span=token.span)


def named_years(tokens: Sequence[Token], *, anywhere: bool = False) -> list[Token]:
    """Take years for the names of rows: 2021年 and 2021 below a head of years (年度), 2021年 ``anywhere`` if asked."""
    headed = any(_YEARS.match(token.text) for token in tokens)
    named = [(headed or anywhere) and _YEAR.fullmatch(token.text) for token in tokens]
    return [
        token._replace(value=False) if name and (headed or not token.text.isdigit()) else token
        for token, name in zip(tokens, named, strict=True)
    ]
