"""Tables told by counting: a head of names, and rows of a name and as many figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.model import Report
from tests.small_documents import report

TITLE = "2023年衔接补助资金分县分配表"
UNIT = "单位：万元、个、人"
HEAD = "序号 县（市、区） 合计 中央资金 省级资金 安排项目数 预计受益人口 备注"
ROWS = (
    "全州合计 7548.6 4665 2883.6 113 7146",
    "1 砚池县 2486 1520 966 38 2310",
    "2 广砚县 1935.6 1180 755.6 29 1784",
    "3 马洒县 3127 1965 1162 46 3052 国家重点帮扶县",
)


def read(*lines: str) -> Report:
    return report(TITLE, *lines)


def test_a_figure_has_the_head_of_its_place_in_the_row() -> None:
    found = read(UNIT, HEAD, *ROWS)
    said = [(fact.quote, fact.unit, fact.metric, fact.subject) for fact in found.facts if fact.subject == "砚池县"]
    assert ("1520", "元", "中央资金", "砚池县") in said
    assert ("38", "个", "安排项目数", "砚池县") in said
    assert not found.unread


def test_a_total_under_a_caption_of_several_units_counts_what_its_parts_count() -> None:
    (total,) = (fact for fact in read(UNIT, HEAD, *ROWS).facts if fact.quote == "2486")
    assert (total.unit, total.value) == ("元", Decimal(24_860_000))


@pytest.mark.parametrize(
    "lines",
    [
        (HEAD.replace(" 省级资金", ""), *ROWS),  # a name less than figures
        (HEAD, "以下为各县情况。", *ROWS),  # the head does not adjoin
        (HEAD, *ROWS[:2]),  # too few rows
        (HEAD.replace("备注", ""), *ROWS),  # a remark without a head
    ],
)
def test_what_counting_does_not_hold_together_stays_unread(lines: tuple[str, ...]) -> None:
    found = read(UNIT, *lines)
    assert not [fact for fact in found.facts if fact.source == "table"]
    assert "1520" in [item.quote for item in found.unread]
