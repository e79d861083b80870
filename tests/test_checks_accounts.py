"""The sentences of published accounts (决算公开): budgets, what was done of them, funds, and lists that are whole."""

from __future__ import annotations

import pytest

from tests.checking import contradictions, told

# Shares are of what the parts add up to


def test_what_a_rate_was_taken_of_is_not_what_the_parts_are_of() -> None:
    sentence = (
        "“三公”经费支出决算为4.20万元，完成预算7.00万元的60.00%。"
        "其中：公务用车运行维护费3.36万元，占80.00%；公务接待费{}万元，占20.00%。"
    )
    assert contradictions(sentence.format("0.84")) == []
    assert "0.84 ÷ 4.20 = 20%" in told(sentence.format("0.84"), about="rate.share")["consistent"]
    assert "rate.share" in contradictions(sentence.format("0.48"))


# Identities: all their terms, and a total of the same subject


def test_an_initial_budget_may_be_added_to_and_cut() -> None:
    sentence = "年初预算批复2104.30万元，年中追加310.20万元，调减{}万元，调整后全年预算数为2352.10万元。"
    about = "sum.parts.initial-added-cut"
    assert told(sentence.format("62.40"), about=about)["consistent"] == ["2104.30 + 310.20 - 62.40 = 2352.1万元"]
    assert contradictions(sentence.format("62.40")) == []
    assert contradictions(sentence.format("26.40")) == [about]


@pytest.mark.parametrize(
    "sentence",
    [
        "年初预算620万元，年中追加80万元，压减12万元，全年预算688万元。",
        "下达指标620万元，压减12万元，追加80万元，调整后688万元。",
        "年初预算620万元，年中追加80万元。年中另调减12万元，调整后预算688万元。",
    ],
)
def test_an_identity_that_lacks_a_stated_term_does_not_accuse(sentence: str) -> None:
    assert contradictions(sentence) == []


def test_spending_in_all_is_that_of_the_whole_unit_in_the_same_section() -> None:
    spent = "本年基本支出310万元，项目支出205万元。"
    public = "“三公”经费支出合计31.40万元，与上年持平。"
    assert contradictions("一、支出情况", spent, "二、“三公”经费情况", public) == []
    assert contradictions("一、支出情况", spent, "二、政府性基金情况", "支出合计26万元。") == []
    assert contradictions("一、支出情况", "支出合计551万元，其中基本支出310万元，项目支出205万元。") != []
