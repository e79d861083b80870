"""Forms a cell a line: remarks between rows, and goals in sentences under their two heads."""

from __future__ import annotations

import pytest

from extract.document import Document
from parsers import parse
from parsers.model import Report
from tests.small_documents import document, report

TITLE = "2022年度水库除险加固项目支出绩效自评表"
HEAD = (
    *("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
    "偏差原因分析及改进措施",
)
SMALL = "上游来水偏大，2座改在次年3月完工"
ROWS = (
    ("产出指标", "数量指标", "加固水库", "≥12座", "10座", "30", "25", SMALL),
    ("质量指标", "验收合格率", "100%", "100%", "20", "20", ""),
    ("效益指标", "社会效益指标", "保护人口", "≥3万人", "2.9万人", "30", "29", "外出务工"),
    ("满意度指标", "群众满意度", "≥90%", "95%", "10", "10", ""),
)
TOTAL = ("总分", "100", "93.6")


def text(*rows: tuple[str, ...], blanks: bool) -> Document:
    """Return a form as lines; a blank cell is a blank line or nothing."""
    lines = [cell for row in rows for cell in row if cell or blanks]
    return document(TITLE, "一、自评表", *lines)


def read(*rows: tuple[str, ...], blanks: bool = False) -> Report:
    (found,) = parse(text(HEAD, *rows, blanks=blanks))
    return found


WANTED = [
    (("产出指标", "数量指标", "加固水库"), 30, 25, SMALL),
    (("产出指标", "质量指标", "验收合格率"), 20, 20, ""),
    (("效益指标", "社会效益指标", "保护人口"), 30, 29, "外出务工"),
    (("效益指标", "满意度指标", "群众满意度"), 10, 10, ""),
]


@pytest.mark.parametrize("blanks", [False, True])
def test_a_remark_stands_on_the_row_above(*, blanks: bool) -> None:
    found = read(*ROWS, TOTAL, blanks=blanks)
    marks = [(score.path, score.full, score.awarded, score.reason) for score in found.scores]
    assert marks[:4] == WANTED
    assert marks[4][0] == ("总分",)
    assert not found.unread
    assert [fact.role for fact in found.facts[:4]] == ["target", "actual", "full", "awarded"]


def test_a_blank_line_tells_a_remark_that_sounds_like_a_name() -> None:
    rows = (
        ("产出指标", "数量指标", "加固水库", "≥12座", "10座", "40", "35", "部分工程延期"),
        ("巡查次数", "≥24次", "24次", "30", "30", ""),
        ("群众满意度", "≥90%", "85%", "30", "29", ""),
    )
    marks = [(score.path[-1], score.reason) for score in read(*rows, ("总分", "100", "94"), blanks=True).scores]
    assert marks == [("加固水库", "部分工程延期"), ("巡查次数", ""), ("群众满意度", ""), ("总分", "")]


def test_bare_results_are_no_marks() -> None:
    rows = (
        ("产出指标", "数量指标", "加固水库", "12", "10", "30", "25", SMALL),
        ("巡查次数", "100", "95", "40", "38", ""),
        ("群众满意度", "90", "95", "20", "20", ""),
    )
    found = read(*rows, ("总分", "90", "83"))
    assert [(score.full, score.awarded) for score in found.scores] == [(30, 25), (40, 38), (20, 20), (90, 83)]


@pytest.mark.parametrize(
    "rows",
    [
        (ROWS[0], ("质量指标", "验收合格率", "100%", "20", "20"), *ROWS[2:]),  # a cell is lost
        (ROWS[0], ("质量指标", "验收合格率", "100%", "100%", "27", "20"), *ROWS[2:]),  # does not add up
    ],
)
def test_a_form_that_does_not_add_up_keeps_no_remarks(rows: tuple[tuple[str, ...], ...]) -> None:
    assert not [score for score in read(*rows, TOTAL).scores if score.reason]


PLANNED = "计划加固水库12座，保护人口3万人。"
DONE = "实际加固水库10座，保护人口2.9万人，解决就业300人。"


@pytest.mark.parametrize(
    "lines",
    [
        ("年度总体目标", "预期目标", "实际完成情况", PLANNED, DONE),
        ("年度总体目标", "预期目标", PLANNED, "实际完成情况", DONE),
        ("年初设定目标", "全年实际完成情况", PLANNED, DONE),
    ],
)
def test_goals_are_planned_and_results_reached(lines: tuple[str, ...]) -> None:
    found = report(TITLE, *lines, *HEAD, *[cell for row in (*ROWS, TOTAL) for cell in row if cell])
    roles = [(fact.quote, fact.role) for fact in found.facts[:5]]
    assert roles[:2] == [("12座", "target"), ("3万人", "target")]
    assert {role for _, role in roles[2:]} == {"actual"}
    alone = report(TITLE, *lines, "资金使用情况", "本项目全年支出80万元。")
    assert [(fact.quote, fact.role) for fact in alone.facts[:5]] == roles


def test_listed_goals_have_as_many_results() -> None:
    lists = ["1.加固水库12座，年内完工", "2.保护人口3万人", "1.加固水库10座，年内完工", "2.保护人口2.9万人"]
    found = report(TITLE, "预期目标", "实际完成情况", *lists, "绩效指标", "一级指标")
    assert [(fact.quote, fact.role) for fact in found.facts] == [
        *(("12座", "target"), ("3万人", "target"), ("10座", "actual"), ("2.9万人", "actual")),
    ]


@pytest.mark.parametrize(
    "texts",
    [
        [PLANNED],
        [PLANNED, DONE, "另有3座水库列入次年计划。"],
        ["1.加固水库12座，年内完工", "2.保护人口3万人", "3.加固水库10座，年内完工", "4.保护人口2.9万人"],
    ],
)
def test_texts_that_are_no_pair_are_neither(texts: list[str]) -> None:
    found = report(TITLE, "预期目标", "实际完成情况", *texts, "绩效指标", "一级指标")
    assert not [fact for fact in found.facts if fact.source == "table" and fact.role == "target"]


def test_a_form_of_monitoring_has_months_a_forecast_and_how_likely_it_is() -> None:
    found = report(
        *(
            "项目绩效运行监控表",
            "（2024年度）",
            "三级指标",
            "年度指标值",
            "1—7月执行情况",
            "全年预计完成情况",
            "完成目标可能性",
        ),
        *(
            "引进良种绵羊",
            "≥1500只",
            "1120只",
            "1500只",
            "确定能",
            "免疫牲畜",
            "≥42万头",
            "38.6万头",
            "42.5万头",
            "有可能",
        ),
    ).facts
    assert [fact.role for fact in found] == ["target", "actual", "target"] * 2
    assert {fact.period for fact in found if fact.role == "actual"} == {"2024-01/2024-07"}
    assert "确定能" not in found[3].subject
