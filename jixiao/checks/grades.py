"""The grade against the mark: on the scale that the report states, or the one that the Ministry of Finance suggests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import regex

from jixiao.checks.case import Case
from jixiao.findings import Finding, Severity, Verdict
from jixiao.tables import plain
from parsers.scores import is_whole
from parsers.view import fold, make_view
from patterns import catalogue

HUNDRED = Decimal(100)
LEAST_STEPS = 3
"""A scale has so many steps, at the least."""
_ORDER = "优良中差"
_SAME = {"优秀": "优", "良好": "良", "中等": "中", "一般": "中", "合格": "中", "及格": "中"} | {
    "较差": "差",
    "不合格": "差",
    "不及格": "差",
}
_SENTENCE = regex.compile(r"[。\n]")
_MARK = regex.compile(r"\d{1,3}(?:\.\d+)?")
_BELOW = regex.compile(r"以下|[<≤]\s*\d|低于|小于")
_GRADED = regex.compile(r"优.{0,160}(?:良|合格)", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From which mark on each grade is given, and the sentence that says so; empty for the usual scale."""

    lows: Mapping[str, Decimal]
    quote: str = ""

    def grades(self, score: Decimal) -> tuple[str, ...]:
        """Return the grade of a mark; on a boundary, those on its two sides."""
        reached = [grade for grade in _ORDER if grade in self.lows and self.lows[grade] <= score]
        if not reached:
            return ()
        on = self.lows[reached[0]] == score and self.quote and "含" not in self.quote and "≥" not in self.quote
        return tuple(reached[:2]) if on else tuple(reached[:1])


USUAL = _Scale({"优": Decimal(90), "良": Decimal(80), "中": Decimal(60), "差": Decimal(0)})
"""What 《项目支出绩效评价管理办法》 (财预〔2020〕10号) suggests; provinces set other limits."""


def grade(case: Case) -> Iterator[Finding]:
    """Prove that the grade which a report gives itself is that of its mark on the scale that it states.

    Where it states none, the usual scale may confirm; a difference from that cannot be judged.
    """
    report = case.report
    stated = _SAME.get(report.grade, report.grade)
    if stated not in _ORDER or not stated or report.self_score is None or report.self_score > HUNDRED:
        return
    if any(is_whole(score.path[-1]) and score.full not in (None, HUNDRED) for score in report.scores):
        return
    scale = _scale(case.text()) or USUAL
    due = scale.grades(report.self_score)
    if not due or (scale.quote and stated not in scale.lows):
        return
    verdict, severity = Verdict.CONSISTENT, Severity.NONE
    if stated not in due:
        known = bool(scale.quote)
        verdict = Verdict.INCONSISTENT if known else Verdict.UNCHECKABLE
        severity = Severity.HIGH if known else Severity.LOW
    yield _told(case, scale, due[0], verdict, severity)


def _scale(text: str) -> _Scale | None:
    """Return the scale that a text states: each step lower than the one before it."""
    folded = fold(text)
    if not _GRADED.search(folded):
        return None
    for piece in _SENTENCE.split(folded):
        if not _GRADED.search(piece):
            continue
        view = make_view(piece, 0, len(piece)).text
        for field in ("before", "after"):
            lows: dict[str, Decimal] = {}
            for pattern in (pattern for pattern in catalogue("grades") if pattern.field == field):
                for found in pattern.regex.finditer(view):
                    lows.setdefault(_SAME.get(found["grade"], found["grade"]), _low(found["range"]))
            steps = [lows[grade] for grade in _ORDER if grade in lows]
            if "优" in lows and len(steps) >= LEAST_STEPS and steps == sorted(set(steps), reverse=True):
                return _Scale(lows, view.strip())
    return None


def _low(marks: str) -> Decimal:
    """Return the lower end of a step: 80 of 80-90, 90 of 90以上, 0 of 60以下."""
    numbers = [Decimal(number) for number in _MARK.findall(marks)]
    if len(set(numbers)) == 1 and _BELOW.search(marks):
        return Decimal(0)
    return min(numbers)


def _told(case: Case, scale: _Scale, due: str, verdict: Verdict, severity: Severity) -> Finding:
    report = case.report
    score = report.self_score or Decimal(0)
    facts = (
        index
        for index, fact in enumerate(report.facts)
        if fact.kind == "score" and fact.role == "awarded" and fact.value == score
    )
    first = next(facts, None)
    steps = "，".join(f"{name}≥{plain(low)}" for name, low in scale.lows.items())
    whose_zh = "报告所列标准" if scale.quote else "通行标准（财预〔2020〕10号）"
    whose_en = "the report's own scale" if scale.quote else "the usual scale of 财预〔2020〕10号"
    end = {
        Verdict.CONSISTENT: ("，相符。", ": they agree."),
        Verdict.INCONSISTENT: ("，不符。", ": they do not agree."),
        Verdict.UNCHECKABLE: ("，不同；报告未列等级标准，无法判断。", ": they differ; the report states no scale."),
    }[verdict]
    return Finding(
        check_id="marks.grade",
        verdict=verdict,
        severity=severity,
        stated=f"{plain(score)}分，{report.grade}",
        computed=f"{plain(score)}分 → {due}（{steps}）",
        message=f"{plain(score)} marks and the grade {report.grade} are stated; by {whose_en} it is {due}{end[1]}",
        message_zh=f"得分{plain(score)}分，所述等级“{report.grade}”；按{whose_zh}（{steps}）应为“{due}”{end[0]}",
        facts=() if first is None else (first,),
        quotes=(report.grade, *((scale.quote,) if scale.quote else ())),
    )
