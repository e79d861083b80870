"""A finished run read back from its tables: every figure as it was, in text that holds it."""

from __future__ import annotations

from pathlib import Path

import pytest

import jixiao
from extract.document import Span
from jixiao.columns import Header
from jixiao.reread import read_table, reread
from parsers.model import Fact
from tests.conftest import ROOT

SAMPLES = ["civil-affairs-2023.docx", "water-bureau-2022.pdf", "farmland-2021.txt"]
NOWHERE = Span(0, 0)


def bare(fact: Fact) -> Fact:
    """Return a fact without what the tables hold less exactly: its place, and white space in its words."""
    words = {
        name: " ".join(getattr(fact, name).split()) for name in ("quote", "sentence", "metric", "subject", "section")
    }
    return fact._replace(span=NOWHERE, bbox=None, ocr_score=None, **words)


@pytest.mark.parametrize("header", ["en", "zh"])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_figure_comes_back(tmp_path: Path, name: str, header: Header) -> None:
    result = jixiao.extract(ROOT / "samples" / name)
    result.write(tmp_path, header=header)
    read = list(reread(tmp_path))
    assert len(read) == len(result.reports)
    for one, report in zip(read, result.reports, strict=True):
        assert [bare(fact) for fact in one.report.facts] == [bare(fact) for fact in report.facts]
        assert (one.report.year, one.report.project, one.report.self_score) == (
            report.year,
            report.project,
            report.self_score,
        )
        assert len(one.fact_ids) == len(set(one.fact_ids)) == len(report.facts)
        for fact in one.report.facts:
            span = fact.span
            assert " ".join(fact.quote.split()) == one.document.text[span.start : span.end]


def test_a_cell_that_a_spreadsheet_would_run_comes_back_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("=2023年度项目绩效自评报告\n一、概况\n全年支出500万元。\n", encoding="utf-8")
    result = jixiao.extract(tmp_path / "a.txt")
    result.write(tmp_path / "out")
    assert "'=" in (tmp_path / "out" / "reports.csv").read_text("utf-8-sig")
    (row,) = read_table(tmp_path / "out", "reports")
    assert row["title"] == result.reports[0].title


def test_a_run_without_tables_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="jixiao extract"):
        list(reread(tmp_path))
