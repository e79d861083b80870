"""Forms that state goals alone, and sums in them that print 万 without 元."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.model import Fact, Report
from tests.small_documents import report

HEAD = ("一级指标", "二级指标", "三级指标", "指标值")
ROWS = (
    ("产出指标", "数量指标", "更换路灯", "320盏"),
    ("质量指标", "验收合格率", "100%"),
    ("成本指标", "每盏造价", "1800元/盏"),
    ("效益指标", "社会效益", "惠及居民", "1.2万人"),
)
LINES = [cell for row in (HEAD, *ROWS) for cell in row]


def roles(found: Report) -> dict[str, str]:
    return {fact.quote: fact.role for fact in found.facts}


TARGETS = {"320盏": "target", "100%": "target", "1800元/盏": "target", "1.2万人": "target"}


@pytest.mark.parametrize(
    "title", ["路灯改造资金绩效目标申报表", "项目支出绩效目标表（2023年度）", "部门项目绩效目标批复表(城建类)"]
)
def test_what_a_form_of_goals_says_is_planned(title: str) -> None:
    assert roles(report(title, "总体目标", "完成主城区路灯更换60%", *LINES)) == {"60%": "target", **TARGETS}


@pytest.mark.parametrize(("title", "role"), [("绩效目标表", "actual"), ("绩效目标申报表", "target")])
def test_the_sums_above_the_indicators_are_planned_where_they_are_applied_for(title: str, role: str) -> None:
    found = report(f"路灯改造资金{title}", "年度资金总额：58万元", *LINES)
    assert roles(found) == {"58万元": role, **TARGETS}


def test_goals_in_prose_lines_are_planned() -> None:
    lines = ["数量指标：更换路灯320盏", "质量指标：验收合格率100%", "成本指标：总造价57.6万元", "上年更换路灯200盏"]
    assert [fact.role for fact in report("路灯改造项目绩效目标表", *lines).facts] == ["target"] * 3 + ["actual"]


def test_a_grid_of_goals_is_planned_whatever_its_head() -> None:
    rows = [["一级指标", "三级指标", "内容"], ["产出指标", "更换路灯", "320盏"], ["^", "验收合格率", "100%"]]
    assert set(roles(report("路灯改造项目绩效目标申报表", rows)).values()) == {"target"}
    assert set(roles(report("路灯改造项目情况", rows)).values()) == {"actual"}


@pytest.mark.parametrize(
    "parts",
    [
        ("路灯改造项目绩效目标完成情况表", *LINES),
        ("路灯改造项目绩效自评表", *LINES),
        ("路灯改造项目绩效目标表", "全年实际值", *LINES),  # a column of results after all
        ("路灯改造项目绩效目标表", "验收时更换路灯320盏，合格率100%"),  # no indicators
    ],
)
def test_other_forms_are_left_alone(parts: tuple[str, ...]) -> None:
    assert "actual" in roles(report(*parts)).values()


def test_a_form_of_goals_ends_where_another_begins() -> None:
    found = report("路灯改造项目绩效目标表", *LINES, "路灯改造项目绩效自评报告", "已更换路灯300盏，亮灯率99%。")
    assert roles(found) == {**TARGETS, "300盏": "actual", "99%": "actual"}


def money(*parts: object) -> list[Fact]:
    return [fact for fact in report("2023年度路灯改造项目", *parts).facts if fact.kind == "amount"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "parts",
    [
        ([["年度资金总额：", "58万"], ["受益人口", "3万"]],),
        ([["项目资金（万元）", "<"], ["年度资金总额", "58万(其中市级40万元)"]],),
        ("年度资金总额：", "58万(其中市级40万元)"),
    ],
)
def test_a_sum_without_its_unit_is_read_beside_a_label_of_money(parts: tuple[object, ...]) -> None:
    first = money(*parts)[0]
    assert (first.quote, first.value, first.unit) == ("58万", Decimal(580000), "元")
    assert "资金总额" in first.metric


@pytest.mark.parametrize(
    "parts",
    [
        ([["受益人口", "58万"]],),
        ("受益人口：", "58万(其中农村40万)"),
        ("补贴面积(万亩)", "58万"),
        ("年度资金总额：", "58万人受益"),
        ([["资金使用率", "58万"]],),
    ],
)
def test_a_number_beside_another_label_is_no_sum(parts: tuple[object, ...]) -> None:
    assert money(*parts) == []


def test_only_what_was_planned_may_be_numbered() -> None:
    found = report(
        "2022年度就业补助资金绩效自评表",
        *("总体目标", "全年实际完成情况", "目标1：全年实现城镇新增就业2600人；", "目标2：城镇登记失业率控制在4%以内。"),
        *("全年城镇新增就业2847人，登记失业率2.87%，均完成目标任务。", "绩效指标", "一级指标"),
    )
    assert [(fact.quote, fact.role) for fact in found.facts] == [
        ("2600人", "target"),
        ("4%", "target"),
        ("2847人", "actual"),
        ("2.87%", "actual"),
    ]
