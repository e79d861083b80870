"""Tables whose cells are lines one after another: rows told by counting alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.model import Fact, Report
from tests.small_documents import report

TITLE = "2022年度公共交通补贴资金绩效自评报告"
HEAD = ("线路", "2022年度补贴(万元)", "比上年减少(万元)", "减少率")
ROWS = (
    ("城北环线", "62.40", "3.10", "4.73%"),
    ("城南快线", "118.05", "-", "-"),
    ("合计", "180.45", "3.10", "1.69%"),
)


def behind(*rows: tuple[str, ...]) -> list[str]:
    """Return the cells of rows as lines with a bar behind each."""
    return [f"{cell} |" for row in rows for cell in row]


def alone(*rows: tuple[str, ...]) -> list[str]:
    """Return the cells of rows as lines, a bar on a line of its own behind each."""
    return [line for row in rows for cell in row for line in ((cell, "|") if cell else ("|",))]


def plain(*rows: tuple[str, ...]) -> list[str]:
    return [cell for row in rows for cell in row if cell]


def read(*lines: str) -> Report:
    return report(TITLE, *lines)


def said(facts: tuple[Fact, ...]) -> list[tuple[str, str, str, str]]:
    return [(fact.quote, fact.unit, fact.metric, fact.subject) for fact in facts]


WANTED = [
    ("62.40", "元", "2022年度补贴(万元)", "城北环线"),
    ("3.10", "元", "比上年减少(万元)", "城北环线"),
    ("4.73%", "%", "减少率", "城北环线"),
    ("118.05", "元", "2022年度补贴(万元)", "城南快线"),
    ("180.45", "元", "2022年度补贴(万元)", "合计"),
    ("3.10", "元", "比上年减少(万元)", "合计"),
    ("1.69%", "%", "减少率", "合计"),
]


@pytest.mark.parametrize("lines", [behind, alone, plain])
def test_rows_are_told_by_counting(lines) -> None:  # type: ignore[no-untyped-def]
    found = read("一、补贴情况", "2022年度各线路补贴情况", *lines(HEAD, *ROWS))
    assert said(found.facts) == WANTED
    assert not found.unread


def test_prose_may_follow_and_so_may_another_table() -> None:
    other = (
        ("使用项目", "2022年度数量或人次"),
        ("公务接待批次", "14"),
        ("公务接待人次", "96"),
        ("公务用车保有量", "3"),
    )
    found = read("各线路补贴情况", *behind(HEAD, *ROWS), "车辆使用情况", *behind(*other), "全年接待14批次,共96人次。")
    assert said(found.facts[:7]) == WANTED
    assert [(fact.quote, fact.unit, fact.metric, fact.period) for fact in found.facts[7:10]] == [
        ("14", "批次", "公务接待批次", "2022"),
        ("96", "人次", "公务接待人次", "2022"),
        ("3", "辆", "公务用车保有量", "2022"),
    ]
    assert len(found.grids) == 2


def test_a_column_of_several_counts_lends_none_of_them() -> None:
    rows = (("项目", "数量或人次"), ("因公出国(境)团组数", "1"), ("国内公务接待", "96"), ("公务用车保有量", "3"))
    found = read(*behind(*rows))
    assert [(fact.quote, fact.unit) for fact in found.facts] == [("1", "个"), ("3", "辆")]
    assert [item.quote for item in found.unread] == ["96"]


@pytest.mark.parametrize("lines", [behind, alone, plain])
def test_running_numbers_are_no_figures(lines) -> None:  # type: ignore[no-untyped-def]
    rows = [(str(number), *row) for number, row in enumerate(ROWS[:2], start=1)]
    found = read("各线路补贴情况", *lines(("序号", *HEAD), *rows, ROWS[2]))
    assert said(found.facts) == WANTED
    assert not found.unread


def test_a_label_alone_heads_the_rows_below_it() -> None:
    found = read(*plain(HEAD, ROWS[0], ("其中",), ("夜间班次", "8.20", "1.05", "11.35%"), ROWS[2]))
    assert [fact.quote for fact in found.facts] == ["62.40", "3.10", "4.73%", "8.20", "1.05", "11.35%", *_last()]
    assert found.facts[3].metric == "2022年度补贴(万元)"


def _last() -> list[str]:
    return ["180.45", "3.10", "1.69%"]


@pytest.mark.parametrize("lines", [behind, alone, plain])
@pytest.mark.parametrize(
    "rows",
    [
        (ROWS[0], ("城南快线", "118.05", "-"), ROWS[2]),
        (ROWS[0], ("城南快线", "118.05", "-", "-", "7"), ROWS[2]),
        (("城北环线", "4.73%", "62.40", "3.10"), ROWS[1], ROWS[2]),
    ],
)
def test_rows_that_do_not_all_fit_give_no_column(lines, rows: tuple[tuple[str, ...], ...]) -> None:  # type: ignore[no-untyped-def]
    """A row too short, too long, or of other kinds: where a cell was lost, no figure can be placed."""
    for fact in read(*lines(HEAD, *rows)).facts:
        assert fact.quote.endswith("%") or fact.metric == ""


def test_a_blank_cell_between_bars_is_one() -> None:
    rows = (("城北环线", "62.40", "", "4.73%"), ("城南快线", "118.05", "3.10", ""), ("合计", "180.45", "3.10", "1.69%"))
    for lines in (behind, alone):
        found = read("各线路补贴情况", *[line.strip() for line in lines(HEAD, *rows)])
        assert [(fact.quote, fact.metric) for fact in found.facts[:4]] == [
            ("62.40", "2022年度补贴(万元)"),
            ("4.73%", "减少率"),
            ("118.05", "2022年度补贴(万元)"),
            ("3.10", "比上年减少(万元)"),
        ]


PARTED = (
    ("年度", "合计", "会议费", "公务用车费"),
    ("合计", "购置", "运行"),
    ("2021年", "58", "10", "48", "20", "28"),
    ("2022年", "51", "9", "42", "16", "26"),
    ("2022年比2021年增减%", "-12.07", "-10", "-12.5", "-20", "-7.14"),
)


def test_a_head_on_two_levels_is_told_by_its_sums() -> None:
    found = read("单位：万元", *alone(*PARTED))
    assert [cell.col_header for cell in found.grids[0].cells if cell.row_header == "2021年" or cell.text == "58"] == [
        "合计",
        "会议费",
        "公务用车费 > 合计",
        "公务用车费 > 购置",
        "公务用车费 > 运行",
    ]
    assert [(fact.value, fact.unit) for fact in found.facts[-5:]] == [(Decimal(value), "%") for value in PARTED[-1][1:]]
    assert found.facts[3].value == Decimal(200000)


def test_a_head_on_two_levels_whose_parts_do_not_add_up_is_left_alone() -> None:
    rows = (*PARTED[:3], ("2022年", "51", "9", "42", "17", "26"), ("2020年", "60", "9", "51", "20", "26"))
    assert not [
        cell for grid in read("单位：万元", *alone(*rows)).grids for cell in grid.cells if ">" in cell.col_header
    ]


def test_groups_of_the_same_columns_are_two_levels() -> None:
    rows = (
        ("2021年度", "2022年度"),
        ("预算数", "决算数", "预算数", "决算数"),
        ("会议费", "12", "11.5", "10", "9.8"),
        ("培训费", "8", "7.6", "7", "7"),
        ("合计", "20", "19.1", "17", "16.8"),
    )
    found = read("单位：万元", *behind(("项目",), *rows))
    assert [(fact.quote, fact.period) for fact in found.facts[:4]] == [
        *(("12", "2021"), ("11.5", "2021"), ("10", "2022"), ("9.8", "2022")),
    ]


def test_fields_of_a_form_are_no_table() -> None:
    lines = plain(("部门名称", "交通局"), ("编制人数", "30"), ("实有人数", "28"), ("内设机构数", "6"))
    assert [fact.metric for fact in read("基本情况", *lines).facts] == ["编制人数", "实有人数", "内设机构数"]


def test_what_stands_before_a_table_does_not_hide_it() -> None:
    fields = plain(("部门名称", "交通局"), ("编制人数", "30"), ("实有人数", "28"))
    found = read("基本情况", *fields, "2022年度各线路补贴情况", *plain(HEAD, *ROWS))
    assert said(found.facts[2:]) == WANTED
