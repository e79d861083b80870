"""The tables: the contract's columns, rows that lose nothing, ids that stay, exact numbers."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import Block, Document, Place, Span, assemble
from jixiao.columns import tables
from jixiao.findings import Finding, Severity, Verdict
from jixiao.result import FileResult, Result, Status
from jixiao.tables import plain, rows
from parsers.model import Citation, Fact, Grid, GridCell, Report, Score, Section, Unread

CONTRACT = {
    "files": "file_id file format bytes pages ocr_pages report_count fact_count status error_code error seconds",
    "reports": (
        "report_id file_id file ordinal title report_type organisation province city county region_code year project "
        "fund self_score grade fill_date report_date page_start page_end"
    ),
    "contacts": "report_id file filled_by phone",
    "sections": "section_id report_id file parent_id level number title page char_start char_end",
    "facts": (
        "fact_id report_id section_id file page kind metric subject section role value low high unit per bound period "
        "year scope indicator part_of quote sentence char_start char_end bbox cell source unit_from decimals scale "
        "pattern ocr_score"
    ),
    "scores": "report_id file level indicator target actual full_score score reason",
    "citations": "report_id file number issuer year title char_start char_end",
    "cells": "table_id report_id file page caption unit row_index col_index row_header col_header text value",
    "findings": (
        "finding_id report_id file check_id verdict severity stated computed difference tolerance message evidence "
        "fact_ids"
    ),
    "unread": "report_id file char_start char_end quote why",
}
"""Columns as users' programs know them: a change here breaks their work."""

TEXT = "一、资金\n拨付3.5万元，占10%。"


def document() -> Document:
    blocks = [Block("paragraph", line, Place(f"body/paragraph {n}")) for n, line in enumerate(TEXT.split("\n"), 1)]
    return assemble(blocks, file="a.txt", sha256="", media_type="text/plain", pages=2)


def fact(start: int, quote: str, **fields: object) -> Fact:
    """Return a fact with every field filled."""
    filled = Fact(
        span=Span(start, start + len(quote)),
        quote=quote,
        kind="amount",
        unit="元",
        value=Decimal("3.5") * 10000,
        low=Decimal("1"),
        high=Decimal("2"),
        per="人·年",
        bound="ge",
        role="actual",
        metric="拨付资金",
        subject="县级",
        scope="全县",
        section="资金",
        section_index=0,
        period="2021",
        year="2021",
        sentence=TEXT.split("\n")[1],
        source="text",
        unit_from="text",
        decimals=1,
        scale=Decimal(10000),
        pattern="amount.plain",
        indicator="fund.allocated",
        part_of=0,
        page=1,
        bbox=(1.0, 2.25, 30.0, 4.0),
        cell="table 1 row 2 col 3",
        ocr_score=0.98765,
    )
    return filled._replace(**fields)  # type: ignore[arg-type]


def full_report() -> Report:
    """Return a report in which every field that a table shows is filled."""
    return Report(
        ordinal=2,
        span=Span(0, len(TEXT)),
        title="自评报告",
        report_type="project",
        organisation="某县民政局",
        province="某省",
        city="某市",
        county="某县",
        region_code="990101",
        year="2021",
        project="救助",
        fund="救助资金",
        self_score=Decimal("96.50"),
        grade="优",
        fill_date="2022-03",
        report_date="2022-03-15",
        filled_by="某人",
        phone="000-0000",
        page_start=1,
        page_end=2,
        sections=(
            Section(1, "一", "资金", Span(0, len(TEXT)), Span(0, 4), page=1),
            Section(2, "（一）", "拨付", Span(5, len(TEXT)), Span(5, 8), parent=0, page=1),
        ),
        facts=(fact(7, "3.5万元"), fact(14, "10%", kind="rate", value=Decimal(10)), fact(14, "10%", kind="rate")),
        grids=(
            Grid(
                3,
                Span(0, 1),
                "表1",
                "万元",
                (GridCell(0, 1, "=1+1", Span(0, 1), "行", "列", "万元", Decimal("2E+4"), 2),),
            ),
        ),
        scores=(Score(("产出", "数量"), "100人", "90人", Decimal(10), Decimal(9), "人少"),),
        citations=(Citation("某发〔2021〕7号", "某局", "2021", "办法", Span(0, 2)),),
        unread=(Unread(Span(7, 8), "3", "code"),),
        numerals=3,
    )


