"""The few things a report is made of. Content modules build tuples of these; ``render`` turns them into files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LEFT = "<"
"""A table cell that belongs to the cell on its left."""
UP = "^"
"""A table cell that belongs to the cell above."""


@dataclass(frozen=True, slots=True)
class Title:
    """A centred title line; ``small`` for the line under it."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. ``auto``: Word counts its number; otherwise the number is typed in ``text``."""

    level: int
    text: str
    auto: bool = True


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. ``[-gone-][+come+]`` marks a tracked deletion and insertion."""

    text: str
    align: Literal["body", "left", "center", "right"] = "body"


@dataclass(frozen=True, slots=True)
class Field:
    """A line of a cover form: label, and value on a ruled line. ``control``: the value is in a content control."""

    label: str
    value: str
    control: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; ``LEFT`` and ``UP`` merge. ``widths`` in centimetres, ``header`` rows repeat on a new page."""

    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    unit: str = ""
    header: int = 1
    size: float = 10.5
    prose: tuple[int, ...] = ()
    """Columns whose text runs from the left."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Break:
    """A new page."""


Block = Title | Heading | Para | Field | Table | Gap | Break


def rows(text: str) -> tuple[tuple[str, ...], ...]:
    """Read table rows, one a line, cells separated by ``|``; ``//`` breaks a line inside a cell."""
    return tuple(
        tuple(cell.strip().replace("//", "\n") for cell in line.split("|")) for line in text.strip().splitlines()
    )
