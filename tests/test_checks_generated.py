"""Reports that are consistent by construction have no contradiction; one changed figure is found, and nothing else.

``python benchmarks/checks.py`` runs thousands of them.
"""

from __future__ import annotations

import unicodedata
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jixiao.checks import check
from jixiao.findings import Finding, Verdict
from parsers import parse
from parsers.model import Report
from tests.report_generator import Draft, broken, consistent

SEEDS = st.integers(0, 10**9)

# The same reports on every run: a rare miss is for the benchmark, not for a build that has changed nothing.
fixed = settings(derandomize=True, max_examples=40)


def contradictions(draft: Draft) -> list[tuple[Report, Finding]]:
    read = draft.document()
    reports = parse(read)
    found = [(report, finding) for report in reports for finding in check(read, report, reports)]
    return [(report, finding) for report, finding in found if finding.verdict is Verdict.INCONSISTENT]


def names(report: Report, finding: Finding, number: str) -> bool:
    """Tell whether a finding gives the figure with this printed number as evidence."""
    quotes = [*(report.facts[index].quote for index in finding.facts), *finding.quotes]
    plain = [unicodedata.normalize("NFKC", "".join(quote.split())) for quote in quotes]
    return any(quote.startswith((number, number.rstrip("0").rstrip("."))) for quote in plain)


@fixed
@given(SEEDS)
def test_nothing_is_found_wrong_in_a_consistent_report(seed: int) -> None:
    draft = consistent(Random(seed))
    assert not any(statement.broken(draft.figures) for statement in draft.statements)
    assert [finding.message for _, finding in contradictions(draft)] == []


@fixed
@given(SEEDS)
def test_one_changed_figure_is_found_and_nothing_else(seed: int) -> None:
    random = Random(seed)
    changed = broken(consistent(random), random)
    assume(changed is not None)
    assert changed is not None
    draft, key = changed
    found = contradictions(draft)
    number = draft.figures[key].number
    assert found, f"{draft.printed(key)} went unnoticed"
    assert all(names(report, finding, number) for report, finding in found)


def test_the_generator_knows_what_it_broke() -> None:
    """Its own arithmetic: what it calls broken is, and what it leaves is not."""
    seen = 0
    for seed in range(60):
        random = Random(seed)
        draft = consistent(random)
        changed = broken(draft, random)
        if changed is None:
            continue
        seen += 1
        other, key = changed
        assert other.printed(key) != draft.printed(key)
        assert [k for k in draft.figures if draft.figures[k] != other.figures[k]] == [key]
        assert any(statement.broken(other.figures) for statement in other.statements)
    assert seen > 30
