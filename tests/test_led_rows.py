"""Forms with a bar before every cell but the first of a row, and results in words."""

from __future__ import annotations

import pytest

from parsers.model import Report
from tests.small_documents import report

TITLE = "2022年度公园管护项目绩效自评表"
HEAD = ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "实施进度", "")
ROWS = (
    ("项目完成", "数量指标", "管护公园", "12座", "已管护12座", "", ""),
    ("质量指标", "草坪完好率", "≥95%", "96%", "", ""),
    ("成本指标", "每座经费", "8万元", "7.5万元", ""),
)


def read(*rows: tuple[str, ...]) -> Report:
    lines = [f"{'| ' if at else ''}{cell}" for row in (HEAD, *rows) for at, cell in enumerate(row)]
    return report(TITLE, *lines)


def test_rows_are_read_from_their_ends() -> None:
    found = read(*ROWS)
    assert [(fact.quote, fact.role) for fact in found.facts] == [
        *(("12座", "target"), ("12座", "actual"), ("95%", "target"), ("96%", "actual")),
        *(("8万元", "target"), ("7.5万元", "actual")),
    ]
    assert [(score.path, score.target, score.actual) for score in found.scores] == [
        (("项目完成", "数量指标", "管护公园"), "12座", "已管护12座"),
        (("项目完成", "质量指标", "草坪完好率"), "≥95%", "96%"),
        (("项目完成", "成本指标", "每座经费"), "8万元", "7.5万元"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        ("时效指标", "按期完工", "100%", "", ""),  # its result is blank
        ("时效指标", "完工", "100%", "98%", "2%", ""),  # a figure among its names
    ],
)
def test_a_row_that_does_not_fit_leaves_all_alone(row: tuple[str, ...]) -> None:
    assert not [fact for fact in read(*ROWS, row).facts if fact.metric.endswith("实施进度")]


def test_results_in_words_are_no_names() -> None:
    head = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分"
    rows = "产出指标 数量指标 管护公园 ≥12座 12 20 20 公示规范性 按规定公示 达成预期指标 30 29"
    rows += " 草坪完好率 ≥95% 96% 50 50"
    found = report(TITLE, f"绩效指标 {head} {rows}")
    named = {(fact.quote, fact.role): (fact.metric, fact.subject) for fact in found.facts}
    assert named["29", "awarded"] == ("公示规范性得分", "")
    assert named["30", "full"] == ("公示规范性分值", "")


def test_names_without_a_goal_stay_names() -> None:
    head = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分"
    rows = "产出指标 数量指标 管护公园 ≥12座 12 20 20 效益指标 社会效益指标 市民休闲 30 29 草坪完好率 ≥95% 96% 50 50"
    found = report(TITLE, f"绩效指标 {head} {rows}")
    assert "市民休闲得分" in [fact.metric for fact in found.facts]
