"""Forms that lost their grid: rows as lines of text, and rows of bars cut at the wrong places."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.model import Fact
from tests.small_documents import named, report

COVER = ("清溪县2023年度档案数字化项目支出绩效自评表",)
MONEY = ("项目资金", "（万元）", "年初预算数 全年预算数（A） 全年执行数（B） 分值 执行率（B/A） 得分")
INDICATORS = "二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施"


def brief(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.quote, fact.unit, fact.role) for fact in facts]


def test_lines_under_a_head_of_money_are_rows() -> None:
    facts = report(*COVER, *MONEY, "年度资金总额： 64 60 57.6 10 96% 9.6", "上年结转资金 4 0 0 - -").facts
    assert [(fact.value, fact.unit) for fact in facts] == [
        *((Decimal(640_000), "元"), (Decimal(600_000), "元"), (Decimal(576_000), "元")),
        *((Decimal(10), "分"), (Decimal(96), "%"), (Decimal("9.6"), "分")),
        *((Decimal(40_000), "元"), (Decimal(0), "元"), (Decimal(0), "元")),
    ]
    assert {fact.unit_from for fact in facts if fact.unit == "元"} == {"header"}
    assert ["年度资金总额" in named(fact) for fact in facts] == [True] * 6 + [False] * 3


def test_a_row_of_the_budget_may_leave_its_rate_out() -> None:
    facts = report(*COVER, *MONEY, "年度资金总额： 64 60 60 10 10", "其中：财政拨款 60 60 60 - -").facts
    assert [(fact.quote, fact.unit, fact.role) for fact in facts[2:5]] == [
        ("60", "元", "actual"),
        ("10", "分", "full"),
        ("10", "分", "awarded"),
    ]


@pytest.mark.parametrize("line", ["年度资金总额： 64 60 60 10 100", "年度资金总额： 64 60 60 10 1"])
def test_a_row_that_may_have_left_its_mark_out_stays_unread(line: str) -> None:
    found = report(*COVER, *MONEY, line, "上年结转资金 4 0 0 - -")
    assert not [fact for fact in found.facts if fact.kind == "score"]
    assert {"10", line.rpartition(" ")[2]} <= {item.quote for item in found.unread}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "数量指标 档案扫描量 30万页 32万页 20 20",
            [("20", "分", "full"), ("20", "分", "awarded")],
        ),
        (
            "质量指标 扫描合格率 ≥95% 99.1% 15 15",
            [("95%", "%", "target"), ("99.1%", "%", "actual"), ("15", "分", "full"), ("15", "分", "awarded")],
        ),
        (
            "数量指标 培训人数 80 92人 10 10",
            [("80", "人", "target"), ("92人", "人", "actual"), ("10", "分", "full"), ("10", "分", "awarded")],
        ),
        (
            "成本指标 单页成本 ≤0.6元 0.58元 10 9.5 设备维修 推迟",
            [("0.6元", "元", "target"), ("0.58元", "元", "actual"), ("10", "分", "full"), ("9.5", "分", "awarded")],
        ),
        ("效益指标 社会效益 有所提升 有所提升 10 8", [("10", "分", "full"), ("8", "分", "awarded")]),
    ],
)
def test_a_line_under_a_head_of_indicators_is_a_row(line: str, expected: list[tuple[str, str, str]]) -> None:
    facts = report(*COVER, INDICATORS, line).facts
    assert brief(list(facts)) == expected
    assert all(line.split()[1] in named(fact) for fact in facts)


def test_a_head_of_names_goal_and_result_has_rows_too() -> None:
    head, first = "二级指标 三级指标 指标值 完成值", "数量指标 指标1.种子抽样批次 ≥40 52"
    rows = ("指标2.抽样合格率 95% 97.5%", "指标3.不合格处置率", "时效指标 指标1.检验成本 350元/批次 310元/批次")
    assert brief(list(report(*COVER, head, first, *rows).facts)) == [
        *(("40", "批次", "target"), ("52", "批次", "actual")),
        *(("95%", "%", "target"), ("97.5%", "%", "actual")),
        *(("350元/批次", "元", "target"), ("310元/批次", "元", "actual")),
    ]
    assert report(*COVER, "指标名称 单位 完成值", "合格率 % 98").facts == ()


def test_a_total_below_the_indicators_is_marks() -> None:
    facts = report(*COVER, INDICATORS, "质量指标 扫描合格率 ≥95% 99.1% 15 15", "总分 100 98.5").facts
    assert brief(list(facts))[-2:] == [("100", "分", "full"), ("98.5", "分", "awarded")]


def test_what_fits_no_column_is_unread_not_guessed() -> None:
    found = report(*COVER, *MONEY, "年度资金总额 64 60 57.6 10 96% 9.6", "附注 12 34", "其他资金 1 1 1 - -")
    assert [unread.quote for unread in found.unread] == ["12", "34"]


def test_prose_with_blanks_is_no_form() -> None:
    text = "本年 预算数 执行数 得分 均已公开，其中 3 所学校 12 个班 受益。"
    assert report(*COVER, text).grids == ()


LEVELS = "一级指标 | 二级指标 | 三级指标"
HEAD = f"| — | 绩效指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | {LEVELS} | 指标性质 | 指标值 | 度量单位"
BROKEN = (
    "项目资金（元） |",
    "| 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | 年度资金总额 |",
    "| 5200.50 | 5200.50 | 10 | 100% | 10 | 其中：当年财政拨款 |",
    "| 5200.50 | 5200.50 | — |",
    f"{HEAD} | 产出指标 | 数量指标 | 受训教师人数 | ≧ | 35 | 人次 | 41 | 20 | 20 |",
    "| 质量指标 | 考核合格率 | ═ | 100 | % | 98% | 20 | 19 |",
)


def test_rows_of_bars_that_are_cut_at_wrong_places() -> None:
    facts = report(*COVER, *BROKEN).facts
    assert [(fact.value, fact.unit, fact.role, fact.bound) for fact in facts] == [
        *((Decimal("5200.50"), "元", "actual", "eq"), (Decimal("5200.50"), "元", "actual", "eq")),
        *((Decimal(10), "分", "full", "eq"), (Decimal(100), "%", "actual", "eq"), (Decimal(10), "分", "awarded", "eq")),
        *((Decimal("5200.50"), "元", "actual", "eq"), (Decimal("5200.50"), "元", "actual", "eq")),
        *((Decimal(35), "人次", "target", "ge"), (Decimal(41), "人次", "actual", "eq")),
        *((Decimal(20), "分", "full", "eq"), (Decimal(20), "分", "awarded", "eq")),
        *((Decimal(100), "%", "target", "eq"), (Decimal(98), "%", "actual", "eq")),
        *((Decimal(20), "分", "full", "eq"), (Decimal(19), "分", "awarded", "eq")),
    ]
    assert all("考核合格率" in fact.metric for fact in facts[-4:])


def test_the_unit_of_a_flat_block_may_stand_behind_it() -> None:
    line = (
        "全年预算数（A） 全年执行数（B） 71.65 69.92 其中:中央财政资金 31.44 31.44 县财政资金 40.21 38.48 "
        "年度资金总额 资金投入情况 (万元)"
    )
    found = report(*COVER, line).facts
    assert [fact.value for fact in found] == [716_500, 699_200, 314_400, 314_400, 402_100, 384_800]
    assert {fact.unit for fact in found} == {"元"}


def test_a_block_of_goals_ends_where_another_begins() -> None:
    cells = (
        *(
            "1.年度目标完成情况 |",
            "项目年度目标 |",
            "年度目标完成情况 |",
            "培训教师35人次以上。 |",
            "培训教师41人次。 |",
        ),
        *("2.项目实施内容 |", "按计划开展培训。 |", "预算执行情况 |", "年度预算数（万元） |"),
        *("年初预算 |", "调整后预算数 |", "预算执行数 |", "预算执行率 |", "权重 |", "得分 |", "总额 |"),
        *("18.60 |", "20.30 |", "19.80 |", "97.54% |", "10 |", "9.75 |"),
    )
    found = [fact for fact in report(*COVER, *cells).facts if fact.kind == "amount"]
    assert [fact.value for fact in found] == [186_000, 203_000, 198_000]


def test_a_line_with_a_unit_above_rows_of_bars_is_their_caption() -> None:
    found = report(
        *COVER,
        "附：",
        "预算执行表 单位：万元",
        "项目 | 年初预算数 | 全年执行数 | 执行率 | 备注 |",
        "设备购置 | 62 | 18.62 | 30.03% | 正常 |",
        "场地租赁 | 298 | 121.3 | 40.70% | 正常 |",
    ).facts
    assert [fact.value for fact in found if fact.kind == "amount"] == [620_000, 186_200, 2_980_000, 1_213_000]


def test_sources_of_money_take_the_unit_of_the_sums_above_them() -> None:
    cells = (
        "计划安排资金",
        "（万元）",
        "170",
        "实际到位资金",
        "（万元）",
        "160",
        "省财政",
        "100",
        "省财政",
        "90",
        "其他",
        "70",
    )
    found = report(*COVER, *cells).facts
    assert [(fact.value, fact.unit) for fact in found[2:]] == [(1_000_000, "元"), (900_000, "元"), (700_000, "元")]
    other = report(*COVER, [["安排资金（万元）", "170"], ["省财政", "170"], ["备注", "1"]])
    assert [unread.quote for unread in other.unread] == ["1"]


def test_a_column_of_marks_is_no_total_of_marks() -> None:
    rows = [["指标名称", "计量单位", "年度指标值", "全年完成值", "自评得分"], ["造林面积", "亩", "85", "88.6", "10"]]
    assert [(fact.quote, fact.unit) for fact in report(*COVER, rows).facts] == [
        ("85", "亩"),
        ("88.6", "亩"),
        ("10", "分"),
    ]


def test_kinds_of_benefits_are_levels_and_no_part_of_a_name() -> None:
    found = report(
        *("项目支出绩效自评表", "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分"),
        *("产出指标 数量指标 渡口数 ≥12处 12处 50 50", "效益指标 社会效益 乘船人次 ≥8000人次 8400人次 30 30"),
        *("满意度指标 服务对象满意度 乘客满意度 ≥90% 95% 20 20", "总分 100 100"),
    )
    assert [score.path[-1] for score in found.scores[:3]] == ["渡口数", "乘船人次", "乘客满意度"]


def test_words_behind_a_figure_may_be_the_remark_of_a_row_with_a_blank_cell() -> None:
    found = report(*COVER, "三级指标  目标值  完成值  备注", "培训人数  126  未及时登记", "合格率  ≥95%  97%  ")
    assert brief(list(found.facts)) == [("95%", "%", "target"), ("97%", "%", "actual")]
    assert "126" in {item.quote for item in found.unread}
