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
