"""Totals behind a list of paragraphs, and the rates of marks whose full marks a table states."""

from __future__ import annotations

import pytest

from tests.checking import contradictions, told
from tests.small_documents import Rows

ITEMS = ("1.设备购置120万元，其中实验设备80万元；", "2.房屋修缮60万元；", "3.人员培训20万元。")


@pytest.mark.parametrize("words", ["以上各项合计支出", "以上三项共支出", "上述三项支出总计"])
def test_a_total_behind_a_list_is_added_up(words: str) -> None:
    assert told(*ITEMS, f"{words}200万元。", about="sum.parts")["consistent"] == ["120 + 60 + 20 = 200万元"]
    assert contradictions(*ITEMS, f"{words}210万元。") == ["sum.parts"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        (*ITEMS, "以上四项共支出280万元。"),
        (*ITEMS, "全年合计支出280万元。"),
        (*ITEMS[1:], "以上各项合计支出280万元。"),
        (ITEMS[0], "（1）房屋修缮60万元；", "（2）人员培训20万元。", "以上各项合计支出280万元。"),
        (*ITEMS[:2], "3.人员培训12期。", "以上各项合计支出280万元。"),
        ("1.购置120万元，维修30万元；", "2.房屋修缮60万元。", "以上各项合计支出280万元。"),
        ("1.中央补助500万元。", "2.县级配套100万元。", "以上资金合计支出570万元，结余30万元。"),
        (*ITEMS, "以上各项合计支出200万元，累计完成投资180万元。"),
    ],
    ids=[
        "another number",
        "not of the list",
        "no first item",
        "two styles",
        "an item without",
        "two figures in one",
        "granted and spent",
        "a later figure",
    ],
)
def test_what_may_not_be_the_list_accuses_nothing(paragraphs: tuple[str, ...]) -> None:
    assert "sum.parts" not in contradictions(*paragraphs)


MARKS: Rows = [
    ["一级指标", "二级指标", "分值", "得分"],
    ["产出", "数量", "20", "18.2"],
    ["产出", "质量", "10", "9.1"],
    ["产出小计", "产出小计", "30", "27.3"],
    ["效益", "社会效益", "30", "26.6"],
    ["效益小计", "效益小计", "30", "26.6"],
]


def test_the_full_marks_of_a_rate_stand_in_the_table() -> None:
    text = "其中：产出类得27.30分，得分率91.00%；效益类得26.60分，得分率{}%。"
    assert contradictions(text.format("88.67"), MARKS) == []
    assert contradictions(text.format("86.67"), MARKS) == ["rate.marks"]


def test_marks_that_are_not_those_of_the_table_have_no_full_marks() -> None:
    assert contradictions("效益类得25.60分，得分率86.67%。", MARKS) == []


def test_marks_given_beside_the_indicators_explain_a_total() -> None:
    marks = "投入满分25分，自评24分；过程满分35分，自评34.6分；产出满分40分，自评40分；创新加分3分。"
    text = f"自评得分{{}}分（含加分）。其中：{marks}"
    assert contradictions(text.format("101.6")) == []
    assert contradictions(text.format("99.6")) == ["sum.parts"]


def test_an_identity_holds_no_total_of_something_else_against_its_parts() -> None:
    far = "项目总投资7200万元，其中中央5800万元，县级1400万元。", "二、结果", "实际支出1087万元，结余73万元。"
    assert contradictions(*far) == []
    near = "项目总投资1170万元。", "二、结果", "实际支出1087万元，结余73万元。"
    assert contradictions(*near) == ["sum.parts.budget-left"]
