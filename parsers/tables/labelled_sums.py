"""Sums of money that print 万 without 元 (854万): read beside a label of money alone, in a cell or a line."""

from __future__ import annotations

import re

from extract.document import Document, Span
from parsers.report.paragraphs import Paragraph
from parsers.tables.grid_columns import caption_unit
from parsers.tables.grid_units import label_of, suits
from parsers.view import fold, make_view

LONGEST_LABEL = 24
FARTHEST = 60
"""So many characters before a sum its label is looked for."""
_SUM = re.compile(r"^\s*(?P<number>\d[\d,]*(?:\.\d+)?)[万亿](?![\d元一-龥])")
_DIGIT = re.compile(r"\d")


def bare_sum(text: str) -> re.Match[str] | None:
    """Return the sum that a text begins with, its 元 left out; None where there is none."""
    return _SUM.match(text)


def is_money(label: str) -> bool:
    """Tell whether a label is one of money, whatever unit it states: 年度资金总额:, 其中:财政拨款."""
    plain = label_of(label.strip()).rstrip(":")
    return 1 < len(plain) <= LONGEST_LABEL and (caption_unit(plain) or "元").endswith("元") and suits("元", plain)


def with_label(document: Document, paragraph: Paragraph) -> Paragraph:
    """Return a paragraph that begins with such a sum with the label on the line above it, where that is of money."""
    if bare_sum(paragraph.view.text) is None:
        return paragraph
    first = max(paragraph.span.start - FARTHEST, 0)
    before = document.text[first : paragraph.span.start].rstrip()
    start = first + before.rfind("\n") + 1
    label = fold(before[start - first :])
    if _DIGIT.search(label) or not is_money(label):
        return paragraph
    span = Span(start, paragraph.span.end)
    return paragraph._replace(span=span, view=make_view(document.text, span.start, span.end))
