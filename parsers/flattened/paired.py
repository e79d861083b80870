"""Flattened tables of marks in which every level's name has its full marks behind it: 一级指标 分值 二级指标 分值 得分.

What is left of a row are the names that begin in it, each with its figure, and the marks given behind the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.document import Cell, Document
from parsers.flattened.tokens import Token, cell_at
from parsers.tables.forms import is_total, part_of
from patterns import cue

LEAST_LEVELS = 2
LEAST_ROWS = 2
_MARK = cue("tables", "table.cue.mark")
_WORTH = cue("tables", "table.cue.worded-worth")


@dataclass(frozen=True, slots=True)
class Paired:
    """A table found in a stream: from which token to which, its head, and its rows as cells by column."""

    start: int
    stop: int
    head: tuple[Token, ...]
    rows: tuple[tuple[tuple[int, Token], ...], ...]


def paired(tokens: Sequence[Token]) -> Paired | None:
    """Return the first table of names and their full marks in turn; None where there is none."""
    for start in range(len(tokens) - 2 * LEAST_LEVELS):
        levels = _levels(tokens, start) if _WORTH.search(tokens[start + 1].text) else 0
        if levels < LEAST_LEVELS:
            continue
        first = start + 2 * levels + 1
        rows = list(_rows(tokens, first, levels))
        if len(rows) >= LEAST_ROWS:
            return Paired(start, rows[-1][0], tuple(tokens[start:first]), tuple(row for _, row in rows))
    return None


def _levels(tokens: Sequence[Token], start: int) -> int:
    """Return how many pairs of name and full marks the head has that begins at ``start``; marks given follow them."""
    at = start
    while at + 1 < len(tokens) and (part_of(tokens[at].text), part_of(tokens[at + 1].text)) == ("name", "full"):
        at += 2
    return (at - start) // 2 if at < len(tokens) and part_of(tokens[at].text) == "awarded" else 0


def _rows(tokens: Sequence[Token], first: int, levels: int) -> Iterator[tuple[int, tuple[tuple[int, Token], ...]]]:
    """Yield where each row ends, and its cells: its names are those of the last levels, for the others go on."""
    at = first
    group: list[tuple[Token, Token]] = []
    while at + 1 < len(tokens) and not _MARK.match(tokens[at].text) and _MARK.match(tokens[at + 1].text):
        group.append((tokens[at], tokens[at + 1]))
        at += 2
        if len(group) > levels:
            return
        if at < len(tokens) and _MARK.match(tokens[at].text):
            top = levels - len(group)
            cells = [(2 * (top + level) + part, pair[part]) for level, pair in enumerate(group) for part in (0, 1)]
            if is_total(group[0][0].text):
                cells = [(0, group[0][0]), (2 * levels - 1, group[0][1])]
            at += 1
            yield at, (*cells, (2 * levels, tokens[at - 1]))
            group = []


def in_pairs(document: Document, table: Paired) -> Iterator[Cell]:
    """Yield the cells of such a table, its head first."""
    for row, cells in enumerate((tuple(enumerate(table.head)), *table.rows)):
        for column, token in cells:
            yield cell_at(document, token, row, column)
