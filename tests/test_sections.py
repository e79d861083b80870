"""Headings make a tree, whatever styles of numbers a report uses and in whatever order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.model import Section
from parsers.report.sections import ordinal
from tests.small_documents import document, report

BODY = "本年度项目按计划推进，资金拨付及时，各项任务均已完成，群众反映良好，未发现违规使用资金的情况。"


def tree(*parts: str) -> list[tuple[int, str, str]]:
    """Return level, number and title of every section."""
    return [(section.level, section.number, section.title) for section in report(*parts).sections]


def outline(*parts: str) -> list[str]:
    """Return titles indented by their levels."""
    return ["  " * (section.level - 1) + section.title for section in report(*parts).sections]


def test_the_usual_order_of_numbers() -> None:
    assert outline(
        *("一、项目概况", "（一）立项背景", BODY, "1.政策依据", BODY, "2.资金来源", BODY, "（二）绩效目标", BODY),
        *("二、评价结论", BODY),
    ) == ["项目概况", "  立项背景", "    政策依据", "    资金来源", "  绩效目标", "评价结论"]


def test_numbers_and_titles_are_kept_as_printed() -> None:
    assert tree("一、项目概况", BODY, "（一）立项背景：", BODY, "２．资金管理", BODY)[:2] == [
        (1, "一、", "项目概况"),
        (2, "（一）", "立项背景"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "inner"),
    [
        ("第一部分 部门概况", "第二部分 决算说明", "一、主要职能"),
        ("第一章 总则", "第二章 实施", "第一节 范围"),
        ("一、基本情况", "二、主要做法", "（一）组织领导"),
        ("（一）基本情况", "（二）主要做法", "1.组织领导"),
        ("1、基本情况", "2、主要做法", "（1）组织领导"),
        ("1.基本情况", "2.主要做法", "1.1组织领导"),
        ("一. 基本情况", "二. 主要做法", "1）组织领导"),
        ("(一)基本情况", "(二)主要做法", "①组织领导"),
        ("1.基本情况", "2.主要做法", "⑴组织领导"),
    ],
)
def test_any_style_may_stand_outside(first: str, second: str, inner: str) -> None:
    assert [level for level, _, _ in tree(first, inner, BODY, second, BODY)] == [1, 2, 1]


def test_a_numbering_that_begins_again_is_an_inner_one() -> None:
    assert outline("一、概况", BODY, "1.背景情况", BODY, "2.绩效目标", BODY, "二、结论", BODY, "1.主要成效", BODY) == [
        *("概况", "  背景情况", "  绩效目标", "结论", "  主要成效"),
    ]


def test_a_number_goes_on_over_another_style() -> None:
    assert outline("一、概况", "（一）背景", BODY, "二、分析", "（一）投入", BODY, "（二）过程", BODY) == [
        *("概况", "  背景", "分析", "  投入", "  过程"),
    ]


def test_word_outline_levels_are_headings_without_numbers() -> None:
    assert outline("#部门概况", BODY, "##主要职能", BODY, "##机构设置", BODY, "#决算说明", BODY) == [
        *("部门概况", "  主要职能", "  机构设置", "决算说明"),
    ]


def test_a_bare_heading_stands_before_its_text() -> None:
    assert [title for _, _, title in tree("一、概况", BODY, "资金使用情况", BODY)] == ["概况", "资金使用情况"]


@pytest.mark.parametrize(
    "line",
    [
        "1.5万元用于购置设备，其余用于培训。",
        "2022年项目开工建设，至年底完成主体工程并通过验收。",
        "一是加强领导，落实责任，确保项目按期完成。",
        "一级指标得分情况见下表，各项得分均在合理范围之内。",
        "完成投资3500万元，占计划的98.5%，较上年增长6.2%。",
        "3.组织开展业务培训，邀请专家到现场授课，参训人员均取得合格证书，培训效果明显，受到基层干部的普遍欢迎和好评。",
    ],
)
def test_what_is_no_heading(line: str) -> None:
    assert tree("一、概况", BODY, line, BODY) == [(1, "一、", "概况")]


def test_a_heading_may_run_into_its_text() -> None:
    found = report("一、概况", f"（一）项目背景。{BODY}（二）绩效目标。{BODY}")
    assert [section.title for section in found.sections] == ["概况", "项目背景", "绩效目标"]


def test_marks_in_a_heading_are_no_part_of_its_title() -> None:
    assert [
        title for _, _, title in tree("一、决策情况（满分20分，得18.5分）", BODY, "（一）项目立项（10分）", BODY)
    ] == [
        *("决策情况", "项目立项"),
    ]


def test_a_typed_full_stop_is_no_part_of_the_title() -> None:
    assert tree("一、项目概况。", BODY)[0][2] == "项目概况"


# Spans

LINES = st.sampled_from(
    [
        *(
            "一、概况",
            "二、分析",
            "（一）背景",
            "（二）目标",
            "1.投入",
            "2.过程",
            "（1）数量",
            "①质量",
            "第一部分 总述",
        ),
        *("#大纲一", "##大纲二", BODY, "资金使用情况", "得分95.5分。（三）其他情况。无。", "", "  ", "三、"),
    ]
)


@given(st.lists(LINES, min_size=1, max_size=14).filter(lambda lines: any(line.strip() for line in lines)))
def test_sections_nest_and_lead_back_to_the_text(lines: list[str]) -> None:
    text = document(*lines).text
    sections = report(*lines).sections
    starts = [section.span.start for section in sections]
    assert starts == sorted(starts)
    for index, section in enumerate(sections):
        assert 0 <= section.span.start <= section.span.end <= len(text)
        assert section.span.start == section.heading.start <= section.heading.end <= section.span.end
        heading = "".join(text[section.heading.start : section.heading.end].split())
        assert heading.startswith(section.number)
        assert "".join(section.title.split()) in heading
        check_parent(sections, index)


def check_parent(sections: tuple[Section, ...], index: int) -> None:
    section = sections[index]
    if section.parent is None:
        assert section.level == 1
        return
    above = sections[section.parent]
    assert section.parent < index
    assert above.level == section.level - 1
    assert above.span.start <= section.span.start
    assert section.span.end <= above.span.end


@pytest.mark.parametrize(
    ("number", "rank"),
    [
        ("一、", 1),
        ("（十二）", 12),
        ("3.", 3),
        ("1.2.3", 3),
        ("⑷", 4),
        ("③", 3),
        ("第二部分", 2),
        ("（10）", 10),
        ("", 0),
    ],
)
def test_the_rank_of_a_number(number: str, rank: int) -> None:
    assert ordinal(number) == rank
