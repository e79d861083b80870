"""Marks: awards within full marks, indicators that add up to their parents, and the total stated in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import regex

from jixiao.checks.case import Case
from jixiao.checks.statements import statements
from jixiao.findings import Finding, Severity, Verdict
from parsers.model import Score
from parsers.scores import is_whole

Column = Literal["full", "awarded"]
_COLUMNS: tuple[Column, ...] = ("full", "awarded")
HUNDRED = Decimal(100)
LEAST_TOTAL = Decimal(50)
"""A total of marks below this is some indicator's, not the report's."""
_NAMES: dict[Column, tuple[str, str]] = {"full": ("full marks", "满分"), "awarded": ("marks awarded", "得分")}
_TOTAL_NAME = regex.compile(r"(?:自评|评价|综合|总|项目)[一-龥]{0,6}(?:得分|总分|分|评分)|^(?:得分|总分|自评)$")


@dataclass(frozen=True, slots=True)
class _Sum:
    """A parent's marks and those of the indicators under it, in one way of reading the tree."""

    name: str
    column: Column
    stated: Decimal
    parts: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        return sum(self.parts, Decimal(0))

    @property
    def expression(self) -> str:
        return f"{' + '.join(_plain(part) for part in self.parts)} = {_plain(self.total)}"


def in_proportion(case: Case) -> Iterator[Finding]:
    """Prove that marks which follow a rate (执行率) or a missed target are in proportion to it; it only confirms."""
    return statements(case, "mark", "marks.proportion", Severity.LOW)


def within_full(case: Case) -> Iterator[Finding]:
    """Prove that no indicator was awarded more than its full marks; only the breach is told."""
    for score in case.report.scores:
        if score.full is None or score.awarded is None or score.awarded <= score.full:
            continue
        name = score.path[-1]
        yield Finding(
            check_id="marks.within-full",
            verdict=Verdict.INCONSISTENT,
            severity=Severity.HIGH,
            stated=f"{name} {_plain(score.awarded)}分",
            computed=f"{_plain(score.awarded)} > {_plain(score.full)}",
            message=f"{name} was awarded {_plain(score.awarded)} of {_plain(score.full)} marks.",
            message_zh=f"指标“{name}”得分{_plain(score.awarded)}分，超过满分{_plain(score.full)}分。",
            facts=_evidence(case, (score,), "awarded"),
            quotes=(_plain(score.full), _plain(score.awarded)),
            difference=score.awarded - score.full,
            tolerance=Decimal(0),
        )


def tree(case: Case) -> Iterator[Finding]:
    """Prove that the indicators under each indicator add up to it, in full marks and in marks awarded.

    Where neither adds up, an indicator was more likely not read: that cannot accuse.
    """
    scores = [score for score in case.report.scores if not is_whole(score.path[-1])]
    for parent in scores:
        below = [score for score in scores if len(score.path) > len(parent.path) and _under(score, parent)]
        sums: dict[Column, list[_Sum]] = {}
        for column in _COLUMNS:
            stated = getattr(parent, column)
            readings = _readings(parent.path, below, column)
            if stated is not None and readings:
                sums[column] = [_Sum(parent.path[-1], column, stated, parts) for parts in readings]
        sure = any(_hold(found) for found in sums.values())
        for found in sums.values():
            yield from _summed(found, sure=sure)


def total(case: Case) -> Iterator[Finding]:
    """Prove that the first indicators add up to the report's total, and their full marks to a hundred."""
    scores = [score for score in case.report.scores if not is_whole(score.path[-1])]
    wholes = [score for score in case.report.scores if is_whole(score.path[-1])]
    top = wholes[-1] if wholes else Score(("",))
    full = _readings((), scores, "full")
    awarded = _readings((), scores, "awarded")
    whole = any(sum(parts, Decimal(0)) == (top.full or HUNDRED) for parts in full)
    if full and (top.full is not None or whole):
        yield from _summed([_Sum("总分", "full", top.full or HUNDRED, parts) for parts in full], sure=whole)
    stated = top.awarded if top.awarded is not None else case.report.self_score
    if awarded and stated is not None and stated >= LEAST_TOTAL:
        yield from _summed([_Sum("总分", "awarded", stated, parts) for parts in awarded], sure=whole)


