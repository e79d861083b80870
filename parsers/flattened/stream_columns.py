"""The head of a flattened table: which labels make it, and which of its columns each value of a row is in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from parsers.flattened.barred import fitting
from parsers.flattened.tokens import Token
from parsers.tables.grid_columns import column_of, fits, is_aside_column, matches
from patterns import cue

BARE = re.compile(r"^[-−]?\d[\d,]*(?:\.\d+)?$")
_MARKS = re.compile(r"\d{1,3}(?:\.\d+)?")
_AMONG = cue("tables", "table.cue.among-row")
_BLOCK = cue("tables", "table.cue.block")
_CAPTION = cue("tables", "table.cue.money-caption")
_FIRST_LEVEL = cue("tables", "table.cue.first-level")
_VALUE = cue("tables", "table.cue.value")
_WHOLE = cue("tables", "table.cue.money-whole")
_YEAR_VALUE = cue("tables", "table.cue.year-value")


def is_column(text: str) -> bool:
    """Tell whether a label is the head of a column: of figures, units or signs."""
    return column_of(text).named or is_aside_column(text)


def head_of(labels: Sequence[Token], count: int, *, worded: bool) -> tuple[int, int]:
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


def in_order(head: Sequence[Token]) -> list[Token]:
    """Return a head of two lines in the order of its columns: 指标值 and its like stand under 年度指标值."""
    wide = next((index for index, token in enumerate(head) if _YEAR_VALUE.match(token.text)), len(head))
    if not any(_VALUE.match(token.text) for token in head[wide:]):
        return list(head)
    second = [token for token in head if _VALUE.match(token.text) or is_aside_column(token.text)]
    first = [token for token in head[wide + 1 :] if token not in second]
    return [*head[:wide], *second, *first] if len(second) > 1 else list(head)


def columns_of(
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
    if len(values) == len(money) == len(head) - 3 and all(BARE.match(value.text) for value in values):
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
    if len(sums) != 2 or len(rates) != 1 or not all(BARE.match(text.rstrip("%")) for text in (*sums, *rates)):
        return False
    budget, spent, rate = (Decimal(text.rstrip("%").replace(",", "")) for text in (*sums, *rates))
    return budget > 0 and abs(spent / budget * 100 - rate) <= 1


def _is_mark(text: str) -> bool:
    return column_of(text).kind == "score"
