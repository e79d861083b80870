"""The head of a table told by counting: which lines before its first row are its columns, on one level or two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from parsers.flattened.tokens import Token
from parsers.tables.grid_columns import caption_unit, column_of, matches
from parsers.votes import most_hold
from patterns import cue

LONGEST_HEAD = 30
_WHOLE = cue("tables", "table.cue.whole")
_DATED = cue("tables", "table.cue.dated")
_NUMBER = regex.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of figures in order, what heads the names, and the heads over several columns."""

    columns: tuple[Token, ...]
    corner: Token | None
    above: tuple[tuple[int, int, Token], ...] = ()
    """Heads over several columns: the first of these, how many, and the cell."""


def head_of(before: Sequence[Token], width: int, rows: Sequence[Sequence[Token]], *, sure: bool) -> Head | None:
    """Return the head of a table as wide as ``width`` from the cells before its first row; None where it is open.

    ``sure``: bars keep the cells apart, so that a table's first cell is the first behind what stands above it, and its
    head is just as wide. Otherwise words have to say that the last of the cells are heads of figures.
    """
    count = width - 1
    if any(cell.value and cell.text for cell in before):
        return None
    if any(len(cell.text) > LONGEST_HEAD for cell in before[-count:]):
        return None
    if len(before) > width and (deep := _repeated(before, count) or _with_parts(before, count, rows)):
        return deep
    if len(before) < width - (not sure) or (sure and len(before) > width):
        return None
    columns = tuple(before[len(before) - count :])
    corner = before[len(before) - width] if len(before) >= width else None
    if corner is not None and not corner.text:
        corner = None
    words = sum(_tells(column.text) for column in columns)
    if not sure and (words * 2 < count or not words):
        return None
    return Head(columns, corner) if all(column.text for column in columns) else None


def _tells(text: str) -> bool:
    """Tell whether a label says that figures stand under it: a word of a form, a unit, a year, a word that counts."""
    return (
        column_of(text).named
        or bool(caption_unit(text))
        or _DATED.fullmatch(text) is not None
        or matches("unit", text)
        or matches("header", text)
    )


def _repeated(before: Sequence[Token], count: int) -> Head | None:
    """Return a head of groups whose columns are the same in each: 2021年 2022年 over 预算数 决算数 预算数 决算数."""
    for groups in range(2, count // 2 + 1):
        if count % groups or len(before) < groups + count:
            continue
        wide = count // groups
        columns = before[len(before) - count :]
        texts = [column.text for column in columns]
        if texts != texts[:wide] * groups or len(set(texts[:wide])) < wide:
            continue
        over = before[len(before) - count - groups : len(before) - count]
        corner = before[len(before) - count - groups - 1] if len(before) > count + groups else None
        return Head(tuple(columns), corner, tuple((one * wide, wide, token) for one, token in enumerate(over)))
    return None


def _with_parts(before: Sequence[Token], count: int, rows: Sequence[Sequence[Token]]) -> Head | None:
    """Return a head of which one column is in parts, 合计 first, where the parts add up in the rows."""
    inner = next((at for at in range(len(before) - 1, 0, -1) if _WHOLE.match(before[at].text)), 0)
    parts = len(before) - inner
    over = before[len(before) - count - 1 : inner]
    if not inner or parts < 2 or len(over) != count - parts + 1:
        return None
    corner = before[len(before) - count - 2] if len(before) >= count + 2 else None
    found = []
    for place in range(len(over)):
        if not _WHOLE.match(over[place].text) and _adds_up(rows, place, parts):
            columns = (*over[:place], *before[inner:], *over[place + 1 :])
            found.append(Head(columns, corner, ((place, parts, over[place]),)))
    return found[0] if len(found) == 1 else None


def _adds_up(rows: Sequence[Sequence[Token]], first: int, parts: int) -> bool:
    """Tell whether a column is the sum of those behind it in most rows with all of them; rows of changes have none."""
    held = whole_rows = 0
    for row in rows:
        numbers = [cell.text.replace(",", "") for cell in row[first : first + parts]]
        if all(_NUMBER.fullmatch(number) for number in numbers):
            whole, *rest = (Decimal(number.replace("−", "-")) for number in numbers)
            held += abs(whole - sum(rest, Decimal(0))) <= Decimal("0.05")
            whole_rows += 1
    return most_hold(held, whole_rows)
