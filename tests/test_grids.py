"""Tables: where a bare figure takes its unit, its name and its role from.

``<`` goes on the cell to the left, ``^`` the one above (``small_documents``). Rows and columns count from 1, as in
the column ``cell``.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.model import Fact, Report
from tests.small_documents import Rows, document, named, report

COVER = ("2023年度项目支出绩效自评表", "一、基本情况")


def read(*parts: str | Rows) -> Report:
    return report(*COVER, *parts)


def cells(*parts: str | Rows) -> dict[tuple[int, int], Fact]:
    """Return the facts of the first table by row and column; the first of each cell."""
    found: dict[tuple[int, int], Fact] = {}
    for fact in read(*parts).facts:
        if fact.cell.startswith("table 1 "):
            _, _, _, row, _, col = fact.cell.split()
            found.setdefault((int(row), int(col)), fact)
    return found


# Units


@pytest.mark.parametrize(
    ("parts", "at", "value", "unit", "unit_from"),
    [
        # the cell's own
        ([[["项目", "金额"], ["设备购置", "120万元"], ["维修", "35.5万元"]]], (2, 2), "1200000", "元", "cell"),
        # the header's
        (
            [[["部门", "预算数（万元）", "决算数（元）"], ["教育局", "120", "1180000"]]],
            (2, 2),
            "1200000",
            "元",
            "header",
        ),
        (
            [[["部门", "预算数（万元）", "决算数（元）"], ["教育局", "120", "1180000"]]],
            (2, 3),
            "1180000",
            "元",
            "header",
        ),
        ([[["学年", "学生数（人）", "学校（所）"], ["2022", "18500", "23"]]], (2, 2), "18500", "人", "header"),
        # a word of the header
        ([[["乡镇", "受益户数", "受益人数"], ["东山镇", "1200", "4100"]]], (2, 2), "1200", "户", "header"),
        ([[["乡镇", "受益户数", "受益人数"], ["东山镇", "1200", "4100"]]], (2, 3), "4100", "人", "header"),
        ([[["乡镇", "投入（万元）", "完成率"], ["东山镇", "120", "98.5"]]], (2, 3), "98.5", "%", "header"),
        # the row's
        ([[["指标", "2022年", "2023年"], ["森林覆盖率（%）", "55.9", "56.8"]]], (2, 3), "56.8", "%", "row"),
        ([[["指标", "2022年", "2023年"], ["在校人数（人）", "1850", "1865"]]], (2, 2), "1850", "人", "row"),
        # a column of units
        (
            [[["三级指标", "计量单位", "年度指标值", "实际完成值"], ["新建学校数", "所", "3", "4"]]],
            *((2, 4), "4", "所", "row"),
        ),
        # a row of units under the head
        ([[["乡镇", "面积", "投入"], ["", "亩", "万元"], ["东山镇", "1200", "56"]]], (3, 3), "560000", "元", "header"),
        # the caption in the table, and the line above it
        ([[["收入情况（万元）", "<"], ["来源", "金额"], ["财政拨款", "720"]]], (3, 2), "7200000", "元", "caption"),
        (["单位：万元", [["来源", "金额"], ["财政拨款", "720"]]], (2, 2), "7200000", "元", "caption"),
        (["表1 造林情况（亩）", [["乡镇", "面积"], ["东山镇", "1250.5"]]], (2, 2), "1250.5", "亩", "caption"),
        ([[["指标", "2022年", "2023年"], ["造林面积（万亩）", "3.2", "3.5"]]], *((2, 3), "35000", "亩", "row")),
    ],
)
def test_a_bare_figure_finds_its_unit(
    parts: list[str | Rows], at: tuple[int, int], value: str, unit: str, unit_from: str
) -> None:
    fact = cells(*parts)[at]
    assert (fact.value, fact.unit, fact.unit_from) == (Decimal(value), unit, unit_from)


FUNDS = ["项目资金（万元）", "<", "年初预算数", "全年执行数", "分值", "执行率", "得分"]


@pytest.mark.parametrize(
    ("rows", "at", "value", "unit", "unit_from"),
    [
        # a unit in the corner holds for the figures of the rows below
        ([["部门预算（万元）", "年初结转", "财政拨款"], ["教育局", "5", "100"]], (2, 3), "1000000", "元", "header"),
        ([["单位：百万元", "2022年", "2023年"], ["基本支出", "500", "520"]], (2, 2), "500000000", "元", "header"),
        ([FUNDS, ["年度资金总额", "<", "1200", "1150", "10", "95.8", "9.6"]], (2, 3), "12000000", "元", "header"),
        ([FUNDS, ["年度资金总额", "<", "1200", "1150", "10", "95.8", "9.6"]], (2, 4), "11500000", "元", "header"),
        # but not for marks, shares and counts
        ([FUNDS, ["年度资金总额", "<", "1200", "1150", "10", "95.8", "9.6"]], (2, 5), "10", "分", "header"),
        ([FUNDS, ["年度资金总额", "<", "1200", "1150", "10", "95.8", "9.6"]], (2, 6), "95.8", "%", "header"),
        ([FUNDS, ["年度资金总额", "<", "1200", "1150", "10", "95.8", "9.6"]], (2, 7), "9.6", "分", "header"),
        ([["支出（万元）", "2022年", "2023年"], ["占比", "37.5", "37.3"]], (2, 2), "37.5", "%", "row"),
        ([["支出（万元）", "2022年", "2023年"], ["惠及人数", "375", "373"]], (2, 2), "375", "人", "row"),
        # a unit over a group of columns or rows
        (
            [["部门", "预算执行情况（万元）", "<"], ["^", "执行数", "执行率"], ["教育局", "95", "95"]],
            *((3, 2), "950000", "元", "header"),
        ),
        (
            [["部门", "预算执行情况（万元）", "<"], ["^", "执行数", "执行率"], ["教育局", "95", "95"]],
            *((3, 3), "95", "%", "header"),
        ),
        (
            [["", "预算执行情况（万元）", "<"], ["部门", "预算数", "执行数"], ["教育局", "100", "95"]],
            *((3, 2), "1000000", "元", "header"),
        ),
        ([["项目资金（万元）", "执行数", "110"], ["^", "执行率", "91.67"]], (1, 3), "1100000", "元", "row"),
        ([["项目资金（万元）", "执行数", "110"], ["^", "执行率", "91.67"]], (2, 3), "91.67", "%", "row"),
    ],
)
def test_the_unit_of_a_corner_or_group_reaches_its_figures(
    rows: Rows, at: tuple[int, int], value: str, unit: str, unit_from: str
) -> None:
    fact = cells(rows)[at]
    assert (fact.value, fact.unit, fact.unit_from) == (Decimal(value), unit, unit_from)


def test_a_unit_for_one_thing_stands_in_headers_too() -> None:
    found = cells("单位：万元", [["村名", "补助标准（元/人）", "产量（公斤/亩）"], ["上河村", "500", "520"]])
    assert [(found[2, col].unit, found[2, col].per, found[2, col].role) for col in (2, 3)] == [
        ("元", "人", "norm"),
        ("公斤", "亩", "actual"),
    ]


def test_a_cell_of_the_unit_column_is_no_name() -> None:
    found = cells([["三级指标", "计量单位", "年度指标值", "实际完成值"], ["玉米亩产", "公斤/亩", "500", "520"]])
    assert [(fact.metric, fact.unit, fact.per) for fact in found.values()] == [
        ("玉米亩产年度指标值", "公斤", "亩"),
        ("玉米亩产实际完成值", "公斤", "亩"),
    ]


def test_a_header_outweighs_the_caption() -> None:
    found = cells([["收支情况（万元）", "<", "<"], ["项目", "支出", "人数（人）"], ["培训", "35", "120"]])
    assert [found[3, col].unit for col in (2, 3)] == ["元", "人"]
    assert [found[3, col].value for col in (2, 3)] == [350_000, 120]


def test_a_unit_goes_on_to_the_next_table_but_not_over_a_new_one() -> None:
    found = read("单位：万元", [["项目", "金额"], ["维修", "3"]], [["项目", "金额"], ["购置", "5"]])
    assert [fact.value for fact in found.facts] == [30_000, 50_000]
    assert {fact.unit for fact in found.facts} == {"元"}
    other = read("单位：万元", [["项目", "金额"], ["维修", "3"]], "单位：元", [["项目", "金额"], ["购置", "5"]])
    assert [fact.value for fact in other.facts] == [30_000, 5]


def test_a_figure_without_any_unit_is_unread_not_guessed() -> None:
    found = read([["项目", "甲", "乙"], ["栽种", "3500", "2800"], ["补种", "120", "90"]])
    assert found.facts == ()
    assert [unread.quote for unread in found.unread] == ["3500", "2800", "120", "90"]


@pytest.mark.parametrize(
    "rows",
    [
        [["年份", "在校学生数（人）"], ["2022年", "18500"], ["2023年", "18650"]],
        [["乡镇", "受益户数", "受益人数"], ["东山镇", "—", "4100"]],
        [["乡镇", "造林面积（亩）", "树种"], ["东山镇", "1200", "云南松"], ["西河乡", "800", "旱冬瓜"]],
    ],
)
def test_a_head_over_one_column_of_figures(rows: Rows) -> None:
    assert len(read(rows).facts) == sum(cell.isdecimal() for row in rows for cell in row)


# Names


LEVELS = [
    ["年度收入情况（万元）", "<", "<", "<"],
    ["机构名称", "收入合计", "其中：", "<"],
    ["^", "^", "财政拨款", "其他"],
    ["局机关", "860.5", "720", "140.5"],
    ["二级机构1", "—", "", "0"],
]


@pytest.mark.parametrize(
    ("at", "metric", "subject"),
    [
        ((4, 2), "收入合计", "局机关"),
        ((4, 3), "财政拨款", "局机关"),
        ((4, 4), "收入其他", "局机关"),
        ((5, 4), "收入其他", "二级机构1"),
    ],
)
def test_a_head_of_several_levels(at: tuple[int, int], metric: str, subject: str) -> None:
    fact = cells(LEVELS)[at]
    assert (fact.metric, fact.subject) == (metric, subject)
    assert fact.section.endswith("年度收入情况(万元)")


def test_blank_and_dashed_cells_are_nothing_and_zero_is_a_fact() -> None:
    found = cells(LEVELS)
    assert (5, 2) not in found
    assert (5, 3) not in found
    assert found[5, 4].value == 0


@pytest.mark.parametrize("nothing", ["", " ", "—", "——", "-", "/", "无", "*"])
def test_what_says_nothing(nothing: str) -> None:
    found = read([["乡镇", "受益户数", "受益人数"], ["西河乡", "96", "350"], ["东山镇", nothing, "4100"]])
    assert [fact.quote for fact in found.facts] == ["96", "350", "4100"]
    assert found.unread == ()


def test_captions_inside_a_form_begin_a_new_table() -> None:
    form = [
        ["一、收入情况（万元）", "<", "<"],
        ["来源", "预算数", "决算数"],
        ["财政拨款", "700", "720"],
        ["二、人员情况（人）", "<", "<"],
        ["类别", "编制数", "实有人数"],
        ["行政", "30", "28"],
    ]
    found = cells(form)
    assert [found[row, 3].unit for row in (3, 6)] == ["元", "人"]
    assert [found[row, 3].value for row in (3, 6)] == [7_200_000, 28]
    assert "收入情况" in named(found[3, 3])
    assert "人员情况" in named(found[6, 3])
    assert "收入情况" not in named(found[6, 3])


def test_labels_that_go_over_rows_hold_for_all_of_them() -> None:
    found = cells(
        [["类别", "项目", "金额（元）"], ["培训", "讲课费", "1200"], ["^", "场地费", "800"], ["其他", "税费", "30"]]
    )
    assert "培训" in named(found[3, 3])
    assert "场地费" in named(found[3, 3])
    assert "培训" not in named(found[4, 3])


@pytest.mark.parametrize(
    ("header", "period"),
    [("2022年决算数", "2022"), ("上年决算数", "2022"), ("年末结余", "2023-12-31"), ("决算数", "")],
)
def test_a_header_may_name_a_period(header: str, period: str) -> None:
    assert cells("单位：万元", [["项目", header], ["财政拨款", "720"]])[2, 2].period == period


def test_rows_of_years_are_periods() -> None:
    found = cells([["年份", "学生数（人）", "教师数（人）"], ["2022年", "18500", "1230"], ["2023年", "18650", "1251"]])
    assert [found[row, 2].period for row in (2, 3)] == ["2022", "2023"]


def test_rows_of_bare_years_are_periods_too() -> None:
    rows = [["年度", "支出（万元）", "收入（万元）"], ["2022", "12.5", "13"], ["2023", "13.5", "14"]]
    found = read(rows)
    assert [(fact.period, fact.subject) for fact in found.facts[::2]] == [("2022", "2022"), ("2023", "2023")]
    assert found.unread == ()


# Roles: the forms of 自评


SCORED = [
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
    ["产出指标", "数量指标", "新建公厕座数", "≥20座", "26座", "10", "10"],
    ["^", "质量指标", "验收合格率", "≥95%", "98%", "10", "9.5"],
    ["^", "成本指标", "成本控制率", "≤100%", "97", "5", "5"],
    ["总分", "<", "<", "<", "<", "100", "96.5"],
]


@pytest.mark.parametrize(
    ("at", "role", "value", "unit", "bound"),
    [
        ((2, 4), "target", "20", "座", "ge"),
        ((2, 5), "actual", "26", "座", "eq"),
        ((2, 6), "full", "10", "分", "eq"),
        ((2, 7), "awarded", "10", "分", "eq"),
        ((3, 4), "target", "95", "%", "ge"),
        ((3, 7), "awarded", "9.5", "分", "eq"),
        ((4, 4), "target", "100", "%", "le"),
        ((4, 5), "actual", "97", "%", "eq"),
        ((5, 6), "full", "100", "分", "eq"),
        ((5, 7), "awarded", "96.5", "分", "eq"),
    ],
)
def test_an_indicator_form(at: tuple[int, int], role: str, value: str, unit: str, bound: str) -> None:
    fact = cells(SCORED)[at]
    assert (fact.role, fact.value, fact.unit, fact.bound) == (role, Decimal(value), unit, bound)


@pytest.mark.parametrize("at", [(2, 4), (2, 5), (2, 6), (2, 7)])
def test_an_indicator_names_all_figures_of_its_row(at: tuple[int, int]) -> None:
    name = named(cells(SCORED)[at])
    assert all(word in name for word in ("产出指标", "数量指标", "新建公厕座数"))


def test_a_figure_is_no_label_of_its_neighbour() -> None:
    assert [fact.metric for fact in cells(SCORED).values() if "座" in fact.metric.replace("座数", "")] == []


BUDGET = [
    ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    ["年度资金总额", "1200", "1350", "1298.5", "10", "96.19%", "9.6"],
    ["其中：财政拨款", "1000", "1100", "1050", "—", "95.45", "—"],
    ["其他资金", "200", "250", "248.5", "—", "", "—"],
]


@pytest.mark.parametrize(
    ("at", "role", "value", "unit"),
    [
        ((2, 2), "actual", "12000000", "元"),
        ((2, 4), "actual", "12985000", "元"),
        ((2, 5), "full", "10", "分"),
        ((2, 6), "actual", "96.19", "%"),
        ((2, 7), "awarded", "9.6", "分"),
        ((3, 3), "actual", "11000000", "元"),
        ((3, 6), "actual", "95.45", "%"),
        ((4, 4), "actual", "2485000", "元"),
    ],
)
def test_a_budget_form(at: tuple[int, int], role: str, value: str, unit: str) -> None:
    found = cells("单位：万元", BUDGET)
    fact = found[at]
    assert (fact.role, fact.value, fact.unit) == (role, Decimal(value), unit)
    assert not {(3, 5), (3, 7), (4, 5), (4, 6), (4, 7)} & set(found)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("年度指标值", "target"),
        ("目标值", "target"),
        ("计划数", "target"),
        ("实际完成值", "actual"),
        ("完成情况", "actual"),
        ("分值", "full"),
        ("权重", "full"),
        ("自评得分", "awarded"),
        ("得分", "awarded"),
        ("计划面积（亩）", "target"),
    ],
)
def test_a_header_gives_the_role(header: str, role: str) -> None:
    figure = "8" if role in ("full", "awarded") else "8%" if "亩" not in header else "8"
    assert (
        cells([["三级指标", "备注", header], ["合格率", "见附件", figure], ["完工率", "见附件", figure]])[2, 3].role
        == role
    )


def test_prose_in_goal_columns_is_read_as_prose() -> None:
    found = read(
        [
            ["预期目标", "实际完成情况"],
            ["新建公厕20座，改造公厕10座，群众满意度达到90%以上。", "新建公厕26座，改造公厕12座，群众满意度96.5%。"],
        ]
    ).facts
    assert [(fact.quote, fact.role) for fact in found] == [
        *(("20座", "target"), ("10座", "target"), ("90%", "target")),
        *(("26座", "actual"), ("12座", "actual"), ("96.5%", "actual")),
    ]
    assert all(fact.cell for fact in found)


def test_marks_beside_indicators_where_only_the_total_says_so() -> None:
    found = cells([["评价内容", "实际完成值"], ["项目立项规范", "10"], ["资金管理规范", "15"], ["综合得分", "96.5"]])
    assert [(fact.role, fact.unit) for fact in found.values()] == [("awarded", "分")] * 3


# Labels and values


@pytest.mark.parametrize(
    ("row", "at", "metric", "value", "unit"),
    [
        (["人员编制", "65", "实有人数", "62"], (1, 2), "人员编制", "65", "人"),
        (["人员编制", "65", "实有人数", "62"], (1, 4), "实有人数", "62", "人"),
        (["项目金额", "120万元", "资金到位率", "98%"], (1, 2), "项目金额", "1200000", "元"),
        (["项目金额", "120万元", "资金到位率", "98%"], (1, 4), "资金到位率", "98", "%"),
        (["项目金额（万元）", "120", "到位率（%）", "98"], (1, 2), "项目金额", "1200000", "元"),
    ],
)
def test_pairs_of_label_and_value(row: list[str], at: tuple[int, int], metric: str, value: str, unit: str) -> None:
    fact = cells([row])[at]
    assert (fact.value, fact.unit) == (Decimal(value), unit)
    assert metric in fact.metric


@pytest.mark.parametrize("label", ["联系电话", "联系方式", "预算编码", "单位代码", "文号", "填报日期", "序号"])
def test_numbers_that_are_names_are_refused(label: str) -> None:
    found = read([[label, "3728919"], ["在职人员", "58人"]])
    assert [fact.quote for fact in found.facts] == ["58人"]
    assert found.unread == ()


def test_a_column_of_names_is_refused() -> None:
    found = read([["序号", "科目编码", "科目名称", "金额（元）"], ["1", "2130122", "农业生产", "1200"]])
    assert [fact.quote for fact in found.facts] == ["1200"]
    assert found.unread == ()


def test_a_value_in_words_is_no_header() -> None:
    found = cells([["项目名称", "农村客运"], ["人员编制", "65"], ["实有人数", "62"]])
    assert "农村客运" not in found[2, 2].metric


def test_a_caption_that_parts_by_town() -> None:
    assert [fact.quote for fact in read("表2 分镇造林面积（亩）").facts] == []


# The grid itself


def test_a_grid_keeps_every_cell_with_its_headers() -> None:
    (grid,) = read(LEVELS).grids
    assert (grid.ordinal, grid.caption, grid.unit) == (1, "年度收入情况(万元)", "万元")
    by_place = {(cell.row, cell.col): cell for cell in grid.cells}
    assert len(grid.cells) == 14
    assert by_place[3, 2].row_header == "局机关"
    assert by_place[3, 2].col_header == "财政拨款"
    assert by_place[3, 2].unit == "元"
    assert by_place[3, 2].value == 7_200_000
    assert by_place[4, 1].text == "—"
    assert by_place[4, 1].value is None


def test_tables_are_counted_through_the_report() -> None:
    found = read([["项目", "金额（元）"], ["甲", "1"]], "说明如下。", [["项目", "金额（元）"], ["乙", "2"]])
    assert [grid.ordinal for grid in found.grids] == [1, 2]
    assert [fact.cell for fact in found.facts] == ["table 1 row 2 col 2", "table 2 row 2 col 2"]


def test_a_column_whose_only_header_is_a_unit() -> None:
    (fact,) = read([["其中：", "万元"], ["", "12"]]).facts
    assert (fact.value, fact.unit) == (Decimal(120_000), "元")


TEXTS = st.sampled_from(
    [
        *(
            "",
            "—",
            "0",
            "12",
            "1,200.5",
            "98%",
            "≥95%",
            "-3.5",
            "26座",
            "3万元",
            "项目",
            "金额（万元）",
            "得分",
            "分值",
        ),
        *(
            "年度指标值",
            "实际完成值",
            "合计",
            "其中：",
            "单位：元",
            "2022年",
            "新建5所，改造3所。",
            "<",
            "^",
            "联系电话",
            "其他",
        ),
    ]
)


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=6), min_size=1, max_size=6))
def test_any_table_is_read_and_loses_no_figure(rows: list[list[str]]) -> None:
    small = document(*COVER, rows, "说明如下。")
    found = read(rows, "说明如下。")
    for fact in found.facts:
        assert small.text[fact.span.start : fact.span.end] == fact.quote
        assert fact.source == "table"
    (grid,) = found.grids
    for cell in grid.cells:
        assert small.text[cell.span.start : cell.span.end] == cell.text
    known = [(fact.span.start, fact.span.end) for fact in found.facts]
    known += [(unread.span.start, unread.span.end) for unread in found.unread]
    bare = [cell for cell in grid.cells if cell.text in ("12", "1,200.5")]
    named_away = {cell.row for cell in grid.cells if cell.text == "联系电话"} or any(
        "联系电话" in f"{cell.row_header}{cell.col_header}" for cell in grid.cells
    )
    if not named_away:
        assert all(any(start <= cell.span.start < end for start, end in known) for cell in bare)


def test_a_rule_is_no_name_and_its_figures_are_norms() -> None:
    rows = [
        ["指标", "分值", "评分标准", "得分"],
        ["立项规范性", "5", "程序符合规定得满分，否则酌情扣分", "4"],
        ["资金到位率", "10", "到位率达到100%得10分", "9"],
    ]
    found = {(fact.quote, fact.role): fact for fact in report("一、评价结论", rows).facts}
    assert "立项规范性" in found["4", "awarded"].metric and "程序" not in found["4", "awarded"].metric
    assert ("100%", "norm") in found


@pytest.mark.parametrize("left_out", ["—", ""])
@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1)])
def test_a_unit_over_a_cell_without_figure_is_not_the_row_s(left_out: str, order: tuple[int, ...]) -> None:
    rows = [["地区", "资金", "参与人次（万人次）"], ["甲市", "2000", "26.5"], ["乙市", "1200", left_out]]
    found = report("2023年度某项目绩效自评报告", "单位：万元", [[line[at] for at in order] for line in rows])
    assert found.facts[-1].unit == "元"
