"""Which period a figure of prose belongs to: the date that its own sentence states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from parsers.figures.clauses import Around
from parsers.figures.dates import PART_OF_YEAR, last_day, part_of_year, read_period, year_before
from parsers.figures.scan import Mark
from patterns import cue, matcher

_NAMED = cue("periods", "period.cue.named")
_STOP = re.compile(r"[。!?\n]")
_ALONE = cue("periods", "period.cue.alone")
SKIPPED = "-"
"""A date that is compared with or belongs to something else: it is passed over."""
_SO_FAR = cue("periods", "period.cue.so-far")
_ROSE = cue("periods", "period.cue.rose")
_CITES = cue("periods", "period.cue.cites")
_HEADED = cue("periods", "period.cue.headed")
_YEAR = cue("periods", "period.cue.heading-year")
_TASKS = cue("periods", "period.cue.tasks")
_SPELL = cue("periods", "period.cue.spell")
FARTHEST_HEAD = 400
"""So far before a sentence does a heading that runs into its paragraph speak for it."""
_MORE = cue("periods", "period.cue.more")
_OF_IT = cue("periods", "period.cue.of-it")
_MONTH_END = re.compile(r"月?[底末]")
_UP_TO = cue("periods", "period.cue.up-to")
_BRACKET = cue("periods", "period.cue.bracket")
_BY = cue("periods", "period.cue.by")
_SAME_MONTHS = cue("periods", "period.cue.same-months")
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


@lru_cache(maxsize=4096)
def says_period(name: str, text: str) -> bool:
    """Tell whether one of the patterns ``name`` of periods.toml is found in ``text``."""
    return matcher("periods", name).found_in(text)


def _words(name: str, text: str) -> list[tuple[int, int]]:
    return [found.span() for pattern in matcher("periods", name).patterns for found in pattern.found_in(text)]


def dated(text: str, marks: Sequence[Mark], year: str) -> tuple[Dated, ...]:
    """Return the dates among ``marks`` that can say when a figure holds.

    A month alone is of the year that its sentence named last, else of ``year``.
    """
    found: list[Dated] = []
    said, upto = year, 0
    for mark in marks:
        if mark.what != "date":
            continue
        left, right = text[max(0, mark.start - 8) : mark.start], text[mark.end : mark.end + 10]
        named = _NAMED.findall(text, mark.start, mark.end)
        if named:
            said, upto = named[-1], mark.end
        elif _STOP.search(text, upto, mark.start):
            said = year
        own = read_period(text[mark.start : mark.end], said)
        if says_period("skip_left", left) or right.startswith("的"):
            found.append(Dated(mark.start, mark.end, SKIPPED, own))
            continue
        if right.startswith("《") or (_CITES.search(left) and says_period("cited", text[mark.end : mark.end + 40])):
            found.append(Dated(mark.start, mark.end, SKIPPED, ""))
            continue
        if says_period("act", right):
            found.append(Dated(mark.start, mark.end, "", own, whole_clause=True))
            continue
        if _MONTH_END.match(text, mark.end - 1) and _UP_TO.search(left):  # 截至2023年6月底
            own = last_day(own)
        spell = PART_OF_YEAR.match(text, mark.end) if len(own) == len("2024") else None
        own = part_of_year(spell, own) if spell is not None else own
        period = "" if spell is None and says_period("skip_right", right) else own
        if says_period("end_of_year", right) and len(period) == len("2024"):
            period += "-12-31"
        found.append(Dated(mark.start, mark.end, period, own))
    if year:
        found.extend(_parts_of_year(text, marks, year))
        found.extend(Dated(*word, year) for word in _words("this_year", text))
        ends = [(word, _year_before(text, found, word, year)) for word in _words("year_end", text)]
        found.extend(Dated(*word, f"{named}-12-31") for word, named in ends)
        last = str(int(year) - 1)
        found.extend(Dated(*word, SKIPPED, last, whole_clause=True) for word in _words("last_year", text))
        if "上" in text or "去" in text:
            found.extend(Dated(*word, SKIPPED, last) for word in _words("compared_year", text))
            found.extend(Dated(*word, SKIPPED, f"{last}-12-31") for word in _words("last_year_end", text))
    found.sort(key=lambda date: date.start)
    return tuple(_as_same_months(text, found))


def _year_before(text: str, dates: Sequence[Dated], word: tuple[int, int], year: str) -> str:
    """Return the year that a sentence named last before a word of it (2018年收入…,年末结转…), else the report's."""
    told = (date for date in reversed(dates) if date.period not in ("", SKIPPED) and date.end <= word[0])
    near = next(told, None)
    return near.period[:4] if near is not None and not _STOP.search(text, near.end, word[0]) else year


