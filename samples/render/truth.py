"""The text that a faithful reader gets: printed numbers in place, merged cells once, tabs between cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from content.blocks import LEFT, UP, Block, Break, Field, Gap, Heading, Table

DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """Write 1 to 99 as Word's chineseCounting does."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones or not head else "")


class Numbering:
    """Counts the automatic heading numbers as Word does: a higher level restarts the lower ones."""

    def __init__(self) -> None:
        self._counts = [0, 0, 0]

    def next(self, level: int) -> str:
        """Return the number of the next heading of ``level``."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (3 - level)
        count = self._counts[level - 1]
        return {1: f"{chinese(count)}、", 2: f"（{chinese(count)}）"}.get(level, f"{count}.")


def final(text: str) -> str:
    """Return ``text`` with its tracked changes accepted."""
    return re.sub(r"\[\+(.*?)\+\]", r"\1", re.sub(r"\[-.*?-\]", "", text))


def field_line(field: Field) -> str:
    return f"{field.label}{field.value}"


def table_lines(table: Table) -> Iterator[str]:
    if table.caption:
        yield table.caption
    if table.unit:
        yield table.unit
    for row in table.rows:
        yield "\t".join(cell for cell in row if cell not in (LEFT, UP))


def lines(blocks: Iterable[Block]) -> Iterator[str]:
    numbering = Numbering()
    for block in blocks:
        match block:
            case Gap() | Break():
                continue
            case Heading(level, text, auto):
                yield (numbering.next(level) if auto else "") + text
            case Field():
                yield field_line(block)
            case Table():
                yield from table_lines(block)
            case _:
                yield final(block.text)


def text(blocks: Iterable[Block]) -> str:
    """Return the sample's text, one line a paragraph or table row, with a line feed at its end."""
    return "\n".join(lines(blocks)) + "\n"
