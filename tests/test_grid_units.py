"""Tables: which unit a caption, a head or an earlier table may lend a bare figure, and when it may not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.model import Fact, Report
from tests.small_documents import Rows, report

COVER = ("2023年度项目支出绩效自评表", "一、基本情况")
FORM = ["三级指标", "年度指标值", "实际完成值", "分值", "得分"]


def read(*parts: str | Rows) -> Report:
    return report(*COVER, *parts)


def cells(*parts: str | Rows) -> dict[tuple[int, int], Fact]:
    """Return the facts of the last table by row and column; the first of each cell."""
    found: dict[tuple[int, int], Fact] = {}
    for fact in read(*parts).facts:
        if fact.cell:
            _, _, _, row, _, col = fact.cell.split()
            found.setdefault((int(row), int(col)), fact)
    return found


def unread(*parts: str | Rows) -> list[str]:
    return [item.quote for item in read(*parts).unread]


SOURCES = [["资金来源", "2022年", "2023年"], ["中央资金", "3,480", "4,120"]]


@pytest.mark.parametrize(
    ("caption", "value"),
    [
        ("单位：人民币元", "3480"),
        ("金额单位：人民币万元", "34800000"),
        ("表2 拨付表（货币单位：万元人民币）", "34800000"),
        ("（单位 ： 万 元）", "34800000"),
        ("万元", "34800000"),
        ("计量单位：千元", "3480000"),
    ],
)
def test_a_caption_states_its_unit_in_many_ways(caption: str, value: str) -> None:
    fact = cells(caption, SOURCES)[2, 2]
    assert (fact.value, fact.unit) == (Decimal(value), "元")


def test_the_line_above_the_unit_may_be_the_caption() -> None:
    assert cells("单位：万元", "表1 资金安排", SOURCES)[2, 2].value == Decimal("34800000")


def test_the_units_of_a_caption_go_to_the_columns_they_suit() -> None:
    rows = [["乡镇", "种植面积", "补贴标准", "补贴金额", "名次"], ["东山乡", "12,500", "95", "1,187,500", "3"]]
    found = cells("单位：亩、元、元/亩", rows)
    assert [(fact.value, fact.unit, fact.per) for fact in found.values()] == [
        (Decimal("12500"), "亩", ""),
        (Decimal("95"), "元", "亩"),
        (Decimal("1187500"), "元", ""),
    ]


def test_a_column_that_none_of_several_units_suits_stays_unread() -> None:
    assert unread("单位：万元、%", [["类别", "甲", "执行率"], ["货物", "25", "98.5"]]) == ["25"]


@pytest.mark.parametrize(
    ("header", "unit"), [("项目数", "项"), ("采购项目个数", "个"), ("设备台数", "台"), ("较上年±%", "%")]
)
def test_a_header_that_counts_outweighs_a_caption_of_money(header: str, unit: str) -> None:
    fact = cells("单位：万元", [["类别", "金额", header], ["货物", "25", "8"]])[2, 3]
    assert (fact.value, fact.unit) == (Decimal(8), unit)


def test_a_unit_of_an_earlier_table_reaches_money_alone() -> None:
    later = [
        ["片区", "楼栋", "惠及居民", "同比±%", "综合排名", "补助资金"],
        ["东区", "120", "8,600", "-5.2", "1", "35"],
    ]
    found = cells("单位：万元", SOURCES, "二、任务完成情况", later)
    assert [(fact.quote, fact.unit) for (_, col), fact in found.items() if col > 3] == [("-5.2", "%"), ("35", "元")]
    assert {"120", "8,600"} <= set(unread("单位：万元", SOURCES, "二、任务完成情况", later))


def test_a_blank_or_dashed_cell_lends_its_row_no_unit() -> None:
    rows = [
        ["地区", "第一批", "第二批", "参与人次（万人次）"],
        ["冰城市", "1500", "700", "32.5"],
        ["省直单位", "1200", "500", "—"],
        ["鹤乡市", "900", "300", ""],
    ]
    found = cells("单位：万元", rows)
    assert {found[row, col].unit for row in (2, 3, 4) for col in (2, 3)} == {"元"}
    assert found[2, 4].unit == "人次"


def test_a_total_keeps_its_column() -> None:
    rows = [
        ["项目名称", "预算数", "执行率", "自评得分", "等级"],
        ["危房改造", "320", "95%", "92.5", "优"],
        ["农村公厕", "180", "88.5%", "84", "良"],
        ["合计", "500", "92.66%", "", ""],
    ]
    found = cells("单位：万元", rows)
    assert (found[4, 2].value, found[4, 2].unit) == (Decimal("5000000"), "元")
    assert (4, 4) not in found


def test_rows_that_number_the_columns_hold_no_figures() -> None:
    rows = [["项目", "行次", "决算数", "支出数"], ["栏次", "", "1", "2"], ["一、财政拨款", "1", "35.6", "35.6"]]
    assert [fact.quote for fact in cells("单位：万元", rows).values()] == ["35.6", "35.6"]


def test_a_thousands_separator_makes_no_sentence() -> None:
    found = cells([FORM, ["改造户数", "≥3,400户", "3,380户", "20", "19.88"]])
    assert (found[2, 2].metric, found[2, 3].metric) == ("改造户数年度指标值", "改造户数实际完成值")


def test_a_result_in_words_says_what_its_row_is_about() -> None:
    found = cells([FORM, ["资金拨付期限", "文件下达后30日内", "最多用时28日内", "10", "10"]])
    assert found[2, 2].subject == found[2, 3].subject == "资金拨付期限"


def test_a_remark_across_goals_and_results_is_neither() -> None:
    rows = [
        FORM,
        ["改造户数", "≥340户", "338户", "20", "19.88"],
        ["其他需要说明的问题", "暴雨损毁房屋12户", "<", "<", "<"],
    ]
    assert cells(rows)[3, 2].role == "actual"


def test_a_table_goes_on_without_its_head() -> None:
    first = [
        ["一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "改造户数", "≥340户", "338户", "20", "19.88"],
    ]
    rest = [
        ["产出指标", "验收合格率", "100%", "98%", "10", "9.8"],
        ["满意度指标", "群众满意度", "≥90%", "95%", "10", "10"],
    ]
    found = read(first, rest)
    assert [(fact.role, fact.unit) for fact in found.facts[4:]] == [
        *(("target", "%"), ("actual", "%"), ("full", "分"), ("awarded", "分")),
        *(("target", "%"), ("actual", "%"), ("full", "分"), ("awarded", "分")),
    ]
    assert [score.path[-1] for score in found.scores if score.awarded is not None] == [
        "改造户数",
        "验收合格率",
        "群众满意度",
    ]


def test_a_table_with_a_head_of_its_own_does_not_go_on() -> None:
    other = [["单位", "编制数", "实有人数"], ["局机关", "32", "30"]]
    found = read("单位：万元", SOURCES, other)
    assert [(fact.quote, fact.unit) for fact in found.facts[2:]] == [("32", "人"), ("30", "人")]


def test_figures_without_a_head_take_no_unit_of_money_but_sums_do() -> None:
    rows = [["项目资金（万元）", "<", "<"], ["省级资金", "35", "33"], ["养护里程", "4", "4"]]
    assert [fact.quote for fact in cells(rows).values()] == ["35", "33"]
    assert unread(rows) == ["4", "4"]
    assert cells([["三公经费（万元）", "<"], ["合计", "2.86"]])[2, 2].value == Decimal("28600")


def test_a_column_of_units_outweighs_every_caption() -> None:
    rows = [
        ["项目", "单位", "2022年", "2023年"],
        ["学生人数", "人", "3400", "3500"],
        ["生均经费", "元", "1520", "1680"],
    ]
    found = cells("单位：万元", rows)
    assert [(fact.value, fact.unit, fact.metric, fact.period) for (_, col), fact in found.items() if col == 4] == [
        (Decimal(3500), "人", "学生人数", "2023"),
        (Decimal(1680), "元", "生均经费", "2023"),
    ]


def test_a_head_that_begins_like_a_field_is_a_head() -> None:
    rows = [
        ["项目名称", "实施地点", "下达金额（万元）", "已支付（元）", "支付进度（%）"],
        ["蔬菜基地", "石门镇", "320", "2986400", "93.33"],
        ["道路硬化", "青石乡", "298", "2682000", "90"],
    ]
    found = cells(rows)
    assert [(found[2, col].value, found[2, col].unit) for col in (3, 4, 5)] == [
        *((Decimal(3_200_000), "元"), (Decimal(2_986_400), "元")),
        (Decimal("93.33"), "%"),
    ]


def test_marks_taken_off_are_marks() -> None:
    rows = [["三级指标", "分值", "扣分", "得分"], ["资金到位率", "6", "0.4", "5.6"], ["培训人数", "5", "0.7", "4.3"]]
    found = cells(rows)
    assert [(found[row, 3].unit, found[row, 3].metric) for row in (2, 3)] == [
        ("分", "资金到位率扣分"),
        ("分", "培训人数扣分"),
    ]


def test_planned_money_takes_the_unit_of_the_caption() -> None:
    rows = [["乡镇", "计划投资", "完成投资"], ["石门镇", "4,520", "4,338.6"]]
    found = cells("单位：万元", rows)
    assert [(fact.value, fact.role) for fact in found.values()] == [
        (Decimal(45_200_000), "target"),
        (Decimal(43_386_000), "actual"),
    ]


@pytest.mark.parametrize(
    ("caption", "header", "value", "unit"),
    [
        ("单位：公里、万元", "计划里程", "12.5", "公里"),
        ("（单位：万亩、万元）", "计划播种面积", "125000", "亩"),
        ("单位：个、户、万元", "改造小区数", "12.5", "个"),
        ("单位：个、户、万元", "计划改造户数", "12.5", "户"),
        ("单位：个、万元", "扶持企业数", "12.5", "个"),
        ("单位：个、万元", "项目数", "12.5", "个"),
        ("单位：家、万元", "项目数", "12.5", "项"),
        ("单位：万人、万元", "受益人数", "125000", "人"),
        ("单位：座、万元", "加固水库数", "12.5", "座"),
        ("单位：人、人次", "培训人次", "12.5", "人次"),
        ("单位：公里", "计划里程", "12.5", "公里"),
        ("单位：个、万元", "补助小区数", "12.5", "个"),
    ],
)
def test_a_planned_or_counted_column_takes_the_one_unit_it_suits(
    caption: str, header: str, value: str, unit: str
) -> None:
    fact = cells(caption, [["乡镇", header, "补助资金"], ["东山乡", "12.5", "8"]])[2, 2]
    assert (fact.value, fact.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("caption", "header"),
    [
        ("单位：公里、万元", "计划数"),  # of what, it does not say
        ("单位：公里、米、万元", "计划里程"),
        ("单位：万元", "计划里程"),
        ("单位：万元", "改造小区数"),
        ("单位：户、万元", "改造小区数"),
    ],
)
def test_a_planned_or_counted_column_that_no_one_unit_suits_stays_unread(caption: str, header: str) -> None:
    assert unread(caption, [["乡镇", header, "补助资金"], ["东山乡", "12.5", "8"]]) == ["12.5"]


SIDEWAYS = [
    ["一级指标", "决策", "管理", "产出", "合计"],
    ["标准分", "20", "30", "50", "100"],
    ["自评分", "18", "29", "48.5", "95.5"],
]


def test_marks_may_lie_on_their_side() -> None:
    found = read(SIDEWAYS)
    assert [(fact.role, fact.unit) for fact in found.facts] == [("full", "分")] * 4 + [("awarded", "分")] * 4
    assert [(score.path, score.full, score.awarded) for score in found.scores] == [
        (("决策",), 20, 18),
        (("管理",), 30, 29),
        (("产出",), 50, Decimal("48.5")),
        (("合计",), 100, Decimal("95.5")),
    ]


def test_a_row_of_marks_alone_turns_no_table() -> None:
    assert read([["一级指标", "决策", "管理"], ["自评分", "18", "29"]]).scores == ()
    assert [score.path for score in read([FORM, ["改造户数", "340户", "338户", "20", "19"]]).scores] == [("改造户数",)]


def test_a_row_of_rates_takes_no_unit_of_money() -> None:
    rows = [["项目", "2021年", "2022年"], ["公务接待费", "12", "9"], ["比上年增减%", "-5", "-25"], ["占比", "40", "36"]]
    found = cells("单位：万元", rows)
    assert [found[row, 3].unit for row in (2, 3, 4)] == ["元", "%", "%"]


def test_a_number_with_its_scale_is_of_the_unit_of_its_head() -> None:
    rows = [["县区", "资金（万元）", "参保（万人）"], ["东乡", "512.6万", "1.2万"], ["西乡", "300", "0.8"]]
    found = cells("一、情况", rows)
    values = [found[place].value for place in ((2, 2), (2, 3), (3, 2), (3, 3))]
    assert values == [Decimal(5126000), Decimal(12000), Decimal(3000000), Decimal(8000)]


def test_a_length_of_time_beside_a_time_is_a_figure() -> None:
    found = cells(
        "一、情况", [["指标", "空域响应时间", "≤10分钟"], ["信息", "完成时间", "2023年6月"], ["信息", "时间", "12"]]
    )
    assert [(fact.value, fact.unit) for fact in found.values()] == [(Decimal(10), "分钟")]


def test_a_caption_may_state_a_unit_for_each_of_its_things() -> None:
    head = ["项目", "计划里程", "车购税资金", "已支付"]
    found = cells("表1 实施情况表（里程单位：公里；资金单位：万元）", [head, ["危桥改造", "18.6", "2,400", "2,286"]])
    assert [(found[2, col].value, found[2, col].unit) for col in (2, 3, 4)] == [
        (Decimal("18.6"), "公里"),
        (Decimal(24_000_000), "元"),
        (Decimal(22_860_000), "元"),
    ]


def test_an_open_head_takes_its_unit_by_the_head_above_it() -> None:
    rows = [["县区", "建设面积", "建设面积", "下达资金", "支出进度"], ["县区", "计划", "完成", "小计", "支出进度"]]
    found = cells("单位：万亩、万元、%", [*rows, ["临沅区", "2.40", "2.35", "4,320", "92.88"]])
    assert [(found[3, col].value, found[3, col].unit) for col in (2, 3, 4, 5)] == [
        (Decimal(24_000), "亩"),
        (Decimal(23_500), "亩"),
        (Decimal(43_200_000), "元"),
        (Decimal("92.88"), "%"),
    ]


@pytest.mark.parametrize(("sign", "bound"), [("大于等于", "ge"), ("小于等于", "le"), ("等于", "eq"), ("≥", "ge")])
def test_a_column_of_signs_may_hold_words(sign: str, bound: str) -> None:
    head = ["三级指标", "指标性质", "指标方向", "年度指标值", "实际完成值", "计量单位"]
    found = cells([head, ["执法巡查次数", "正向", sign, "192", "208", "次"]])
    assert (found[2, 4].bound, found[2, 4].role, found[2, 5].bound) == (bound, "target", "eq")
