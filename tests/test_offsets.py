"""Every quote stands where its span says, in every format and in whatever a document may hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extract
from extract.document import Document, Span
from parsers import Report, parse
from tests.conftest import ROOT
from tests.small_documents import Rows, document

SAMPLES = sorted(
    path.name for path in (ROOT / "samples").iterdir() if path.suffix in {".docx", ".jpg", ".pdf", ".png", ".txt"}
)


@cache
def read(name: str) -> tuple[Document, tuple[Report, ...]]:
    small = extract.load(ROOT / "samples" / name)
    return small, parse(small)


def quoted(report: Report) -> Iterator[tuple[str, Span, str]]:
    """Yield what has a quote: what it is, its span and the quote."""
    for fact in report.facts:
        yield "fact", fact.span, fact.quote
    for unread in report.unread:
        yield "unread", unread.span, unread.quote
    for grid in report.grids:
        for cell in grid.cells:
            yield "cell", cell.span, cell.text


def closed(text: str) -> str:
    return "".join(text.split())


def check(document: Document, report: Report) -> None:
    for what, span, quote in quoted(report):
        assert document.text[span.start : span.end] == quote, what
        assert what == "cell" or quote.strip(), f"empty {what} at {span}"
        assert report.span.start <= span.start <= span.end <= report.span.end, what
    for section in report.sections:
        heading = closed(document.text[section.heading.start : section.heading.end])
        assert heading.startswith(closed(section.number))
        assert closed(section.title) in heading
    for citation in report.citations:
        cited = closed(document.text[citation.span.start : citation.span.end])
        assert cited
    for fact in report.facts:
        assert closed(fact.quote) in closed(fact.sentence)
        assert fact.section_index is None or 0 <= fact.section_index < len(report.sections)
        assert fact.part_of is None or 0 <= fact.part_of < len(report.facts)


def check_order(report: Report) -> None:
    """Facts come in reading order; no character is read twice, or both read and unread."""
    starts = [fact.span.start for fact in report.facts]
    assert starts == sorted(starts)
    taken = sorted(
        [(f.span.start, f.span.end) for f in report.facts] + [(u.span.start, u.span.end) for u in report.unread]
    )
    assert all(first[1] <= second[0] for first, second in pairwise(taken))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample(name: str) -> None:
    small, reports = read(name)
    assert sum(len(report.facts) for report in reports) > 0
    for report in reports:
        check(small, report)
        check_order(report)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_fact_has_the_place_it_was_read_from(name: str) -> None:
    small, reports = read(name)
    for report in reports:
        for fact in report.facts:
            place = small.place_at(fact.span.start)
            assert place is not None
            assert fact.page == place.page
            assert fact.ocr_score == place.ocr_score
            block = small.block_at(fact.span.start)
            assert block is not None
            if block.kind == "table":
                assert fact.source == "table"


@pytest.mark.parametrize("name", SAMPLES)
def test_numerals_are_counted(name: str) -> None:
    """A report cannot have more facts and unread numerals than numerals."""
    for report in read(name)[1]:
        assert report.numerals >= len(report.facts) + len(report.unread)


# Generated documents

FRAGMENTS = st.sampled_from(
    [
        *("12", "3.5", "1,200.50", "０．８", "2023", "一千二百", "三", "5-10", "≥90", "98.5%", "百分之五", "18/20"),
        *("万元", "元", "人", "％", "分", "亩", "个百分点", "年", "月", "日", "号", "/人·年", "万", "亿元"),
        *("投入资金", "其中：", "不低于", "目标", "得分", "较上年增长", "截至", "一、", "（二）", "3.", "联系电话："),
        *("项目绩效自评报告", "单位：万元", "《办法》", "〔2023〕", "“两病”", "。", "，", "；", "、", "（", "）", ":"),
        *(" ", "  ", "     ", "　", "\n", "\r\n", "\t", "\u00a0", "\u200b", "\ufeff", "|", "-", "—", "．"),
    ]
)
lines = st.lists(FRAGMENTS, max_size=14).map("".join)
tables = st.lists(
    st.lists(st.one_of(lines, st.sampled_from(["<", "^"])), min_size=1, max_size=4), min_size=1, max_size=4
)
parts: st.SearchStrategy[list[str | Rows]] = st.lists(st.one_of(lines, lines, tables), max_size=6)


@given(parts)
def test_a_generated_document(written: list[str | Rows]) -> None:
    small = document(*written)
    for report in parse(small):
        check(small, report)
        check_order(report)


@given(parts)
def test_the_same_document_is_read_the_same_way_twice(written: list[str | Rows]) -> None:
    assert parse(document(*written)) == parse(document(*written))


@given(lines, st.sampled_from(["余量为7788654。", "7788654", "（7788654）"]))
def test_a_number_that_nobody_knows_is_never_dropped(line: str, number: str) -> None:
    reports = parse(document(line, f"说明如下，{number}", "完"))
    assert any("7788654" in quote for report in reports for _, _, quote in quoted(report))


def test_the_samples_are_all_formats() -> None:
    assert {Path(name).suffix for name in SAMPLES} >= {".docx", ".jpg", ".pdf", ".txt"}