def _parts_of_year(text: str, marks: Sequence[Mark], year: str) -> Iterator[Dated]:
    """Yield the parts of the report's year that are named without it: 上半年, 三季度."""
    ends = {mark.end for mark in marks if mark.what == "date"}
    for spell in PART_OF_YEAR.finditer(text) if "季度" in text or "半年" in text else ():
        if spell.start() not in ends:
            yield Dated(spell.start(), spell.end(), part_of_year(spell, year))


def _as_same_months(text: str, dates: Sequence[Dated]) -> Iterator[Dated]:
    """Yield the dates; what is of 上年同期 is of the months that its sentence named before, a year earlier."""
    for number, date in enumerate(dates):
        before = dates[number - 1] if number else None
        if before is not None and date.period == SKIPPED and _SAME_MONTHS.search(text, date.start, date.end):
            whole = len(before.period) > len("2024") and not _STOP.search(text, before.end, date.start)
            yield date._replace(own=year_before(before.period)) if whole else date
        else:
            yield date


def _own_clause(text: str, around: Around, date: Dated) -> int:
    """Return where a figure's own clause begins: with the date before it, where that is all the clause before holds."""
    before = max(text.rfind(cut, 0, max(around.clause - 1, 0)) for cut in ",;:。(\n") + 1
    alone = _ALONE.match(text[before : date.start] + text[date.end : around.clause]) if date.start >= before else None
    return before if alone else around.clause


def headed_year(text: str, around: Around, headings: Sequence[str], year: str) -> str:
    """Return the year that a heading gives to a figure without a period of its own, where it is not the report's.

    2.2021年度绩效目标。新建…: a short sentence that opens the line's matter heads it as a heading above does.
    """
    line = max(text.rfind("\n", 0, around.mark.start) + 1, around.sentence[0] - FARTHEST_HEAD)
    told = _year_between(text, line, around.sentence[0]) or (_year_in(headings[-1]) if headings else "")
    return told if told != year else ""


@lru_cache(maxsize=1024)
def _year_between(text: str, start: int, end: int) -> str:
    """Return the year that the last short heading between two places of ``text`` gives to what is behind it."""
    told = _HEADED.findall(text, start, end) if "年" in text[start:end] else ()
    return str(told[-1]) if told else ""


@lru_cache(maxsize=1024)
def _year_in(heading: str) -> str:
    """Return the one year that a heading names; empty where it names several or a spell of time."""
    if _SPELL.search(heading) or len(_NAMED.findall(heading)) != 1:
        return ""
    told = _YEAR.findall(heading)
    return str(told[0]) if len(told) == 1 else ""


def _compared(text: str, date: Dated, start: int) -> bool:
    """Tell whether a date only measures a figure: 比2021年多|17部; the year of 2021年|5万元 dates it."""
    return date.period == SKIPPED and (start - date.end > 1 or _MORE.fullmatch(text[date.end : start]) is not None)


