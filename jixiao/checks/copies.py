"""Text copied between the reports of different projects: a sentence that names another project, a paragraph twice."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from jixiao.checks.case import Case
from jixiao.findings import Finding, Severity, Verdict
from parsers.model import Report
from parsers.relate.shares import akin
from parsers.view import fold

_IN_USING = regex.compile(r"(?:在)?使用(?P<name>[^,。;:]{3,36}?)(?:的)?过程中")
_BY_USE = regex.compile(r"结合(?P<name>[^,。;:]{4,36}?)使用情况")
_FUND = regex.compile(r"资金|经费|补[助贴]|津贴|专项|费用|奖励")
_SPACE = regex.compile(r"\s+")
_IDLE = regex.compile(r"(?:19|20)\d\d年?度?|[〔\[(（].*?[〕\])）]|\d+号|专项|资金|经费|补助|项目|费用|的|年度")
LONG = 80
"""A paragraph of so many characters is not the same by chance."""


def another_project(case: Case) -> Iterator[Finding]:
    """Prove that sentences which name the report's fund name this one (在使用…资金过程中); only the breach is told."""
    report = case.report
    if not report.project:
        return
    text = _flat(case.text())
    for found in _IN_USING.finditer(text):
        if _FUND.search(found["name"]) and not _is_own(found["name"], report):
            yield _named_other(case, found[0], found["name"])
    for found in _BY_USE.finditer(text):
        other = next((other for other in case.others if _core(other.project) in _core(found["name"])), None)
        if other is not None and len(_core(other.project)) >= len("四字之名") and not _is_own(found["name"], report):
            yield _named_other(case, found[0], found["name"])


def _named_other(case: Case, quote: str, name: str) -> Finding:
    report = case.report
    return Finding(
        check_id="copy.other-project",
        verdict=Verdict.INCONSISTENT,
        severity=Severity.MEDIUM,
        stated=quote,
        computed=f"{name} ≠ {report.project}",
        message=f"The report of “{report.project}” speaks of “{name}”: copied from another report?",
        message_zh=f"本报告项目为“{report.project}”，正文却称“{quote}”，疑从其他项目报告复制。",
        quotes=(quote, report.project),
    )


def _is_own(name: str, report: Report) -> bool:
    own = _flat(report.project + report.fund + report.title)
    return _core(name) in own or akin(_core(name), _core(own), 3)


def _core(name: str) -> str:
    return str(_IDLE.sub("", _flat(name)))


def _flat(text: str) -> str:
    return str(_SPACE.sub("", fold(text)))


def same_paragraph(case: Case) -> Iterator[Finding]:
    """Tell of a long paragraph that stands in exactly one other report of the file, of another project."""
    report = case.report
    later = [other for other in case.others if other.ordinal > report.ordinal]
    texts = {other.ordinal: _paragraphs(case, other) for other in case.others}
    for paragraph in _paragraphs(case, report):
        holders = [ordinal for ordinal, paragraphs in texts.items() if paragraph in paragraphs]
        other = next((other for other in later if [other.ordinal] == holders), None)
        if other is None or other.project == report.project:
            continue
        head = f"{paragraph[:24]}…"
        yield Finding(
            check_id="copy.paragraph",
            verdict=Verdict.UNCHECKABLE,
            severity=Severity.LOW,
            stated=head,
            computed=f"{report.project} = {other.project}",
            message=f"The same paragraph stands in the reports of “{report.project}” and “{other.project}”: {head}",
            message_zh=f"同一段文字见于“{report.project}”与“{other.project}”两个项目的报告：{head}",
            quotes=(head, report.project, other.project),
        )


def _paragraphs(case: Case, report: Report) -> dict[str, None]:
    text = case.document.text[report.span.start : report.span.end]
    lines = (_flat(line) for line in text.split("\n"))
    return dict.fromkeys(line for line in lines if len(line) >= LONG)
