"""What a check found: a statement of the report, what its other figures give, and whether the two agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from parsers.model import Fact, Report

PLACES: Final = 6
"""Decimal places to which a recomputed figure is shown; comparisons are exact."""
SCANNED: Final = (
    "本件由图像识别，数字可能误识。",
    "The text was recognised from an image: a digit may be misread.",
)
"""What a finding on recognised text says, in Chinese and English."""
_NAMES = ((12, "万亿"), (8, "亿"), (7, "千万"), (6, "百万"), (4, "万"), (3, "千"))
_TENTH = Decimal("0.1")
_SCALES: Final = tuple((Decimal(10**power), name) for power, name in _NAMES)


class Verdict(StrEnum):
    """Whether a statement follows from the report's other figures."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    UNCHECKABLE = "uncheckable"


class Severity(StrEnum):
    """How much a finding matters: by the size of the gap and the certainty of the reading."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"
    """For what agrees."""

    @property
    def milder(self) -> Severity:
        """The next lower severity; LOW has none."""
        return {Severity.HIGH: Severity.MEDIUM}.get(self, Severity.LOW)


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement checked. ``facts`` are the indices of its evidence in the report's facts, the stated one first.

    ``difference`` is stated less computed; it and ``tolerance`` are in base units (yuan, percent, marks).
    """

    check_id: str
    verdict: Verdict
    severity: Severity
    stated: str
    computed: str
    message: str
    message_zh: str
    facts: tuple[int, ...] = ()
    quotes: tuple[str, ...] = ()
    """Evidence that is no fact: dates, fields, paragraphs."""
    difference: Decimal | None = None
    tolerance: Decimal | None = None


def decimal(value: Fraction, places: int = PLACES) -> Decimal:
    """Return ``value`` as a decimal of at most ``places`` places, half away from zero, without trailing zeros."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    found = Decimal(whole).scaleb(-places)
    found = found.quantize(Decimal(1)) if found == found.to_integral_value() else found.normalize()
    return -found if value < 0 and found else found


def printed(fact: Fact) -> str:
    """Return a figure's number as printed, without its unit and separators."""
    if fact.value is None:
        return fact.quote
    return f"{fact.value / fact.scale:.{fact.decimals}f}"


def shown(value: Fraction, like: Fact, more: int = 2) -> str:
    """Return a value in the unit that ``like`` is printed in, to a few places more than it: 19797.89万元."""
    places = min(like.decimals + more, PLACES)
    return f"{decimal(value / Fraction(like.scale), places):f}{unit_of(like)}"


def unit_of(fact: Fact) -> str:
    """Return the unit in which a figure is printed: 万元, 人, %, ‰."""
    scale = next((name for worth, name in _SCALES if fact.scale == worth), "")
    if fact.unit == "ratio":
        return ""
    if fact.unit == "%" and fact.scale == _TENTH:
        return "‰"
    return f"{scale}{fact.unit}{'/' + fact.per if fact.per else ''}"


def named(fact: Fact) -> str:
    """Return a figure with its name: 累计结余19787.89万元."""
    quote = "".join(fact.quote.split())
    if quote[-1:].isdigit():  # its unit stands elsewhere: over its column, or in its label
        quote += unit_of(fact)
    return f"{fact.metric}{quote}"


def where(report: Report, fact: Fact, language: str) -> str:
    """Return where a figure stands for a person who looks it up: page, section or table cell."""
    zh = language == "zh"
    parts = []
    if fact.page is not None:
        parts.append(f"第{fact.page}页" if zh else f"page {fact.page}")
    if fact.cell:
        parts.append(fact.cell if not zh else _cell_zh(fact.cell))
    elif fact.section_index is not None:
        parts.append(f"“{report.sections[fact.section_index].title}”")
    return ("，" if zh else ", ").join(parts)


def _cell_zh(cell: str) -> str:
    words = cell.split()
    return f"表{words[1]}第{words[3]}行第{words[5]}列" if len(words) == 6 else cell
