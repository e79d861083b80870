"""Forms whose cells are glued together, with nothing between them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.flattened.glued_rows import _parted
from parsers.model import Report
from tests.small_documents import report

TITLE = "项目支出绩效自评表（2023年度）"
MONEY = (
    "项目名称技能培训补助项目主管部门青溪县人社局项目资金（万元）年初预算数全年预算数全年执行数分值执行率得分"
    "年度资金总额186.50212.30208.741098.32%9.83其中：当年财政拨款186.50212.30208.74———其他资金———"
)
FORM = (
    "绩效指标一级指标二级指标三级指标年度指标值实际完成值分值得分偏差原因分析及改进措施产出指标(50分)"
    "数量指标培训人数≥420人436人2020举办培训班期数≥7期7期1010质量指标学员结业合格率≥95%97.5%88"
    "培训到课率≥90%86.4%65.76部分学员请假，今后尽量错开农时时效指标任务完成时限按期完成66"
    "效益指标(30分)社会效益指标返乡创业人数≥30人27人3027满意度指标(10分)服务对象满意度指标学员满意度≥90%95.7%1010"
)


def read(form: str) -> Report:
    return report(TITLE, form)


def marks(found: Report, role: str) -> list[str]:
    return [fact.quote for fact in found.facts if fact.role == role]


def test_goals_results_and_marks_are_parted() -> None:
    found = read(FORM + "总分10096.76")
    said = [(fact.quote, fact.role, fact.metric) for fact in found.facts if fact.kind == "count"]
    assert said[:2] == [("420人", "target", "培训人数年度指标值"), ("436人", "actual", "培训人数实际完成值")]
    assert marks(found, "awarded")[:5] == ["20", "10", "8", "5.76", "6"]
    assert {"20", "10", "8", "6", "30"} <= set(marks(found, "full"))
    assert not found.unread


@pytest.mark.parametrize("total", ["总分10099.76", "总分9096.76", ""])
def test_a_form_that_does_not_add_up_is_left_alone(total: str) -> None:
    found = read(FORM.replace("3027", "2524") + total)
    assert "5.76" not in marks(found, "awarded")


def test_the_sums_of_a_budget_are_parted_by_their_rate() -> None:
    found = read(MONEY)
    assert [fact.value for fact in found.facts if fact.kind == "amount"][:3] == [
        Decimal("1865000"),
        Decimal("2123000"),
        Decimal("2087400"),
    ]
    assert [fact.quote for fact in found.facts if fact.kind in ("score", "rate")] == ["10", "98.32%", "9.83"]


def test_sums_whose_rate_is_another_are_left_alone() -> None:
    assert not [fact for fact in read(MONEY.replace("98.32%", "89.32%")).facts if fact.kind == "amount"]


@pytest.mark.parametrize(
    ("digits", "marks"),
    [("1010", ("10", "10")), ("109", ("10", "9")), ("65.76", ("6", "5.76")), ("88", ("8", "8")), ("100", ("10", "0"))],
)
def test_two_marks_part_where_the_second_is_not_above_the_first(digits: str, marks: tuple[str, str]) -> None:
    parted = _parted(digits, 0, len(digits))
    assert parted is not None
    assert (digits[: parted[0]], digits[parted[0] :]) == marks


@pytest.mark.parametrize("digits", ["19", "0505", "1.55"])
def test_digits_that_part_in_no_way_are_no_marks(digits: str) -> None:
    assert _parted(digits, 0, len(digits)) is None
