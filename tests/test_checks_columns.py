"""What the columns of a table say of each other: the row that is not as the others is told."""

from __future__ import annotations

import pytest

from tests.checking import contradictions, told
from tests.small_documents import Rows

SAMPLES: Rows = [
    ["食品类别", "抽检数量（批次）", "不合格数量（批次）", "问题率（%）"],
    ["粮食加工品", "420", "3", "0.71"],
    ["食用油", "150", "1", "0.67"],
    ["肉制品", "260", "4", "1.54"],
    ["餐饮食品", "1240", "62", "5.00"],
    ["合计", "2070", "70", "3.38"],
]
COSTS: Rows = [
    ["支出内容", "数量", "单价", "测算金额（万元）"],
    ["秸秆覆盖", "36万亩", "50元/亩", "1800"],
    ["秸秆还田", "14万亩", "40元/亩", "560"],
    ["有机肥抛撒", "2.4万亩", "90元/亩", "216"],
    ["监测终端", "400台", "2500元/台", "100"],
]


def changed(rows: Rows, old: str, new: str) -> Rows:
    """Return ``rows`` with the cell that reads ``old`` changed."""
    return [[new if cell == old else cell for cell in line] for line in rows]


@pytest.mark.parametrize(("rows", "check"), [(SAMPLES, "rate.table"), (COSTS, "price.product.table")])
def test_rows_that_hold_are_told_as_consistent(rows: Rows, check: str) -> None:
    assert len(told("一、情况", rows, about=check)["consistent"]) >= 4
    assert contradictions("一、情况", rows) == []


@pytest.mark.parametrize(
    ("rows", "old", "new", "check"),
    [(SAMPLES, "1.54", "1.84", "rate.table"), (COSTS, "216", "240", "price.product.table")],
)
def test_the_row_that_is_not_as_the_others_is_told(rows: Rows, old: str, new: str, check: str) -> None:
    assert contradictions("一、情况", changed(rows, old, new)) == [check]


def test_two_rows_show_no_build() -> None:
    assert contradictions("一、情况", changed([*SAMPLES[:3], SAMPLES[4]], "5.00", "9.00")) == []


def test_a_rate_that_is_capped_is_not_accused() -> None:
    rows: Rows = [
        ["项目", "申请数（件）", "受理数（件）", "受理比"],
        ["一", "200", "150", "75%"],
        ["二", "400", "100", "25%"],
        ["三", "80", "72", "90%"],
        ["四", "50", "60", "100%"],
    ]
    assert contradictions("一、情况", rows) == []


def test_a_growth_from_one_column_to_another_is_borne_out() -> None:
    rows: Rows = [
        ["项目", "2022年（万元）", "2023年（万元）", "变动（%）"],
        ["教育", "200.00", "230.00", "15.00"],
        ["卫生", "400.00", "380.00", "-5.00"],
        ["农业", "80.00", "92.00", "15.00"],
        ["交通", "50.00", "60.00", "20.00"],
    ]
    assert contradictions("一、情况", rows) == []
    assert contradictions("一、情况", changed(rows, "20.00", "12.00")) == ["change.growth.table"]


BUDGET: Rows = [
    ["资金来源", "年初预算数", "全年预算数", "全年执行数", "执行率"],
    ["资金总额", "1860.00", "2035.00", "1912.00", "93.96%"],
    ["其中：中央", "1200.00", "1200.00", "1168.00", "97.33%"],
    ["省级", "360.00", "480.00", "480.00", "100.00%"],
    ["县级", "300.00", "355.00", "264.00", "74.37%"],
]


def test_rows_show_which_budget_a_rate_is_of() -> None:
    assert contradictions("单位：万元", BUDGET) == []
    assert contradictions("单位：万元", changed(BUDGET, "74.37%", "88.00%")) == ["rate.execution"]


def test_where_no_row_shows_it_either_budget_will_do() -> None:
    rows = [BUDGET[0], ["资金总额", "1500.00", "1555.00", "1432.00", "95.47%"], BUDGET[2]]
    assert contradictions("单位：万元", [*rows, ["县级", "300.00", "355.00", "264.00", "88.00%"]]) == []


@pytest.mark.parametrize(
    ("total", "told_of"),
    [("3.38", []), ("1.98", []), ("7.92", []), ("3.83", ["rate.table"])],
    ids=["quotient", "mean", "sum", "neither"],
)
def test_the_rate_of_a_total_is_of_its_row_or_made_of_the_others(total: str, told_of: list[str]) -> None:
    assert contradictions("一、情况", changed(SAMPLES, "3.38", total)) == told_of
