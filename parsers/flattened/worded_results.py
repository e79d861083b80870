"""Rows of a flattened form whose goal and result are words (符合规定 / 达成预期), which look like names."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.flattened.tokens import Token
from parsers.tables.grid_columns import column_of
from patterns import cue

_LEVEL = cue("tables", "table.cue.level")
_OWN_LEVEL = cue("tables", "table.cue.indicator-label")


def in_words(head: Sequence[Token], own: Sequence[Token], columns: Sequence[int | None]) -> list[tuple[int, Token]]:
    """Return the last labels of a row that stand under its goal and result, with their columns; none if in doubt.

    The row fills its marks alone, and what is left of its labels ends with the name of an indicator.
    """
    marks = [index for index, token in enumerate(head) if column_of(token.text).kind == "score"]
    results = [index for index, token in enumerate(head) if _is_result(token.text)]
    if not marks or list(columns) != marks or len(results) != 2 or results != list(range(marks[0] - 2, marks[0])):
        return []
    names, words = own[:-2], own[-2:]
    if not names or _LEVEL.search(names[-1].text) or any(_OWN_LEVEL.search(label.text) for label in words):
        return []
    return list(zip(results, words, strict=True))


def _is_result(head: str) -> bool:
    column = column_of(head)
    return column.role in ("target", "actual") and not column.money and not column.kind
