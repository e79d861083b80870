"""Tables on lines with bars: rows without their merged and blank cells, put under the heads that they fit alone."""

from __future__ import annotations

import time
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from jixiao.tables import plain
from parsers import parse
from parsers.model import Report
from tests.small_documents import document

ROWS = (
    "部门预算项目支出绩效自评表（2023年度） | |||||||||||",
    "项目名称 | 53012324T000010263357-河道保洁补助 | ||||||||||",
    "主管部门 | 清沅市水利局部门 | 实施单位 | 清沅市河道所 | |||||||",
    "项目年度目标 | 年度目标完成情况 | ||||||||",
    "清理河道62公里，并完成资金支付。 | 清理河道65公里。 | ||||||||",
    "预算执行（10分） | 年度预算（万元） | 年初预算 | 调整后预算数 | 预算执行数 | 预算执行率 | 权重 | 得分 | 原因 |",
    "总额 | 0.00 | 33.60 | 32.10 | 95.54% | 10 | 9.6 | 部分款项次年支付。 | |||",
    "其中：财政资金 | 0.00 | 33.60 | 32.10 | 95.54% | / | / | ||||",
    "其他资金 | / | / | ||||||||",
    "绩效指标（90分） | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 原因 |",
    "产出指标 | 数量指标 | 清理河道里程 | ≥ | 62 | 公里 | 65 | 50 | 50 | ||",
    "质量指标 | 保洁合格 | ＝ | 100 | % | 完成 | 20 | 19 | |||",
    "效益指标 | 社会效益 | 群众满意度 | ≥ | 90 | % | 10 | ||||",
    "合计 | 100 | 78.6 | |||||||||",
    "存在问题 | 无 | |||||||||",
)


def read(*lines: str) -> Report:
    (found,) = parse(document(*lines))
    return found


def test_rows_are_put_under_the_heads_that_they_fit() -> None:
    found = read(*ROWS)
    scores = [
        (" > ".join(s.path), s.target, s.actual, *("" if m is None else plain(m) for m in (s.full, s.awarded)))
        for s in found.scores
    ]
    assert scores == [
        ("年度总体目标", "清理河道62公里，并完成资金支付。", "清理河道65公里。", "", ""),
        ("总额", "33.60", "32.10", "10", "9.6"),
        ("绩效指标", "", "", "90", ""),
        ("产出指标 > 数量指标 > 清理河道里程", "≥62公里", "65", "50", "50"),
        ("产出指标 > 质量指标 > 保洁合格", "＝100%", "完成", "20", "19"),
        ("效益指标 > 社会效益 > 群众满意度", "≥90%", "", "", ""),
        ("合计", "", "", "100", "78.6"),
    ]
    assert (found.organisation, found.project, found.self_score) == ("清沅市河道所", "河道保洁补助", Decimal("78.6"))
    assert found.title == "部门预算项目支出绩效自评表（2023年度）"


def test_figures_take_unit_and_name_from_their_heads() -> None:
    facts = {fact.quote: fact for fact in read(*ROWS).facts}
    assert (facts["32.10"].metric, facts["32.10"].value) == ("财政资金预算执行数", 321000)
    assert (facts["65"].metric, facts["65"].unit, facts["65"].role) == ("清理河道里程完成值", "公里", "actual")
    assert (facts["62公里"].role, facts["65公里"].role) == ("target", "actual")


def test_a_figure_that_fits_several_columns_stays_unread() -> None:
    found = read(*ROWS)
    assert [item.quote for item in found.unread] == ["53012324", "10"]  # 10: reached, full marks or given


def test_cells_over_lines_and_a_head_of_two_lines() -> None:
    text = """| 2022年度项目支出绩效自评表 | ||||||||||
| 项目名称 |
河道保洁补助 |
|||||||||
|
项目资金 （万元） |
年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | ||||
| 年度资金总额 | 33 | 33 | 32 | 10.00 | 97% | 9.70 | ||||
| 其中：当年财政拨款 | 33 | 33 | 32 | 97% | ||||||
| 绩效指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 | |||||
|
一级 指标 |
二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | |||||
| 产出指标 | 数量指标 | 清理河道里程 | ≥ | 62 | 公里 | 65 | 50.00 | 50.00 | ||
| 质量指标 | 保洁合格率 | ≥ | 98 | % | 99 | 40 | 40 | |||"""
    found = read(*text.split("\n"))
    rows = [(s.path[-1], s.target, s.actual, plain(s.awarded or Decimal(0))) for s in found.scores]
    assert rows == [
        ("年度资金总额", "33", "32", "9.7"),
        ("清理河道里程", "≥62公里", "65", "50"),
        ("保洁合格率", "≥98%", "99", "40"),
    ]
    spent = [fact.metric for fact in found.facts if fact.quote == "32"]
    assert spent == ["年度资金总额全年执行数", "当年财政拨款全年执行数"]


