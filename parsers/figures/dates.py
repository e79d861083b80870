"""Dates and periods as reports write them, in ISO form."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache

from parsers.figures.numbers import DIGITS, read_hanzi
from parsers.view import fold
from patterns import cue

_HANZI_YEAR = cue("periods", "period.cue.hanzi-year")
_HANZI_PART = cue("periods", "period.cue.hanzi-part")
_DAY = cue("periods", "period.cue.day")
_MONTHS = cue("periods", "period.cue.months")
_DAYS = cue("periods", "period.cue.days")
_YEARS = cue("periods", "period.cue.years")
_MONTH = cue("periods", "period.cue.month")
PART_OF_YEAR = cue("periods", "period.cue.part-of-year")
_ONE_MONTH = re.compile(r"(\d{4})-(\d\d)")
_YEAR = re.compile(r"\d{4}(?=-|/|$)")
_PARTS = {
    "first_half": (1, 6),
    "second_half": (7, 12),
    "three_quarters": (1, 9),
    "first": (1, 3),
    "second": (4, 6),
    "third": (7, 9),
    "fourth": (10, 12),
}
"""The first and the last month of what ``PART_OF_YEAR`` names."""


def arabic(text: str) -> str:
    """Return ``text`` folded, without white space, its Chinese date numerals in digits."""
    plain = "".join(fold(text).split()).replace("○", "〇")
    plain = _HANZI_YEAR.sub(lambda found: "".join(str(DIGITS[char]) for char in found[0]), plain)
    return str(_HANZI_PART.sub(lambda found: str(read_hanzi(found[0])), plain))


def _join(year: str, month: str | None, day: str | None = None) -> str:
    parts = [year, *(f"{int(part):02d}" for part in (month, day) if part)]
    return "-".join(parts)


def read_date(text: str) -> str:
    """Return the first date in ``text``: 2022-08-16, 2022-03, 2022; the empty text where there is none."""
    found = _DAY.search(arabic(text))
    return _join(found["y"], found["m"], found["d"]) if found else ""


@lru_cache(maxsize=2048)
def read_period(text: str, year: str) -> str:
    """Return the period that a date expression names; ``year`` stands in where it names a month alone.

    ``2021年1-12月`` is 2021-01/2021-12, ``2022年7月1日至2023年6月30日`` 2022-07-01/2023-06-30; a month without a year
    and without ``year`` gives the empty text.
    """
    plain = arabic(text)
    if found := _DAYS.search(plain):
        first = _join(found["y"], found["m"], found["d"])
        return f"{first}/{_join(found['y2'] or found['y'], found['m2'], found['d2'])}"
    if found := _MONTHS.search(plain):
        begin = found["y"] or year
        return f"{_join(begin, found['a'])}/{_join(found['y2'] or begin, found['b'])}" if begin else ""
    if found := _YEARS.search(plain):
        return f"{found['a']}-01/{found['b']}-12"
    if found := _DAY.search(plain):
        return _join(found["y"], found["m"], found["d"])
    if (found := _MONTH.search(plain)) and year:
        return _join(year, found["m"], found["d"])
    return ""


def part_of_year(found: re.Match[str], year: str) -> str:
    """Return the months that a match of ``PART_OF_YEAR`` names: 2024-01/2024-06."""
    first, last = _PARTS[str(found.lastgroup)]
    return f"{year}-{first:02d}/{year}-{last:02d}"


def last_day(period: str) -> str:
    """Return the last day of a month: 2023-06 is 2023-06-30; another period stays what it is."""
    found = _ONE_MONTH.fullmatch(period)
    return f"{period}-{monthrange(int(found[1]), int(found[2]))[1]}" if found else period


def year_before(period: str) -> str:
    """Return the same days, months or year of the year before: 2024-01/2024-06 is 2023-01/2023-06."""
    before = _YEAR.sub(lambda year: f"{int(year[0]) - 1:04d}", period)
    return before.replace("02-29", "02-28")
