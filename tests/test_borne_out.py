"""Sums without a unit, borne out by a total that has one."""

from __future__ import annotations

import pytest

from tests.small_documents import Rows, report

PARTS = [["基本支出总额", "412.35", "项目支出总额", "887.20"]]
WHOLE = [["预算执行情况（万元）", "预算数", "执行数", "执行率"], ["部门支出总额", "1310.00", "1299.55", "99.20%"]]


def amounts(*parts: str | Rows) -> dict[str, str]:
    found = report("2023年度部门整体绩效自评表", *parts).facts
    return {fact.quote: str(fact.value) for fact in found if fact.kind == "amount"}


def test_parts_have_the_unit_of_their_total() -> None:
    found = amounts(PARTS, "预算执行", WHOLE)
    assert (found["412.35"], found["887.20"]) == ("4123500.00", "8872000.00")


@pytest.mark.parametrize(
    "parts",
    [
        [["基本支出总额", "412.35", "项目支出总额", "887.21"]],  # another total
        [["基本支出总额", "412", "项目支出总额", "888"]],  # round sums may meet by chance
        [["编制人数", "412.35", "实有人数", "887.20"]],
        [["基本支出总额", "1299.55"]],  # a sum of one part bears nothing out
    ],
)
def test_parts_that_no_total_bears_out_stay_unread(parts: Rows) -> None:
    assert set(amounts(parts, "预算执行", WHOLE)) == {"1310.00", "1299.55"}
