"""Dates: a report is filled in after the year and the data that it reports, and its data are of its year."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.checks.case import Case
from jixiao.findings import Finding, Severity, Verdict, named, where
from parsers.model import Fact
from patterns import cue

_SELF_EVALUATION = cue("periods", "period.cue.evaluation")
_BEFORE_THE_END = cue("periods", "period.cue.before-the-end")
_SEASON = cue("periods", "period.cue.season")
_SPENDING = cue("periods", "period.cue.spending")
_CARRIED = cue("periods", "period.cue.carried")
_DONE = cue("periods", "period.cue.told-as-done")
_AS_OF = cue("periods", "period.cue.as-of")
LAST_MONTH = "-12"


def filled(case: Case) -> Iterator[Finding]:
    """Prove that the form was filled in, or the report dated, after the year that it reports."""
    report = case.report
    if not report.year or _BEFORE_THE_END.search(report.title) or _SEASON.search(report.title):
        return
    for name, zh, date in (("filled in", "填报日期", report.fill_date), ("dated", "报告日期", report.report_date)):
        if not date:
            continue
        result = _whole_year(case, date)
        early = date[:4] < report.year or (date < report.year + LAST_MONTH and result is not None)
        verdict = Verdict.INCONSISTENT if early else Verdict.CONSISTENT
        if not early and date[:4] == report.year:
            verdict = Verdict.UNCHECKABLE
        severity = Severity.HIGH if date[:4] < report.year else Severity.MEDIUM
        yield Finding(
            check_id="date.filled",
            verdict=verdict,
            severity={Verdict.CONSISTENT: Severity.NONE, Verdict.UNCHECKABLE: Severity.LOW}.get(verdict, severity),
            stated=f"{zh} {date}",
            computed=f"{date} {'<' if early else '≥'} {report.year}",
            message=f"The report of {report.year} is {name} {date}" + _en(verdict, report.year),
            message_zh=f"{report.year}年度报告的{zh}为{date}" + _zh(verdict),
            facts=(result,) if early and result is not None else (),
            quotes=(date, report.year),
        )


def _en(verdict: Verdict, year: str) -> str:
    return {
        Verdict.CONSISTENT: ", after the year that it reports.",
        Verdict.INCONSISTENT: f", before {year} was over.",
        Verdict.UNCHECKABLE: ", within the year that it reports.",
    }[verdict]


def _zh(verdict: Verdict) -> str:
    return {
        Verdict.CONSISTENT: "，在报告年度之后。",
        Verdict.INCONSISTENT: "，早于报告年度结束。",
        Verdict.UNCHECKABLE: "，在报告年度之内。",
    }[verdict]


def _whole_year(case: Case, date: str) -> int | None:
    """Return a figure by which a self-evaluation tells of its whole year: a result of the year, or of its end."""
    report = case.report
    if not _SELF_EVALUATION.search(f"{report.title}{report.report_type}"):
        return None
    results = (index for index, fact in enumerate(report.facts) if _after(fact, date) or _is_result(fact, report.year))
    return next(results, None)


def _is_result(fact: Fact, year: str) -> bool:
    return fact.role == "actual" and fact.period == year and bool(_DONE.search(f"{fact.metric}{fact.sentence}"))


def _after(fact: Fact, date: str) -> bool:
    """Tell whether a result's date is later than ``date``, as far as both are stated."""
    end = fact.period.rpartition("/")[2]
    size = min(len(end), len(date))
    return fact.role == "actual" and size >= len("2023-01") and end[:size] > date[:size]


def data_after(case: Case) -> Iterator[Finding]:
    """Prove that no result is dated later than the day on which the report was filled in; only the breach is told."""
    report = case.report
    date = max(report.fill_date, report.report_date) if not _SEASON.search(report.title) else ""
    seen: set[str] = set()
    for index, fact in enumerate(report.facts):
        if not date or not _after(fact, date) or fact.period in seen:
            continue
        seen.add(fact.period)
        place = where(report, fact, "zh")
        yield Finding(
            check_id="date.data-after",
            verdict=Verdict.INCONSISTENT,
            severity=Severity.HIGH,
            stated=f"填报日期 {date}",
            computed=f"{fact.period} > {date}",
            message=f"{named(fact)} is a figure of {fact.period}, yet the report is filled in {date}.",
            message_zh=f"{place}：{named(fact)}为{fact.period}的数据，而填报日期为{date}，早于数据日期。",
            facts=(index,),
            quotes=(date, fact.period),
        )


def left_over(case: Case) -> Iterator[Finding]:
    """Prove that what was spent or done «as of» a date is of the report's year; only a date left over is told."""
    report = case.report
    for stretch in case.stretches:
        for at, figure in enumerate(stretch.figures):
            fact = figure.fact
            end = fact.period.rpartition("/")[2]
            if fact.role != "actual" or len(end) < len("2023-01") or not report.year or end[:4] >= report.year:
                continue
            words = stretch.before(at)
            dated = _AS_OF.search(words)
            if dated is None or dated["date"] != end[:4] or _CARRIED.search(f"{words}{fact.metric}"):
                continue
            if not _SPENDING.search(f"{words[dated.end() :]}{fact.metric}"):
                continue
            yield Finding(
                check_id="date.left-over",
                verdict=Verdict.INCONSISTENT,
                severity=Severity.HIGH,
                stated=f"截至{end} {named(fact)}",
                computed=f"{end} < {report.year}",
                message=f"{named(fact)} is stated as of {end} in a report of {report.year}: a date left over?",
                message_zh=(
                    f"{where(report, fact, 'zh')}：{report.year}年度报告中“截至{end}”{named(fact)}，"
                    "疑为往年文本遗留日期。"
                ),
                facts=(figure.fact_index,),
                quotes=(end, report.year),
            )
