"""Marks: awards within full marks, indicators that add up to their parents, and the total stated in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

import regex

from jixiao.checks.case import Case
from jixiao.checks.statements import statements
from jixiao.findings import Finding, Severity, Verdict
from parsers.model import Score
from parsers.tables.form_goals import GOAL
from parsers.tables.scores import is_top
from patterns import cue

Column = Literal["full", "awarded"]
_COLUMNS: tuple[Column, ...] = ("full", "awarded")
HUNDRED = Decimal(100)
LEAST_TOTAL = Decimal(50)
"""A total of marks below this is some indicator's, not the report's."""
_NAMES: dict[Column, tuple[str, str]] = {"full": ("full marks", "满分"), "awarded": ("marks awarded", "得分")}
_TOTAL_NAME = regex.compile(r"(?:自评|评价|综合|总|项目)[一-龥]{0,6}(?:得分|总分|分|评分)|^(?:得分|总分|自评)$")
_BESIDE = cue("accounts", "deduction.beside")


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
    def holds(self) -> bool:
        return self.total == self.stated

    @property
    def expression(self) -> str:
        return f"{' + '.join(_plain(part) for part in self.parts)} = {_plain(self.total)}"


def in_proportion(case: Case) -> Iterator[Finding]:
    """Prove that marks which follow a rate (执行率) or a missed target are in proportion to it; it only confirms."""
    return statements(case, "mark", "marks.proportion", Severity.LOW)


def deducted(case: Case) -> Iterator[Finding]:
    """Prove that full marks less what was deducted are the marks given (20分，扣3分，得17分)."""
    return statements(case, "difference", "marks.deducted", Severity.HIGH)


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


def _indicators(case: Case) -> list[Score]:
    """Return the rows that carry marks or could: neither the whole's nor the goals in words."""
    return [score for score in case.report.scores if not is_top(score) and GOAL not in score.path]


def tree(case: Case) -> Iterator[Finding]:
    """Prove that the indicators under each indicator add up to it, in full marks and in marks awarded."""
    scores = _indicators(case)
    for parent in scores:
        below = [score for score in scores if len(score.path) > len(parent.path) and _under(score, parent)]
        yield from _sums(parent.path[-1], parent, _readings(parent.path, below))


def total(case: Case) -> Iterator[Finding]:
    """Prove that the first indicators add up to the report's total, and their full marks to a hundred."""
    scores = _indicators(case)
    wholes = [score for score in case.report.scores if is_top(score)]
    top = wholes[-1] if wholes else Score(("",))
    awarded = top.awarded if top.awarded is not None else case.report.self_score
    if awarded is not None and awarded < LEAST_TOTAL:
        awarded = None
    whole = replace(top, full=top.full or HUNDRED, awarded=awarded)
    beside = any(fact.kind == "score" and _BESIDE.search(fact.metric) for fact in case.report.facts)
    for finding in _sums("总分", whole, _readings((), scores), implied=top.full is None):
        if finding.verdict is not Verdict.INCONSISTENT or not beside:  # 另有创新加分3分
            yield finding


def _sums(name: str, parent: Score, readings: Sequence[Sequence[Score]], *, implied: bool = False) -> Iterator[Finding]:
    """Yield what the readings of one sum say, in full marks and in marks awarded.

    A reading proves nothing of one column unless the other adds up: else an indicator was more likely not read. Full
    marks that are only implied are told where they agree.
    """
    sums = {column: list(_columns(name, parent, readings, column)) for column in _COLUMNS}
    for column in _COLUMNS:
        other: Column = "awarded" if column == "full" else "full"
        found = sums[column]
        if not found:
            continue
        held = next((reading for reading, _ in found if reading.holds), None)
        sure = [reading for reading, nodes in found if any(o.holds and n is nodes for o, n in sums[other])]
        if held is not None:
            yield _told(held, Verdict.CONSISTENT)
        elif sure and not (implied and column == "full"):
            yield _told(sure[0], Verdict.INCONSISTENT)
        elif not implied:
            yield _told(found[0][0], Verdict.UNCHECKABLE)


def _columns(
    name: str, parent: Score, readings: Sequence[Sequence[Score]], column: Column
) -> Iterator[tuple[_Sum, Sequence[Score]]]:
    """Yield each reading as a sum of one column, with its indicators; none where a mark is missing."""
    stated = getattr(parent, column)
    for nodes in readings:
        parts = tuple(mark for node in nodes if (mark := getattr(node, column)) is not None)
        if stated is not None and len(parts) == len(nodes):
            yield _Sum(name, column, stated, parts), nodes


def stated_twice(case: Case) -> Iterator[Finding]:
    """Prove that the total which the text states is the total of the table of marks."""
    tops = [score.awarded for score in case.report.scores if is_top(score) and score.awarded is not None]
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


def _readings(path: tuple[str, ...], below: Sequence[Score]) -> list[Sequence[Score]]:
    """Return the indicators under one as its children, its leaves, or with only children taken for siblings.

    An indicator with one below it is more likely its sibling, put a level too deep.
    """
    direct = [score for score in below if len(score.path) == len(path) + 1]
    parents = {score.path[:-1] for score in below}
    leaves = [score for score in below if score.path not in parents]
    single = {parent for parent in parents if sum(score.path[:-1] == parent for score in below) == 1 and parent != path}
    flat = [score for score in below if score.path not in parents or score.path in single]
    found: list[Sequence[Score]] = []
    for reading in (direct, flat, leaves):
        if len(reading) > 1 and reading not in found:
            found.append(reading)
    return found


def _told(reading: _Sum, verdict: Verdict) -> Finding:
    """Return what a reading of a sum of marks comes to."""
    severity = {Verdict.CONSISTENT: Severity.NONE, Verdict.INCONSISTENT: Severity.HIGH}.get(verdict, Severity.LOW)
    en, zh = _NAMES[reading.column]
    gap = reading.stated - reading.total
    apart, differs = (f": {_plain(abs(gap))} apart", f"，相差{_plain(abs(gap))}分") if gap else ("", "，相符")
    if verdict is Verdict.UNCHECKABLE:
        apart, differs = f"{apart}; not all indicators were read", f"{differs}；指标可能未全部读出，无法判断"
    return Finding(
        check_id="marks.tree",
        verdict=verdict,
        severity=severity,
        stated=f"{reading.name}{zh}{_plain(reading.stated)}分",
        computed=reading.expression,
        message=f"{reading.name}: {en} {_plain(reading.stated)}; its indicators give {reading.expression}{apart}.",
        message_zh=f"{reading.name}{zh}{_plain(reading.stated)}分；其下各指标合计 {reading.expression}{differs}。",
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
