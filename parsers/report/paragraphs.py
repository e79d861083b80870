"""The stretches of text that are read as one: paragraphs, put together where a line or page end cut them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extract.document import Block, Cell, Document, Span
from parsers.view import View, folded, make_view
from patterns import matcher

_PROSE = re.compile(r"[,。;]")
_STOPS = ("。", ";", ":", "!", "?", "…", "》")
_MARKS = re.compile(r"\([^()]*\d分\)?$")
_LABEL = re.compile(r"^\s*[^\s:,。;]{2,12}(?:\([^()]{1,8}\))?:")
_MARKED = re.compile(r"^\s*(?:[一二三四五六七八九]是|附件|附表|表\d|图\d|任务\d|指标\d|[-—–]\s*\d+\s*[-—–])")
LEAST_WRAPPED = 16
"""A line shorter than this was not ended by the page's edge."""
GAP = 2
"""So many empty lines may a page break leave inside a paragraph."""


class Paragraph(NamedTuple):
    """A stretch of prose; ``lines`` are the spans of its lines in the document, ``cell`` its table cell if any."""

    span: Span
    lines: tuple[Span, ...]
    block: Block
    view: View
    """Its text cleaned, line ends inside it closed."""
    cell: Cell | None = None


@lru_cache(maxsize=4096)
def number_at_head(text: str) -> tuple[str, str] | None:
    """Return style and number of a folded text that begins with the number of a heading or item."""
    found = matcher("headings", "heading").match(text)
    return (found[0].set["style"], found[1]["number"]) if found is not None else None


def is_numbered(line: str) -> bool:
    """Tell whether a folded line begins with the number of a heading or item."""
    return number_at_head(line.strip()) is not None


def _goes_on(line: str, following: str) -> bool:
    """Tell whether ``following`` is the rest of ``line``, cut by the edge of a page; both folded."""
    text = line.strip()
    if len(text) < LEAST_WRAPPED or text.endswith(_STOPS) or not _PROSE.search(text) or _MARKS.search(text):
        return False
    head = following.strip()
    return bool(head) and not (is_numbered(head) or _MARKED.match(head) or _LABEL.match(head))


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """Yield the paragraphs outside of tables, in reading order; wrapped lines are one paragraph."""
    pending: list[Block] = []
    last = ""
    gap = 0
    for block in document.blocks:
        if block.kind in ("table", "picture"):
            if pending:
                yield _paragraph(document, pending)
            pending, gap = [], 0
            continue
        text = folded(document.text, *block.span)
        if not text or text.isspace():
            gap += 1
            continue
        joined = pending and block.kind == pending[-1].kind == "paragraph" and gap <= GAP
        if not (joined and block.number is None and _goes_on(last, text)):
            if pending:
                yield _paragraph(document, pending)
            pending = []
        pending.append(block)
        last = text
        gap = 0
    if pending:
        yield _paragraph(document, pending)


def _paragraph(document: Document, blocks: Sequence[Block]) -> Paragraph:
    lines = tuple(block.span for block in blocks)
    span = Span(lines[0].start, lines[-1].end)
    return Paragraph(span, lines, blocks[0], make_view(document.text, span.start, span.end))
