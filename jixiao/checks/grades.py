"""The grade against the mark: on the scale that the report states, or the one that the Ministry of Finance suggests."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jixiao.checks.case import Case
from jixiao.findings import SCANNED, Finding, Severity, Verdict
from jixiao.tables import plain
from parsers.report.grades import USUAL, Scale, plain_grade, stated_scale
from parsers.tables.scores import is_top
from parsers.view import fold

HUNDRED = Decimal(100)


def grade(case: Case) -> Iterator[Finding]:
    """Prove that the grade which a report gives itself is that of its mark on the scale that it states.

    Where it states none, the usual scale may confirm; a difference from that cannot be judged. A grade that fits
    another mark of the report (总分100分 beside 得分81分) is not held against this one.
    """
    report = case.report
    stated = plain_grade(report.grade)
    if not stated or report.self_score is None or report.self_score > HUNDRED:
        return
    if any(is_top(score) and score.full not in (None, HUNDRED) for score in report.scores):
        return
    scale = stated_scale(case.text()) or USUAL
    due = scale.grades(report.self_score)
    if not due or (scale.quote and stated not in scale.lows):
        return
    verdict, severity = Verdict.CONSISTENT, Severity.NONE
    if stated not in due:
        marks = set(_marks(case))
        if report.self_score not in marks or any(stated in scale.grades(mark) for mark in marks):
            return
        known = bool(scale.quote)
        verdict = Verdict.INCONSISTENT if known else Verdict.UNCHECKABLE
        severity = Severity.HIGH if known and not case.document.ocr_pages else Severity.LOW
    yield _told(case, scale, due[0], verdict, severity)


def _marks(case: Case) -> Iterator[Decimal]:
    """Yield the marks that the report says were awarded, of whatever; those of a scale of grades were not."""
    for fact in case.report.facts:
        if fact.kind == "score" and fact.role == "awarded" and fact.value is not None and fact.value <= HUNDRED:
            beside = fold(fact.sentence).replace(" ", "")
            steps = stated_scale(beside)
            if steps is None or fact.value not in {*steps.lows.values(), HUNDRED} or f"得分{fact.quote}" in beside:
                yield fact.value


def _told(case: Case, scale: Scale, due: str, verdict: Verdict, severity: Severity) -> Finding:
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
    scanned = case.document.ocr_pages and verdict is Verdict.INCONSISTENT
    ocr = (SCANNED[0], f" {SCANNED[1]}") if scanned else ("", "")
    return Finding(
        check_id="marks.grade",
        verdict=verdict,
        severity=severity,
        stated=f"{plain(score)}分，{report.grade}",
        computed=f"{plain(score)}分 → {due}（{steps}）",
        message=f"{plain(score)} marks and the grade {report.grade} are stated; "
        f"by {whose_en} it is {due}{end[1]}{ocr[1]}",
        message_zh=f"得分{plain(score)}分，所述等级“{report.grade}”；按{whose_zh}（{steps}）应为“{due}”{end[0]}{ocr[0]}",
        facts=() if first is None else (first,),
        quotes=(report.grade, *((scale.quote,) if scale.quote else ())),
    )
