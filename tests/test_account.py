"""Nothing silent: every numeral of a document is a figure, a known non-figure, or unread."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract import load
from extract.document import Document
from parsers.figures.prose import Reading
from tests.conftest import ROOT
from tests.small_documents import document as made
from tests.small_documents import report

parse_module = importlib.import_module("parsers.parse")
SAMPLES = sorted(path for path in (ROOT / "samples").glob("*.*") if path.suffix in (".docx", ".txt", ".md"))
NUMERAL = re.compile(r"\d[\d.,]*")


def unaccounted(document: Document) -> list[str]:
    """Return the numerals of ``document`` that no mark and no fact covers, with the words around them."""
    readings: list[tuple[Document, list[Reading]]] = []
    original = parse_module._read_all

    def kept(read: Document, *args: object) -> object:
        found = original(read, *args)
        readings.append((read, found[0]))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse_module, "_read_all", kept)
        parse_module.parse(document)
    text = readings[0][0].text if readings else document.text
    covered = bytearray(len(text))
    for _, found in readings:
        for reading in found:
            spans = [reading.view.span(mark.start, mark.end) for mark in reading.marks]
            for span in (*spans, *(fact.span for fact in reading.facts)):
                covered[span.start : span.end] = b"\1" * (span.end - span.start)
    lost = [at for at in NUMERAL.finditer(text) if not any(covered[at.start() : at.end()])]
    return [text[max(0, at.start() - 10) : at.end() + 10] for at in lost]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_numeral_of_a_sample_is_lost(path: Path) -> None:
    assert unaccounted(load(path)) == []


HEADS = ["一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "序号"]
LABELS = ["产出指标", "培训人数", "满意度", "合计"]
VALUES = ["10", "-16.77", "≥90%", "95%", "1", "2", "3", "30万元", "—", "2,840", "(20分)", "2022年"]


@settings(max_examples=150, deadline=None)
@example(["一级指标"] * 8 + ["年度指标值"] * 2 + ["1", "2,840"], "\n|\n")
@given(
    st.lists(st.sampled_from(HEADS + LABELS + VALUES * 2), min_size=12, max_size=60),
    st.sampled_from(["\n", "\n|\n", " |\n"]),
)
def test_no_numeral_of_a_flattened_table_is_lost(cells: list[str], between: str) -> None:
    assert unaccounted(made(between.join(cells))) == []


def test_a_change_with_its_sign_that_fits_no_column_is_unread() -> None:
    lines = ["年度", "合计", "接待费", "用车费", "2021年", "2840", "1400", "1440", "2022年", "2364", "1356", "1008"]
    text = "\n|\n".join([*lines, "2022年比2021年增减%", "-16.77", "-3.14", "-30.00"])
    report = parse_module.parse(made(text))[0]
    told = {numeral.quote for numeral in report.unread} | {fact.quote for fact in report.facts}
    assert {"16.77", "3.14", "30.00"} <= {quote.lstrip("-") for quote in told}


def test_a_table_that_begins_inside_a_paragraph_is_read_once() -> None:
    found = report(
        "2023年度项目绩效自评表",
        "  1,200  三级指标  实际完成情况  一级指标  年初预算数  合计",
        "1,200   100   三级指标   产出指标(50分)   执行率   合计",
    )
    spans = [fact.span for fact in found.facts] + [item.span for item in found.unread]
    assert len(spans) == len(set(spans))
