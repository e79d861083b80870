"""Lists that are dealt out in pairs: 城镇职工和城乡居民…分别为80%和70%, 2021年和2022年分别支出…."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

import regex

from parsers.figures.clauses import Around
from parsers.figures.naming import Name
from parsers.figures.periods import SKIPPED, Dated
from parsers.figures.phrases import is_generic, number_of, trim
from parsers.figures.series import LIST, is_listed, text_between
from parsers.model import Quantity
from patterns import cue

_ITEMS = cue("naming", "naming.cue.items")
_DATE = cue("naming", "naming.cue.item-date")
_SPAN = regex.compile(r"(\d{4})-01/(\d{4})-12")
_SHARES = cue("naming", "naming.cue.shares-of-each")
_CUT = cue("naming", "naming.cue.item-start")


def dealt(text: str, surroundings: Sequence[Around], names: Sequence[Name]) -> tuple[Name, ...]:
    """Deal out paired lists: 城镇职工和城乡居民报销比例分别为80%和70% gives each rate its own group."""
    found = list(names)
    for index, last in _runs(text, surroundings):
        left = text[surroundings[index].clause : surroundings[index].mark.start]
        head, respectively, tail = left.partition("分别")
        groups = _groups(head, last - index + 1, trim(tail)[0]) if respectively else None
        if respectively and groups is None:
            groups = _list_before(text, surroundings, found, index, last - index + 1)
        _deal(found, surroundings, index, last, groups)
    return tuple(found)


def dealt_periods(
    text: str, surroundings: Sequence[Around], dates: Sequence[Dated], periods: Sequence[str]
) -> tuple[str, ...]:
    """Deal out listed dates: 2021年和2022年分别支出1200万元和1350万元,受益农户分别为500户和620户."""
    found = list(periods)
    if "分别" not in text:
        return tuple(found)
    before: Sequence[str] = ()
    sentence = (-1, -1)
    for index, last in _groups_of(text, surroundings):
        around = surroundings[index]
        if around.sentence != sentence:
            before, sentence = (), around.sentence
        count = last - index + 1
        told = [date for date in dates if around.clause <= date.start and date.end <= around.mark.start and date.own]
        own = _listed(text, told, around, count)
        if not told and len(before) == count and "分别" in text[around.clause : around.mark.start]:
            own = list(before)
        if own:
            found[index : last + 1] = own
            before = own
    return tuple(found)


def _groups_of(text: str, surroundings: Sequence[Around]) -> list[tuple[int, int]]:
    """Return the first and last index of every list of figures, and of the figures of every clause."""
    clauses = [list(group) for _, group in groupby(range(len(surroundings)), lambda at: surroundings[at].clause)]
    return sorted({*_runs(text, surroundings), *((group[0], group[-1]) for group in clauses if len(group) > 1)})


def _listed(text: str, told: Sequence[Dated], around: Around, count: int) -> list[str]:
    """Return the periods of the dates before 分别, where they are as many as the figures behind it; else none."""
    listed = told[-count:]
    if not listed or "分别" not in text[listed[-1].end : around.mark.start]:
        return []
    years = _years(told[-1].own)
    if len(years) == count:  # 2021-2023年分别投入
        return years
    if len(listed) < count or not all(LIST.match(text[a.end : b.start]) for a, b in pairwise(listed)):
        return []
    return [date.own if date.period == SKIPPED else date.period or date.own for date in listed]


def _years(period: str) -> list[str]:
    """Return the years of a span of whole years."""
    span = _SPAN.fullmatch(period)
    return [str(year) for year in range(int(span[1]), int(span[2]) + 1)] if span else []


def _runs(text: str, surroundings: Sequence[Around]) -> list[tuple[int, int]]:
    """Return the first and last index of every list of figures: 80%和70%."""
    runs = []
    index = 0
    while index < len(surroundings):
        last = index
        while last + 1 < len(surroundings) and LIST.match(
            text_between(text, surroundings[last], surroundings[last + 1])
        ):
            last += 1
        if last > index:
            runs.append((index, last))
        index = last + 1
    return runs


def _deal(
    names: list[Name],
    surroundings: Sequence[Around],
    first: int,
    last: int,
    groups: list[tuple[str, str]] | None,
) -> None:
    base, unit = names[first], surroundings[first].quantity.unit
    for offset in range(last - first + 1):
        if groups:
            subject, metric = groups[offset]
            names[first + offset] = base._replace(metric=metric or base.metric, subject=subject or base.subject)
        elif not names[first + offset].own:
            other = surroundings[first + offset].quantity
            names[first + offset] = base if other.unit == unit else base._replace(metric=_recounted(base, unit, other))


def _recounted(name: Name, unit: str, other: Quantity) -> str:
    """Return the name of a figure for one of another unit beside it: 追回养老金46人、68.9万元."""
    suffix = unit if name.metric.endswith(unit) else f"{unit}数"
    bare = name.metric.removesuffix(suffix)
    if other.kind != "count":
        return bare
    return bare + number_of(other.unit)


def _list_before(
    text: str, surroundings: Sequence[Around], names: Sequence[Name], first: int, count: int
) -> list[tuple[str, str]] | None:
    """Take the names of the list before: 产出指标50分、效益指标30分，自评分别为49.2分、29分.

    Changes are dealt out to the figures of the clauses before: 游客120万人次,收入8亿元,分别增长15%和18%.
    """
    before = range(first - count, first)
    if first < count or surroundings[first - count].sentence != surroundings[first].sentence:
        return None
    left, _, act = text[surroundings[first - 1].mark.end : surroundings[first].mark.start].partition("分别")
    act = trim(act)[0]
    if all(is_listed(text, surroundings[at - 1], surroundings[at]) for at in before[1:]):
        return [(names[at].subject, names[at].metric + trim(left)[0]) for at in before]
    act = act or trim(left)[0]  # 占比分别为
    points = surroundings[first].quantity.unit == "百分点"  # 入学率99%,巩固率96%,分别高出目标2个、1个百分点
    shares = surroundings[first].quantity.unit == "%" and _SHARES.fullmatch(act) is not None  # 三级分担比例分别为
    if not (shares or (act and is_generic(act))):
        return None
    if any(surroundings[at].quantity.kind == "rate" for at in before) != points:
        return None
    return [(names[at].subject, names[at].metric + act) for at in before]


def _groups(head: str, count: int, act: str) -> list[tuple[str, str]] | None:
    """Split «A和B共同的名称» into (A, 名称) and (B, 名称): the groups are taken to be as long as the first.

    Where ``act`` follows 分别 (分别发放补贴), it is the name, and the items are whose it is.
    """
    items = _ITEMS.split(head)[-count:]
    if len(items) < count:
        return None
    first = _CUT.split(items[0])[-1]
    last = items[-1]
    if any(_DATE.match(item.strip()) for item in (first, *items[1:])):
        return [("", act)] * count
    shared = last[len(first) :] if len(last) > len(first) + 1 else ""
    if len(act) >= 2:
        return [(item, act) for item in (*(item + shared for item in (first, *items[1:-1])), last)]
    if not shared:
        return [("", item) for item in (first, *items[1:])]
    return [(item, trim(shared)[0]) for item in (first, *items[1:-1], last[: len(first)])]
