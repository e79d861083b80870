"""Which period a figure of prose belongs to: the date that its own sentence states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.clauses import Around
from parsers.dates import read_period
from parsers.scan import Mark
from patterns import matcher

_ONLY = re.compile(r"^[,。;:、(]?(?:截至|截止|截止到|截至到|到|自|从|为止|止|,|至|以来|底|末|年|度|\s|\))*$")
SKIPPED = "-"
"""A date that is compared with or belongs to something else: it is passed over."""
_SO_FAR = re.compile(r"截[至止]|[至到]$")
_FINE = re.compile(r"^\d{4}-\d\d(?:-\d\d)?$")


class Dated(NamedTuple):
    """A date of the view and the period that it names, in ISO form; empty where it is the date of an act."""

    start: int
    end: int
    period: str
    own: str = ""
    """The period of a figure that stands right behind the date, whatever else the date is for."""
    whole_clause: bool = False
    """Whether that holds for all figures of the date's clause."""


def says_period(name: str, text: str) -> bool:
    """Tell whether one of the patterns ``name`` of periods.toml is found in ``text``."""
    return matcher("periods", name).found_in(text)


def _words(name: str, text: str) -> list[tuple[int, int]]:
    return [found.span() for pattern in matcher("periods", name).patterns for found in pattern.regex.finditer(text)]


def dated(text: str, marks: Sequence[Mark], year: str) -> tuple[Dated, ...]:
    """Return the dates among ``marks`` that can say when a figure holds; ``year`` completes a month alone."""
    found: list[Dated] = []
    for mark in marks:
        if mark.what != "date":
            continue
        left, right = text[max(0, mark.start - 8) : mark.start], text[mark.end : mark.end + 10]
        own = read_period(text[mark.start : mark.end], year)
        if says_period("skip_left", left) or right.startswith("的"):
            found.append(Dated(mark.start, mark.end, SKIPPED, own))
            continue
        if says_period("act", right):
            found.append(Dated(mark.start, mark.end, "", own, whole_clause=True))
            continue
        period = "" if says_period("skip_right", right) else own
        if says_period("end_of_year", right) and len(period) == 4:
            period += "-12-31"
        found.append(Dated(mark.start, mark.end, period, own))
    if year:
        found.extend(Dated(*word, year) for word in _words("this_year", text))
        found.extend(Dated(*word, f"{year}-12-31") for word in _words("year_end", text))
        last = str(int(year) - 1)
        found.extend(Dated(*word, SKIPPED, last, whole_clause=True) for word in _words("last_year", text))
    return tuple(sorted(found, key=lambda date: date.start))


def _own_clause(text: str, around: Around, date: Dated) -> int:
    """Return where a figure's own clause begins: with the date before it, where that is all the clause before holds."""
    before = max(text.rfind(cut, 0, max(around.clause - 1, 0)) for cut in ",;:。(\n") + 1
    alone = _ONLY.match(text[before : date.start] + text[date.end : around.clause]) if date.start >= before else None
    return before if alone else around.clause


def period_of(text: str, around: Around, dates: Sequence[Dated], figures: Sequence[Mark], *, near: bool = False) -> str:
    """Return the period that the sentence states for a figure: the last date before it, nearest first.

    A day or month in a clause of its own business (2024年1月30日支出完毕) speaks for that clause alone. With ``near``
    only a date in the figure's own clause counts: goals and rules have no period but their own.
    """
    start = around.mark.start
    for date in reversed(dates):
        if date.end > start:
            continue
        if date.whole_clause and date.own and date.start >= around.clause:
            return date.own
        if date.period == SKIPPED and start - date.end > 1:
            continue
        if date.start < (_own_clause(text, around, date) if near else around.sentence[0]):
            break
        if start - date.end <= 1 and date.own:
            return date.own
        if date.start >= around.clause or not _FINE.match(date.period):
            return date.period
        cuts = [text.rfind(mark, around.sentence[0], date.start) for mark in ",;:("]
        begin = max(around.sentence[0], max(cuts) + 1)
        end = min((at for mark in ",;:)" if (at := text.find(mark, date.end)) >= 0), default=len(text))
        so_far = _SO_FAR.search(text[begin : date.start]) is not None
        counts = (so_far or date.start >= around.part[0]) and any(date.end <= mark.start < end for mark in figures)
        if says_period("turn", text[date.end : start]):
            return ""
        if counts or _ONLY.match(text[begin : date.start] + text[date.end : end]):
            return date.period
    return ""
