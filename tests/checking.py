"""Check small documents: what the checks find in a few paragraphs and tables."""

from __future__ import annotations

from jixiao.checks import check
from jixiao.findings import Finding, Verdict
from parsers import parse
from tests.small_documents import Rows, document

TITLE = "2023年度某项目绩效自评报告"


def findings(*parts: str | Rows, title: str = TITLE) -> list[Finding]:
    """Return the findings in a report of 2023 made of these paragraphs and tables."""
    read = document(title, *parts) if title else document(*parts)
    reports = parse(read)
    return [finding for report in reports for finding in check(read, report, reports)]


def told(*parts: str | Rows, about: str = "", title: str = TITLE) -> dict[str, list[str]]:
    """Return what was computed, by verdict, of the findings whose check begins with ``about``."""
    by_verdict: dict[str, list[str]] = {verdict.value: [] for verdict in Verdict}
    for finding in findings(*parts, title=title):
        if finding.check_id == about or finding.check_id.startswith(f"{about}.") or not about:
            by_verdict[finding.verdict.value].append(finding.computed)
    return by_verdict


def contradictions(*parts: str | Rows, title: str = TITLE) -> list[str]:
    """Return the checks that find a contradiction."""
    return [found.check_id for found in findings(*parts, title=title) if found.verdict is Verdict.INCONSISTENT]