def stated_twice(case: Case) -> Iterator[Finding]:
    """Prove that the total which the text states is the total of the table of marks."""
    tops = [score.awarded for score in case.report.scores if is_whole(score.path[-1]) and score.awarded is not None]
    if not tops:
        return
    for index, fact in enumerate(case.report.facts):
        if fact.kind != "score" or fact.role != "awarded" or fact.cell or fact.value is None:
            continue
        if fact.value < LEAST_TOTAL or not _TOTAL_NAME.search(fact.metric) or "上年" in fact.metric:
            continue
        same = fact.value in tops
        other = fact.value if same else tops[-1]
        sign = "=" if same else "≠"
        yield Finding(
            check_id="marks.total-twice",
            verdict=Verdict.CONSISTENT if same else Verdict.INCONSISTENT,
            severity=Severity.NONE if same else Severity.HIGH,
            stated=f"{fact.metric}{_plain(fact.value)}分",
            computed=f"{_plain(fact.value)} {sign} {_plain(other)}",
            message=f"The text states {_plain(fact.value)} marks, the table of marks {_plain(other)}.",
            message_zh=f"正文所述得分{_plain(fact.value)}分，评分表合计{_plain(other)}分。",
            facts=(index, *_evidence(case, (Score(("合计",), awarded=other),), "awarded")),
            quotes=(f"合计{_plain(other)}",),
            difference=fact.value - other,
            tolerance=Decimal(0),
        )


def _under(score: Score, parent: Score) -> bool:
    return score.path[: len(parent.path)] == parent.path


def _readings(path: tuple[str, ...], below: Sequence[Score], column: Column) -> list[tuple[Decimal, ...]]:
    """Return the marks under an indicator as its children, its leaves, or with only children taken for siblings.

    An indicator with one below it is more likely its sibling, put a level too deep. None where a mark is missing.
    """
    direct = [score for score in below if len(score.path) == len(path) + 1]
    parents = {score.path[:-1] for score in below}
    leaves = [score for score in below if score.path not in parents]
    single = {parent for parent in parents if sum(score.path[:-1] == parent for score in below) == 1 and parent != path}
    flat = [score for score in below if score.path not in parents or score.path in single]
    found: list[tuple[Decimal, ...]] = []
    for reading in (direct, flat, leaves):
        marks = tuple(mark for score in reading if (mark := getattr(score, column)) is not None)
        if len(marks) == len(reading) > 1 and marks not in found:
            found.append(marks)
    return found


def _hold(readings: Sequence[_Sum]) -> bool:
    return any(reading.total == reading.stated for reading in readings)


def _summed(readings: Sequence[_Sum], *, sure: bool = True) -> Iterator[Finding]:
    """Yield what the readings of one sum say: it holds in one of them, or, where the tree is ``sure``, in none."""
    held = next((reading for reading in readings if reading.total == reading.stated), None)
    reading = held or readings[0]
    verdict = Verdict.CONSISTENT if held else Verdict.INCONSISTENT if sure else Verdict.UNCHECKABLE
    severity = {Verdict.CONSISTENT: Severity.NONE, Verdict.INCONSISTENT: Severity.HIGH}.get(verdict, Severity.LOW)
    en, zh = _NAMES[reading.column]
    gap = reading.stated - reading.total
    apart = "" if held else f": {_plain(abs(gap))} apart"
    differs = "，相符" if held else f"，相差{_plain(abs(gap))}分"
    if verdict is Verdict.UNCHECKABLE:
        apart, differs = f"{apart}; not all indicators were read", f"{differs}；指标可能未全部读出，无法判断"
    yield Finding(
        check_id="marks.tree",
        verdict=verdict,
        severity=severity,
        stated=f"{reading.name}{zh}{_plain(reading.stated)}分",
        computed=reading.expression,
        message=f"{reading.name}: {en} {_plain(reading.stated)}; its indicators give {reading.expression}{apart}.",
        message_zh=f"{reading.name}{zh}{_plain(reading.stated)}分；其下各指标合计 {reading.expression}{differs}。",
        facts=(),
        quotes=(_plain(reading.stated), *(_plain(part) for part in reading.parts)),
        difference=gap,
        tolerance=Decimal(0),
    )


def _evidence(case: Case, scores: Sequence[Score], column: Column) -> tuple[int, ...]:
    """Return the facts that state the marks of ``scores``, where they can be told by name and value."""
    found = []
    for score in scores:
        name, value = score.path[-1], getattr(score, column)
        for index, fact in enumerate(case.report.facts):
            if fact.role == column and fact.value == value and (name in fact.metric or name in fact.subject):
                found.append(index)
                break
    return tuple(found)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}" if value else "0"
