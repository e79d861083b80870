"""Tables on lines with as many bars or tabs each, blank cells kept."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.model import Report
from tests.small_documents import named, report

TITLE = "2022年度家政培训项目绩效自评报告"
HEAD = "一级指标 | 二级指标 | 指标名称 | 目标值 | 完成值 |"
ROWS = (
    "产出指标 | 产出数量 | 培训人数 | 8400名 | 7926名 |",
    "| | 承训机构 | 6所 | 6所 |",
    "| 产出质量 | 每班人数 | ≤50人 | 最多48人 |",
)


def read(*lines: str) -> Report:
    return report(TITLE, *lines)


def test_a_place_among_the_bars_is_a_column() -> None:
    facts = read(HEAD, *ROWS).facts
    assert [(fact.quote, fact.role, fact.metric.removesuffix("目标值").removesuffix("完成值")) for fact in facts] == [
        ("8400名", "target", "培训人数"),
        ("7926名", "actual", "培训人数"),
        ("6所", "target", "承训机构"),
        ("6所", "actual", "承训机构"),
        ("50人", "target", "每班人数"),
        ("48人", "actual", "最多人数"),
    ]
    assert facts[-1].subject == "产出指标 产出质量 每班人数"


def test_another_table_may_follow_at_once() -> None:
    found = read(
        *(HEAD, *ROWS),
        "序号 | 培训机构 | 补贴标准(元/人) | 合格人数 | 补助资金(万元) | 备注 |",
        "1 | 启程职业培训学校 | 1800 | 2104 | 378.72 | |",
        "2 | 惠民职业培训学校 | 1800 | 1910 | 343.8 | 核减 |",
        "合计 | | | 4014 | 722.52 | |",
    )
    assert [(fact.quote, fact.unit) for fact in found.facts[6:9]] == [("1800", "元"), ("2104", "人"), ("378.72", "元")]
    assert found.facts[-1].subject == "合计"
    assert not found.unread


def test_a_table_and_its_caption_are_kept_from_the_form_behind_it() -> None:
    found = read(
        *("单位：万元", "区县 | 改造小区（个） | 计划投资 | 完成投资 |"),
        *("城东区 | 14 | 4,520 | 4,338.6 |", "城西区 | 9 | 2,960 | 2,960 |", "附：项目指标完成情况"),
        *("指标名称 目标值 完成值 权重 得分", "改造小区数 ≥28个 28个 20 20", "加装电梯 60部 52部 15 13"),
    )
    money = [fact for fact in found.facts if fact.unit == "元"]
    assert [(fact.quote, fact.value) for fact in money[:2]] == [("4,520", 45_200_000), ("4,338.6", 43_386_000)]
    assert len(found.facts) == 14
    assert not found.unread


@pytest.mark.parametrize("separator", ["|", "\t"])
def test_markdown_and_tabs_are_read_alike(separator: str) -> None:
    rows = [["乡镇", "受益户数", "补助资金(万元)"], ["东山镇", "326", "120.5"], ["西河乡", "210", "98"]]
    lines = [separator.join(row) for row in rows]
    if separator == "|":
        lines = [f"| {' | '.join(row)} |" for row in rows]
        lines.insert(1, "|---|---:|---:|")
    assert [fact.quote for fact in read(*lines).facts] == ["326", "120.5", "210", "98"]


def test_lines_filled_up_with_bars_are_not_read_by_place() -> None:
    """Merged cells were dropped before the figures: by its place 50 would be the name of an indicator."""
    found = read(
        "一级指标 | 二级指标 | 三级指标 | 目标值 | 完成值 | 得分 |",
        "产出指标 | 数量指标 | 新建站房 | 50处 | 48处 | 9 |",
        "改造站房 | 20处 | 20处 | 10 | | |",
        "检修站房 | 30处 | 30处 | 10 | | |",
    )
    assert [(fact.quote, fact.role) for fact in found.facts if fact.unit == "处"] == [
        *(("50处", "target"), ("48处", "actual")),
        *(("20处", "target"), ("20处", "actual")),
        *(("30处", "target"), ("30处", "actual")),
    ]


GROWTH = ("总产值 | 617.50 | 5.2 |", "第一产业 | 37.11 | 2.6 |", "第二产业 | 339.85 | 4.5 |")


def test_the_corner_of_a_head_may_be_blank() -> None:
    found = read("| 绝对数（亿元） | 比上年增长（%） |", *GROWTH)
    assert [(fact.quote, fact.unit, fact.period) for fact in found.facts[:2]] == [
        ("617.50", "元", ""),
        ("5.2", "%", ""),
    ]
    assert found.facts[0].subject == "总产值"


@pytest.mark.parametrize("head", ["绝对数（亿元） | 比上年增长（%） |", "合计（亿元） | 比重（%） | 位次 | 备注 |"])
def test_a_head_of_more_or_fewer_cells_heads_no_column(head: str) -> None:
    found = read(head, *GROWTH)
    assert not [fact for fact in found.facts if fact.unit == "%" and fact.quote == "617.50"]


def test_blanks_beside_each_other_part_cells() -> None:
    found = read(
        "三级指标  计量单位  指标性质  年度指标值  全年完成值  得分系数(%)  指标权重(分)  指标得分  说明",
        "药品抽检数量  批次  ≥  120  126  100  15  15",
        "快检室建设数  个  =  6  5  83.33  8  6.67  一处场地正在改造",
        "公示及时率  %  ≥  98  99.2  100  10  10",
    )
    said = [(fact.quote, fact.unit, fact.role) for fact in found.facts if fact.kind != "score"]
    assert said[:2] == [("120", "批次", "target"), ("126", "批次", "actual")]
    assert ("99.2", "%", "actual") in said
    assert [fact.quote for fact in found.facts if fact.kind == "score" and fact.role == "awarded"] == [
        "15",
        "6.67",
        "10",
    ]
    assert not [item for item in found.unread if item.quote in ("126", "5", "99.2")]


def test_what_stands_between_two_runs_of_lines_parts_them() -> None:
    head = "乡镇 | 受益户数 | 补助资金(万元) |"
    found = read(head, "东山镇 | 326 | 120.5 |", "以下为续表。", "西河乡 | 210 | 98 |")
    quotes = [fact.quote for fact in found.facts] + [item.quote for item in found.unread]
    assert sorted(quotes) == sorted(set(quotes))


def test_a_row_that_may_lack_another_cell_than_its_remark_is_not_read_by_place() -> None:
    head = "指标名称  目标值  完成值  得分"
    found = read(head, "培训场次  12场  14场", "培训人数  126  10", "发放手册  900册  900册")
    assert not [fact for fact in found.facts if fact.quote == "126" and fact.role == "target"]


def test_a_bar_before_the_first_cell_leaves_no_line_between_a_table_and_its_caption() -> None:
    found = read(
        "单位:万元",
        "",
        "| 项目 | 2018年预算数 | 2018年决算数 | 决算数为预算数的% | 2017年决算数 | 比上年增减% |",
        "| --- | --- | --- | --- | --- | --- |",
        "| 一、本年收入合计 | 186340 | 191527 | 102.8 | 172680 | 10.9 |",
        "| 二、本年支出合计 | 171905 | 169438 | 98.6 | 155207 | 9.2 |",
    )
    assert [(fact.value, fact.unit) for fact in found.facts[:2]] == [
        (Decimal(1_863_400_000), "元"),
        (Decimal(1_915_270_000), "元"),
    ]


def test_a_rule_tells_the_head_of_the_next_table_with_as_many_columns() -> None:
    found = read(
        "| 项目 | 2018年预算数 | 2018年决算数 |",
        "| --- | --- | --- |",
        "| 本年收入 | 186340 | 191527 |",
        "| 本年支出 | 171905 | 169438 |",
        "",
        "| 险种 | 参保人数(人) | 基金收入(万元) |",
        "| --- | --- | --- |",
        "| 职工养老保险 | 68240 | 88912 |",
        "| 居民养老保险 | 103518 | 13427 |",
    )
    assert [(fact.value, fact.unit) for fact in found.facts if "居民养老保险" in named(fact)] == [
        (Decimal(103_518), "人"),
        (Decimal(134_270_000), "元"),
    ]
