"""Tables: heads of marks, of years, of sums and prices, and totals beside their parts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.model import Fact, Report
from tests.small_documents import Rows, report

COVER = ("2023年度项目支出绩效自评表", "一、基本情况")


def read(*parts: str | Rows) -> Report:
    return report(*COVER, *parts)


def cells(*parts: str | Rows) -> dict[tuple[int, int], Fact]:
    """Return the facts of the table by row and column; the first of each cell."""
    found: dict[tuple[int, int], Fact] = {}
    for fact in read(*parts).facts:
        if fact.cell:
            _, _, _, row, _, col = fact.cell.split()
            found.setdefault((int(row), int(col)), fact)
    return found


def unread(*parts: str | Rows) -> list[str]:
    return [item.quote for item in read(*parts).unread]


@pytest.mark.parametrize("header", ["分数", "自评分数", "得分数", "考核分", "评分"])
def test_marks_take_no_money_of_a_caption(header: str) -> None:
    found = cells("单位：万元", [["子项目", "预算数", header], ["污水管网", "820", "93.5"]])
    assert (found[2, 2].unit, found[2, 2].value) == ("元", Decimal(8200000))
    assert (found[2, 3].unit, found[2, 3].value) == ("分", Decimal("93.5"))


def test_a_share_that_says_no_percent_takes_no_money() -> None:
    assert unread("单位：万元", [["子项目", "预算数", "比例(A:B)"], ["污水管网", "820", "1.5"]]) == ["1.5"]


def test_a_total_row_with_all_its_cells_keeps_them_in_their_columns() -> None:
    rows = [["子项目", "安排资金", "分数", "等级"], ["北渠", "2.4", "92", "优"], ["合计", "2.4", "/", "/"]]
    found = cells("单位：亿元", rows)
    assert (found[3, 2].value, found[3, 2].metric) == (Decimal(240000000), "安排资金")


YEARS = [
    ["指标名称", "计量单位", "年度", "<", "<"],
    ["^", "^", "2020", "2021", "2022"],
    ["借阅人次", "万人次", "12.5", "14.1", "15.8"],
    ["馆均开放", "天", "301", "305", "310"],
    ["购书经费", "万元", "66", "70.5", "72"],
]


def test_years_under_a_head_of_years_are_periods() -> None:
    found = cells(YEARS)
    assert [found[3, col].period for col in (3, 4, 5)] == ["2020", "2021", "2022"]
    assert [(found[row, 4].metric, found[row, 4].unit) for row in (3, 4, 5)] == [
        ("借阅人次", "人次"),
        ("馆均开放", "天"),
        ("购书经费", "元"),
    ]
    assert found[3, 3].value == 125000
    assert not unread(YEARS)


@pytest.mark.parametrize("years", [["2021", "2022", "2023"], ["2023", "2022", "2021"], ["2021年", "2022年", "2023年"]])
def test_years_beside_the_heads_of_other_columns_are_periods(years: list[str]) -> None:
    rows = [["指标名称", "单位", *years], ["藏书量", "册", "5100", "5350", "5800"]]
    assert [fact.period for fact in cells(rows).values()] == [year[:4] for year in years]
    assert {fact.unit for fact in cells(rows).values()} == {"册"}


def test_years_need_no_column_of_units() -> None:
    found = cells([["指标", "2021年", "2022年"], ["借阅人次", "1250", "1410"], ["购书经费（万元）", "66", "70.5"]])
    assert [(found[row, 3].period, found[row, 3].unit) for row in (2, 3)] == [("2022", "人次"), ("2022", "元")]
    found = cells([["指标", "2021", "2022"], ["借阅人次", "1250", "1410"], ["购书经费（万元）", "66", "70.5"]])
    assert [(found[row, 3].period, found[row, 3].unit) for row in (2, 3)] == [("2022", "人次"), ("2022", "元")]


@pytest.mark.parametrize(
    "rows",
    [
        [["项目", "预算数", "执行数"], ["书架", "2021", "2022"], ["灯具", "30", "28"]],  # below a head
        [["合计", "2021", "2022"], ["书架", "2000", "1999"]],
        [["书架", "2021", "2019"], ["灯具", "30", "28"]],
        [["收入", "2021", "2022"], ["支出", "2022", "2023"]],  # figures alone
    ],
)
def test_sums_that_look_like_years_are_sums(rows: Rows) -> None:
    found = read("单位：万元", rows)
    assert {"2021"} <= {fact.quote for fact in found.facts if fact.unit == "元"} | {item.quote for item in found.unread}
    assert not any(fact.period in ("2019", "2021", "2022") for fact in found.facts)


@pytest.mark.parametrize(
    "header", [["2022年决算数", "2023年完成数"], ["预算数", "完成数"], ["2022年完成数", "2023年完成数"]]
)
def test_what_was_done_beside_sums_is_money(header: list[str]) -> None:
    found = cells("单位：万元", [["科目", *header, "增长（%）"], ["文化支出", "1,200", "1,260", "5"]])
    assert [found[2, col].unit for col in (2, 3, 4)] == ["元", "元", "%"]
    assert (found[2, 3].value, found[2, 3].role) == (Decimal(12600000), "actual")


@pytest.mark.parametrize("goal", ["目标值", "任务数", "计划数"])
def test_what_was_done_beside_goals_is_no_money(goal: str) -> None:
    assert unread("单位：万元", [["项目", goal, "完成数"], ["清淤", "12", "11"]]) == ["12", "11"]
    rows = [["项目", goal, "完成数", "执行数"], ["清淤", "12", "11", "40"]]
    assert unread("单位：万元", rows) == ["12", "11"]


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("任务数（例）", "target"),
        ("任务量（例）", "target"),
        ("目标值（例）", "target"),
        ("计划数（例）", "target"),
        ("完成数（例）", "actual"),
        ("完成任务数（例）", "actual"),
    ],
)
def test_a_word_of_a_column_may_have_its_unit_behind_it(header: str, role: str) -> None:
    fact = cells([["项目", header, "检出数（例）"], ["视力筛查", "1,200", "31"]])[2, 2]
    assert (fact.role, fact.unit, fact.value) == (role, "例", Decimal(1200))


PARTS = [
    ["乡镇", "发放数量（套）", "<", "<", "小计"],
    ["^", "书包", "课桌", "台灯", "^"],
    ["东岭乡", "40", "32", "8", "80"],
    ["西坪镇", "25", "20", "5", "50"],
]


def test_a_total_has_the_unit_of_its_parts() -> None:
    found = cells(PARTS)
    assert [(found[row, 5].value, found[row, 5].unit) for row in (3, 4)] == [(80, "套"), (50, "套")]
    assert cells("单位：万元", PARTS)[3, 5].unit == "套"  # not of a caption


@pytest.mark.parametrize(("first", "second"), [("80", "51"), ("81", "51")])
def test_a_total_that_does_not_add_up_twice_stays_unread(first: str, second: str) -> None:
    rows = [*PARTS[:2], [*PARTS[2][:4], first], [*PARTS[3][:4], second]]
    assert unread(rows) == [first, second]


def test_a_total_of_shares_is_none() -> None:
    rows = [["乡镇", "占比（%）", "<", "小计"], ["^", "水田", "旱地", "^"], ["东岭乡", "60", "40", "100"]]
    assert unread([*rows, ["西坪镇", "30", "70", "100"]]) == ["100", "100"]


@pytest.mark.parametrize(
    ("header", "caption", "unit", "value"),
    [
        ("累计支付（进度）", "单位：亿元", "元", Decimal(150000000)),
        ("培训数（完成率）", "单位：人次", "人次", Decimal("1.5")),
        ("得分（得分率）", "单位：亿元", "分", Decimal("1.5")),
    ],
)
def test_a_figure_with_its_share_in_brackets(header: str, caption: str, unit: str, value: Decimal) -> None:
    rows = [["项目", "期限（年）", header], ["南闸", "20", "1.50(75%)"]]
    found = [fact for fact in read(caption, rows).facts if fact.cell]
    assert [(fact.unit, fact.value) for fact in found[1:]] == [(unit, value), ("%", Decimal(75))]
    assert not unread(caption, rows)


def test_a_figure_with_a_share_and_no_unit_stays_unread() -> None:
    assert unread([["项目", "期限（年）", "进展"], ["南闸", "20", "28(93.3%)"]]) == ["28"]


@pytest.mark.parametrize(
    ("header", "per"),
    [
        ("月补助标准（元/人）", "人·月"),
        ("每月发放（元/人）", "人·月"),
        ("月人均补贴（元/人）", "人·月"),
        ("年补贴标准（元/户）", "户·年"),
        ("月补助标准（元/人·月）", "人·月"),
        ("9月补助标准（元/人）", "人"),
        ("上年补助标准（元/人）", "人"),
        ("补助标准（元/人）", "人"),
        ("月补助金额（万元）", ""),
    ],
)
def test_a_head_says_that_a_price_is_paid_each_month(header: str, per: str) -> None:
    assert cells([["类别", "人数", header], ["护林员", "12", "900"]])[2, 3].per == per


RATES = [
    ["县(市、区)", "电子健康档案建档率", "老年人健康管理率", "0-6岁儿童健康管理率"],
    ["宽河区", "93.6%", "72.4%", "95.8%"],
    ["岭东区", "92.1%", "70.8%", "95.1%"],
]


def test_labels_over_rows_of_rates_are_their_head() -> None:
    found = cells(RATES)
    assert (found[2, 2].metric, found[3, 3].metric) == ("电子健康档案建档率", "老年人健康管理率")
    assert (found[2, 2].subject, found[3, 4].subject) == ("宽河区", "岭东区")


def test_ages_name_the_rows_of_their_column() -> None:
    rows = [
        ["年龄段", "享受人数(人)", "补贴标准(元/人·月)"],
        ["80-89周岁", "2716", "50"],
        ["90周岁及以上", "418", "120"],
    ]
    found = cells(rows)
    assert "80-89周岁" in f"{found[2, 2].subject} {found[2, 2].metric}"
    assert (found[3, 3].value, found[3, 3].per) == (Decimal(120), "人·月")


def test_the_mean_of_ages_is_a_figure() -> None:
    found = cells([["艺种", "传承人(人)", "平均年龄"], ["剪纸", "12", "61.5岁"], ["皮影", "8", "58岁"]])
    assert found[2, 3].value == Decimal("61.5")


GROUPS = [
    ["县区", "宫颈癌筛查(人)", "<", "乳腺癌筛查(人)", "<"],
    ["^", "任务数", "完成数", "任务数", "完成数"],
    ["安阜县", "10500", "10812", "10400", "10710"],
    ["临渠县", "9500", "9614", "9300", "9533"],
]


def test_the_head_of_a_group_tells_whose_its_columns_are() -> None:
    found = cells(GROUPS)
    assert "宫颈癌筛查" in f"{found[3, 2].subject} {found[3, 2].metric}"
    assert "乳腺癌筛查" in f"{found[4, 5].subject} {found[4, 5].metric}"
    assert (found[3, 2].role, found[3, 3].role) == ("target", "actual")


def test_a_plan_under_money_is_money() -> None:
    rows = [
        ["项目", "资金", "<"],
        ["^", "计划", "支出"],
        ["村寨道路", "980.00", "960.40"],
        ["互市点", "560.00", "476.00"],
    ]
    found = cells("单位：万元", rows)
    assert (found[3, 2].value, found[3, 2].role) == (Decimal(9_800_000), "target")
    assert found[4, 3].value == Decimal(4_760_000)


def test_planned_shows_are_counted_as_those_that_were_given() -> None:
    found = cells([["活动类别", "计划场次", "实际场次"], ["音乐会", "6", "6"], ["展销", "8", "7"]])
    assert [(found[3, at].unit, found[3, at].role) for at in (2, 3)] == [("场", "target"), ("场", "actual")]


def test_a_block_within_a_table_has_heads_of_its_own() -> None:
    """The base data of 部门整体支出: floor space under 决算数 (万元) would be read as money."""
    rows = [
        ["经费控制情况（万元）", "2022年决算数", "2023年预算数", "2023年决算数"],
        ["三公经费", "16.42", "18.5", "15.27"],
        ["楼堂馆所控制情况", "批复规模（㎡）", "实际规模（㎡）", "规模控制率"],
        ["", "620", "618", "99.68%"],
    ]
    facts = report("2023年度部门整体支出绩效评价基础数据表", rows).facts
    assert [(fact.quote, fact.unit, fact.metric) for fact in facts[3:]] == [
        ("620", "平方米", "批复规模(㎡)"),
        ("618", "平方米", "实际规模(㎡)"),
        ("99.68%", "%", "规模控制率"),
    ]


def test_rows_of_quarters_are_of_their_months() -> None:
    found = cells(
        [["季度", "人次", "金额（元）"], ["第一季度", "8,412", "1,387,980"], ["上半年", "16,900", "2,790,000"]]
    )
    assert [found[row, 2].period for row in (2, 3)] == ["2023-01/2023-03", "2023-01/2023-06"]


def test_a_block_of_names_and_figures_has_heads_of_its_own() -> None:
    """The form of special bonds: a rate of interest under 单位自筹 (万元) would be read as money."""
    found = cells(
        "金额单位：万元",
        [
            ["项目总投资", "合计", "专项债券资金", "市场化融资", "单位自筹"],
            ["", "86,500", "60,000", "17,300", "9,200"],
            ["债券发行情况", "债券名称", "发行金额（万元）", "期限（年）", "票面利率（%）"],
            ["", "2021年专项债券（十七期）", "25,000", "15", "3.58"],
            ["", "小计", "45,000", "—", "—"],
        ],
    )
    assert [(found[4, col].unit, found[4, col].value) for col in (3, 4, 5)] == [
        ("元", Decimal(250_000_000)),
        ("年", Decimal(15)),
        ("%", Decimal("3.58")),
    ]
    assert (4, 2) not in found, "an issue's number is a part of its name"


@pytest.mark.parametrize(
    "numbers", [["栏    次", "", "1", "2", "3"], ["类款项", "栏次", "1", "2", "3"], ["1", "2", "3", "4", "5"]]
)
def test_a_row_that_numbers_the_columns_holds_no_figures(numbers: list[str]) -> None:
    head = ["项    目", "行次", "合计", "基本支出", "项目支出"]
    found = cells("金额单位：万元", [head, numbers, ["行政运行", "", "156.9", "150", "6.9"]])
    assert {row for row, _ in found} == {3}


def test_rows_without_names_are_named_by_all_their_heads() -> None:
    head = [["预算数", "预算数", "决算数", "决算数"], ["合计", "公务接待费", "合计", "公务接待费"]]
    found = cells("金额单位：万元", [*head, ["62.5", "14.5", "51.36", "8.17"]])
    assert [found[3, col].metric for col in (1, 2, 3, 4)] == [
        "预算数合计",
        "预算数公务接待费",
        "决算数合计",
        "决算数公务接待费",
    ]


def test_how_many_times_is_no_money() -> None:
    found = cells("金额单位：万元", [["项目", "总收益", "本息覆盖倍数"], ["还本付息", "91,820", "1.28"]])
    assert (found[2, 3].unit, found[2, 3].value) == ("ratio", Decimal("1.28"))


def test_rules_and_remarks_are_of_their_rows_matter() -> None:
    head = ["三级指标", "评分标准", "指标值", "完成值", "备注"]
    row = ["结转结余率", "结转结余率≤10%得5分；每超过1%扣0.5分", "≤10%", "8.5%", "上年同期9.2%"]
    found = [fact for fact in read([head, row]).facts if fact.quote in ("1%", "0.5分", "9.2%")]
    assert [(fact.quote, fact.bound, fact.role) for fact in found[:2]] == [
        ("1%", "eq", "norm"),
        ("0.5分", "eq", "norm"),
    ]
    assert all("结转结余率" in fact.subject for fact in found)