def _is_of(text: str, date: Dated, start: int) -> bool:
    """Tell whether a figure is of a date that another is compared with: 由2021年的每人每年|940元提高到…."""
    return date.period == SKIPPED and bool(date.own) and _OF_IT.fullmatch(text, date.end, start) is not None


def _closed_off(text: str, date: Dated, start: int, figures: Sequence[Mark]) -> bool:
    """Tell whether a date stands in brackets with business of their own, closed before ``start``.

    共15个(含2022年结转项目3个),到位310万元: the year belongs to the bracket; 投入(2021年)5万元 is dated by it.
    """
    closed = text.find(")", date.end, start)
    if closed < 0:
        return False
    opened = text.rfind("(", max(0, date.start - 40), date.start)
    if opened < 0 or ")" in text[opened : date.start] or "(" in text[date.end : closed]:
        return False
    own = _BRACKET.search(text[opened : date.start]) is not None
    return own or any(opened < mark.start < closed for mark in figures)


def _governs(text: str, date: Dated, start: int) -> bool:
    """Tell whether a date holds for all goals behind it: 到2030年,新建…,改造…; 2022年,省下达任务:新建…."""
    by = len(date.period) == 4 and _BY.search(text[max(date.start - 2, 0) : date.start]) is not None
    return by or _TASKS.search(text, date.end, start) is not None


def _so_far(text: str, around: Around, date: Dated, dates: Sequence[Dated]) -> str:
    """Return the day up to which a bare year's money was counted: 截至2023年6月底,2022年度资金支出….

    The day has a clause to itself, and the year begins the next one.
    """
    if len(date.period) != 4 or text[date.start - 1 : date.start] != ",":
        return ""
    for before in dates:
        if before.end <= date.start - 1 and before.start >= around.sentence[0] and _FINE.match(before.period):
            begin = max(text.rfind(mark, 0, before.start) for mark in ",;:。(\n") + 1
            words = text[begin : before.start] + text[before.end : date.start - 1]
            if _SO_FAR.search(text[begin : before.start]) and _ALONE.match(words) and date.period <= before.period[:4]:
                return before.period
    return ""


def period_of(text: str, around: Around, dates: Sequence[Dated], figures: Sequence[Mark], *, near: bool = False) -> str:
    """Return the period that the sentence states for a figure: the last date before it, nearest first.

    A day or month in a clause of its own business (2024年1月30日支出完毕) speaks for that clause alone. With ``near``
    only a date in the figure's own clause counts: goals and rules have no period but their own.
    """
    start = around.mark.start
    for date in reversed(dates):
        if date.end > start:
            continue
        rose = date.period == SKIPPED and _ROSE.search(text, date.end, start) is not None
        if date.whole_clause and date.own and date.start >= around.clause and not rose:
            return date.own
        if not rose and _is_of(text, date, start):
            return date.own
        if rose or _compared(text, date, start) or _closed_off(text, date, start, figures):
            continue
        if date.start < around.sentence[0]:
            break
        if near and date.start < _own_clause(text, around, date) and not _governs(text, date, start):
            break
        if start - date.end <= 1 and date.own:
            return date.own
        if date.start >= around.clause or not _FINE.match(date.period):
            return _so_far(text, around, date, dates) or date.period
        cuts = [text.rfind(mark, around.sentence[0], date.start) for mark in ",;:("]
        begin = max(around.sentence[0], max(cuts) + 1)
        end = min((at for mark in ",;:)" if (at := text.find(mark, date.end)) >= 0), default=len(text))
        so_far = _SO_FAR.search(text[begin : date.start]) is not None
        counts = (so_far or date.start >= around.part[0]) and any(date.end <= mark.start < end for mark in figures)
        if says_period("turn", text[date.end : start]):
            return ""
        up_to = _UP_TO.search(text, begin, date.start)  # 资金使用情况截至2021年12月31日,共支出
        if counts or _ALONE.match(text[up_to.start() if up_to else begin : date.start] + text[date.end : end]):
            return date.period
    return ""
