"""What the parsers find: reports with their sections, facts, grids, scores and citations.

Values are exact decimals in base units: yuan, single things, percent, marks. Spans point into ``Document.text``, and
``Document.text[span.start:span.end] == quote`` holds for everything that has a quote.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from extract.document import BBox, Span

Kind = Literal["amount", "count", "rate", "score", "duration", "other"]
Role = Literal["actual", "target", "norm", "full", "awarded"]
Bound = Literal["eq", "ge", "gt", "le", "lt", "approx"]
Source = Literal["text", "heading", "form", "table"]
UnitFrom = Literal["text", "cell", "header", "row", "caption", "document"]


class Quantity(NamedTuple):
    """A figure as it stands: number, unit and what touches it, before anything is said of its meaning."""

    span: Span
    kind: Kind
    unit: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    per: str = ""
    bound: Bound = "eq"
    decimals: int = 0
    """Printed decimal places."""
    scale: Decimal = Decimal(1)
    """Value of the printed unit in base units: 10000 for 万元."""
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. ``parent`` is the index of the section above, None at the top."""

    level: int
    number: str
    title: str
    span: Span
    """From the heading's first character to the end of the section's last."""
    heading: Span
    """The heading itself, number included."""
    parent: int | None = None
    page: int | None = None


class Fact(NamedTuple):
    """A figure with its meaning: the columns of the table ``facts`` that a parser fills."""

    span: Span
    quote: str
    kind: Kind
    unit: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    per: str
    bound: Bound
    role: Role
    metric: str
    subject: str
    scope: str
    section: str
    """Titles of the sections above, joined by `` > ``."""
    section_index: int | None
    period: str
    year: str
    sentence: str
    source: Source
    unit_from: UnitFrom
    decimals: int
    scale: Decimal
    pattern: str
    indicator: str = ""
    part_of: int | None = None
    """Index, in the report's facts, of the total that this one is a part of."""
    page: int | None = None
    bbox: BBox | None = None
    cell: str = ""
    """``table 3 row 2 col 4`` (from 1) where the figure stands in a table."""
    ocr_score: float | None = None


class GridCell(NamedTuple):
    """A table cell with the headers that govern it. Rows and columns count from 0; headers are joined by `` > ``."""

    row: int
    col: int
    text: str
    span: Span
    row_header: str
    col_header: str
    unit: str
    value: Decimal | None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, the unit that the caption or document gives, and all its cells."""

    ordinal: int
    span: Span
    caption: str
    unit: str
    cells: tuple[GridCell, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A node of the indicator tree: path from the root, target and result as printed, marks as numbers."""

    path: tuple[str, ...]
    target: str = ""
    actual: str = ""
    full: Decimal | None = None
    awarded: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document; what is not stated is empty."""

    number: str
    issuer: str
    year: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Unread:
    """A numeral that is neither a fact nor a known non-fact, and why it was left."""

    span: Span
    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a document. Cover fields that are not stated are empty."""

    ordinal: int
    span: Span
    title: str = ""
    report_type: str = ""
    organisation: str = ""
    province: str = ""
    city: str = ""
    county: str = ""
    region_code: str = ""
    year: str = ""
    project: str = ""
    fund: str = ""
    self_score: Decimal | None = None
    grade: str = ""
    fill_date: str = ""
    report_date: str = ""
    filled_by: str = ""
    phone: str = ""
    page_start: int | None = None
    page_end: int | None = None
    sections: tuple[Section, ...] = ()
    facts: tuple[Fact, ...] = ()
    grids: tuple[Grid, ...] = ()
    scores: tuple[Score, ...] = ()
    citations: tuple[Citation, ...] = ()
    unread: tuple[Unread, ...] = ()
    numerals: int = 0
    """Numerals in the report's text, read or not."""