def test_prose_with_bars_is_no_table() -> None:
    found = read("首页 | 政务公开 | 财政信息", "全市完成投资5亿元。", "上一篇 | 下一篇")
    assert [fact.quote for fact in found.facts] == ["5亿元"]
    assert found.grids == ()


@given(st.lists(st.text("一级指标分值得分产出数量|100%＝ \n/.", max_size=40), max_size=12))
def test_no_numeral_and_no_offset_is_lost(lines: list[str]) -> None:
    source = document(*lines)
    for report in parse(source):
        assert all(source.text[fact.span.start : fact.span.end] == fact.quote for fact in report.facts)


def test_many_bars_take_no_more_than_linear_time() -> None:
    line = "产出指标 | 数量指标 | 名称 | ≥ | 62 | 公里 | 65 | 50 | 50 | ||"
    start = time.perf_counter()
    read(*ROWS, *[line] * 400)
    assert time.perf_counter() - start < 10


def test_a_caption_over_the_rows_gives_them_its_unit() -> None:
    report = read(
        "附：",
        "项目支出运行情况表 单位：万元",
        "项目 | 年初预算数 | 执行数 | 执行率 | 说明 |",
        "灌区维护 | 84 | 21 | 25% | 按期 |",
        "水质监测 | 36.5 | 36.5 | 100% | 完成 |",
        "合计 | 120.5 | 57.5 | 47.72% | |",
    )
    money = [(plain(fact.value), fact.unit_from) for fact in report.facts if fact.kind == "amount" and fact.value]
    assert money[:2] == [("840000", "caption"), ("210000", "caption")]
    assert len(money) == 6
    assert not report.unread


FORM = (
    "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 全年实际完成值 | 未完成原因 |",
    "产出指标 | 数量指标 | 巡查河段 | ≥12次 | 14次 | |",
    "质量指标 | 巡查记录完整率 | 100% | 100% | |",
    "效益指标 | 社会效益指标 | 溺水事故 | 0起 | 1起 | |",
)


def test_a_figure_of_any_common_count_has_its_column() -> None:
    report = read(*FORM)
    found = [(fact.quote, fact.role, fact.metric[:4]) for fact in report.facts if fact.unit == "起"]
    assert found == [("0起", "target", "溺水事故"), ("1起", "actual", "溺水事故")]


def test_a_remark_below_a_form_is_prose() -> None:
    report = read(*FORM, "说明 | 自评得分95.5分，其中预算执行得9分。 |||")
    assert [(fact.quote, fact.role) for fact in report.facts if fact.unit == "分"] == [
        ("95.5分", "awarded"),
        ("9分", "awarded"),
    ]
    assert not report.unread


CUT_HEAD = (
    "部门整体支出绩效自评表 | |||||||||",
    "预算资金 （万元） |",
    "年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | |||",
    "年度资金总额 | 329.77 | 329.77 | 320.31 | 10 | 97.13% | 9.7 ||||",
    "绩 效 指 标 |",
    "一级指标 | 二级指标 | 三级指标 | 年度 指标值 |",
    "实际 完成值 |",
    "分值 | 得分 | 偏差原因分析及改进措施 | |||||",
    "产出指标 | 质量指标 | 自然村庄验收通过率 | ≥95% | 100% | 5 | 4 | |||||||",
    "时效指标 | 完成自然村庄验收时间 | 9月前 | 7月 | 5 | 5 | ||||||||",
)


def test_a_head_cut_over_lines_is_one_where_its_rows_are_filled_up() -> None:
    found = [(fact.quote, fact.unit, fact.role) for fact in read(*CUT_HEAD).facts]
    assert found[:4] == [("329.77", "元", "actual")] * 2 + [("320.31", "元", "actual"), ("10", "分", "full")]
    assert found[6:] == [
        *(("95%", "%", "target"), ("100%", "%", "actual"), ("5", "分", "full"), ("4", "分", "awarded")),
        *(("5", "分", "full"), ("5", "分", "awarded")),
    ]


def test_marks_beside_printed_rates_are_no_rates_where_no_head_tells() -> None:
    rows = ("甲 | 验收合格率 | ≥95% | 100% | 5 | 4 | |||", "乙 | 改造完成率 | ≥90% | 92% | 5 | 5 | |||")
    report = read(*CUT_HEAD[:1], *rows)
    assert {fact.quote for fact in report.facts if fact.unit == "%"} <= {"95%", "100%", "90%", "92%"}
