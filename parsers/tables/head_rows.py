"""Rows of a table that are the head of a list: what stands below their labels are values, not what stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from extract.document import Cell
from parsers.report.covers import field_label
from parsers.tables.forms import clean
from patterns import cue, matcher

LEAST = 3
"""A list has so many columns, at the least."""
_FIGURE = cue("tables", "table.cue.figure")
_UNIT = cue("tables", "table.cue.unit-behind")


def is_head_row(cells: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Tell whether a row has two heads of columns side by side (预算数 | 执行率), or columns of figures below it."""
    texts = [clean(cell.text) for cell in cells]
    if any(_FIGURE.search(text) for text in texts):
        return False
    return any(_is_head(one) and _is_head(other) for one, other in pairwise(texts)) or _is_above(cells, below)


def _is_above(cells: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Tell whether the cells below stand each under one label, with figures side by side or under a unit.

    In a form labels and values alternate: figures stand side by side only under a head of theirs.
    """
    under = {(cell.col, cell.colspan): clean(cell.text) for cell in below}
    labels = [(clean(cell.text), under.get((cell.col, cell.colspan))) for cell in cells]
    if len(labels) < LEAST or not all(label for label, _ in labels) or any(text is None for _, text in labels):
        return False
    if any(text and field_label(text.rstrip(":")) is not None for _, text in labels):
        return False
    figures = [bool(text and _FIGURE.match(text)) for _, text in labels]
    measured = any(figure and _UNIT.search(label) for (label, _), figure in zip(labels, figures, strict=True))
    return measured or any(one and other for one, other in pairwise(figures))


@lru_cache(maxsize=4096)
def _is_head(text: str) -> bool:
    """Tell whether a cell is the head of a column, and no label of a field."""
    known = any(matcher(*name).match(text) is not None for name in (("tables", "header"), ("scores", "column")))
    return (known or matcher("tables", "column").found_in(text)) and field_label(text) is None