SHA = "0123456789abcdef" * 4
FINDING = Finding(
    check_id="sum.parts",
    verdict=Verdict.INCONSISTENT,
    severity=Severity.HIGH,
    stated="拨付资金3.5万元",
    computed="1 + 2 = 3万元",
    message="they differ",
    message_zh="不符",
    facts=(0, 1),
    quotes=("2021",),
    difference=Decimal("5E+3"),
    tolerance=Decimal("0.50"),
)
FILE = FileResult(
    "dir/a.txt",
    Status.PARTIAL,
    sha256=SHA,
    media_type="text/plain",
    size=40,
    seconds=1.23456,
    error_code="encoding",
    error="read as GB18030",
    document=document(),
    reports=(full_report(),),
    findings=((FINDING,),),
)


def test_contract() -> None:
    """Every table has the contract's columns in the contract's order."""
    assert {name: " ".join(table.names) for name, table in tables().items()} == CONTRACT


@pytest.mark.parametrize("name", CONTRACT)
def test_every_column_is_explained_in_both_languages(name: str) -> None:
    table = tables()[name]
    assert table.en and table.note and table.zh
    assert set(table.key) <= set(table.names)
    for column in table.columns:
        assert column.zh and column.en and column.note, column.name
    headers = table.header("zh")
    assert len(set(headers)) == len(headers)


def test_joins_point_at_columns() -> None:
    targets = {column.joins for table in tables().values() for column in table.columns if column.joins}
    for target in targets:
        table, _, column = target.partition(".")
        assert column in tables()[table].names


@pytest.mark.parametrize("name", CONTRACT)
def test_what_is_known_fills_its_column(name: str) -> None:
    """No field of a report is lost on its way into a table: a misspelt column would stay empty here."""
    found = list(rows(name, [FILE]))
    assert all(tuple(row) == tables()[name].names for row in found)
    assert [column for column in tables()[name].names if not any(row[column] for row in found)] == []


@pytest.mark.parametrize("name", [name for name in CONTRACT if name != "files"])
def test_rows_join(name: str) -> None:
    """Ids are those that the other tables have, and keys tell rows apart."""
    ids = {
        f"{table}.{column}": {row[column] for row in rows(table, [FILE])}
        for table, column in (
            ("files", "file_id"),
            ("reports", "report_id"),
            ("sections", "section_id"),
            ("facts", "fact_id"),
        )
    }
    table = tables()[name]
    found = list(rows(name, [FILE]))
    for column in table.columns:
        if column.joins:
            assert {row[column.name] for row in found} - {""} <= ids[column.joins], column.name
    if table.key:
        assert len({tuple(row[part] for part in table.key) for row in found}) == len(found)


def test_ids_are_offsets() -> None:
    ids = [row["fact_id"] for row in rows("facts", [FILE])]
    assert ids == ["0123456789ab-2-f7", "0123456789ab-2-f14", "0123456789ab-2-f14.2"]


def test_values_are_plain_and_exact() -> None:
    first = next(rows("facts", [FILE]))
    assert (first["value"], first["scale"], first["ocr_score"]) == ("35000", "10000", "0.988")
    assert first["bbox"] == "1.0 2.2 30.0 4.0"
    assert next(rows("reports", [FILE]))["self_score"] == "96.5"
    cell = next(rows("cells", [FILE]))
    assert (cell["value"], cell["row_index"], cell["col_index"]) == ("20000", "1", "2")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=None))
def test_plain_keeps_the_value(value: Decimal) -> None:
    text = plain(value)
    assert Decimal(text) == value
    assert "E" not in text and "e" not in text and text != "-0"
    assert not ("." in text and text.endswith(("0", ".")))


def test_frame_holds_exact_numbers() -> None:
    facts = Result((FILE,)).table("facts")
    assert isinstance(facts, pd.DataFrame)
    assert list(facts.columns) == CONTRACT["facts"].split()
    assert facts["value"].tolist() == [Decimal(35000), Decimal(10), Decimal(35000)]
    assert facts["value"].sum() == Decimal(70010)
    assert facts["char_start"].dtype == "Int64"
    assert facts.loc[0, "metric"] == "拨付资金"


def test_empty_frames_have_their_columns() -> None:
    for name, columns in CONTRACT.items():
        assert list(Result(()).table(name).columns) == columns.split()


def test_an_unknown_table_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Result(()).table("figures")


def test_a_finding_names_its_evidence_and_joins_its_facts() -> None:
    (row,) = rows("findings", [FILE])
    ids = [fact["fact_id"] for fact in rows("facts", [FILE])]
    assert row["fact_ids"].split() == ids[:2]
    assert row["evidence"] == "3.5万元|10%|2021"
    assert row["message"].split("\n") == ["不符", "they differ"]
    assert (row["difference"], row["tolerance"]) == ("5000", "0.5")
