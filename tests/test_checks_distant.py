"""Statements whose figures stand apart: behind a stop, in the sentence before, in other paragraphs, or in a table."""

from __future__ import annotations

import pytest

from tests.checking import contradictions, told

AGAINST_YEAR_BEFORE = [
    ("会议费预算20万元，实际支出13.20万元，比预算减少6.80万元；比上年16.50万元下降{}%。", "20", "25"),
    ("全年巡河4860次；较上年4500次增长{}%。", "8.0", "18.0"),
    ("图书馆接待读者36.4万人次。较去年同期的35万人次增长{}%。", "4", "14"),
    ("水费收入286万元，完成计划260万元的110%；较上年的220万元增长{}%。", "30", "20"),
    ("新建改建厕所1908座，完成目标的106%；比上年1800座增加108座，增长{}%。", "6", "9"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), AGAINST_YEAR_BEFORE)
def test_a_clause_that_begins_with_the_year_before_is_of_the_result_before_it(
    text: str, right: str, wrong: str
) -> None:
    assert told(text.format(right), about="change.growth")["consistent"]
    assert contradictions(text.format(right)) == []
    assert contradictions(text.format(wrong)) == ["change.growth"]


@pytest.mark.parametrize(
    "text",
    [
        "培训干部860人，培训农民1240人；比上年800人增长15%。",
        "接待游客36万人次，其中境外游客2万人次；比上年1.6万人次增长35%。",
        "全县户籍人口52万人；比上年8万人增长5%。",
        "学校食堂采购额320万元；采购本地农产品比上年200万元增长10%。",
        "累计改造管网86公里。比上年90公里增长3%。",
        "人均用水120立方米；比上年9500立方米下降6%。",
    ],
)
def test_what_else_may_be_compared_accuses_nothing(text: str) -> None:
    assert contradictions(text) == []
