"""Checks of a report as a whole: tables, marks, balances, dates, measures stated twice, copies, blanks."""

from __future__ import annotations

import pytest

from jixiao.checks import CHECKS
from jixiao.findings import Verdict
from tests.checking import contradictions, findings, told
from tests.small_documents import Rows

# Tables

HEAD = ["乡镇", "户数（户）", "发放金额（万元）"]
ROWS: Rows = [HEAD, ["东山镇", "12", "30.55"], ["西河镇", "18", "40.25"], ["合计", "30", "70.80"]]


def swapped(rows: Rows, row: int, col: int, text: str) -> Rows:
    """Return ``rows`` with one cell changed."""
    return [[text if (r, c) == (row, col) else cell for c, cell in enumerate(line)] for r, line in enumerate(rows)]


def test_a_table_that_adds_up() -> None:
    assert len(told("发放情况表", ROWS, about="sum")["consistent"]) == 2
    assert contradictions("发放情况表", ROWS) == []


@pytest.mark.parametrize(("row", "col", "text"), [(1, 1, "13"), (2, 2, "42.05"), (3, 1, "31"), (3, 2, "70.08")])
def test_every_cell_of_a_sum_counts(row: int, col: int, text: str) -> None:
    assert contradictions("发放情况表", swapped(ROWS, row, col, text)) == ["sum.parts.table"]


def test_subtotals_are_summed_before_the_total() -> None:
    rows: Rows = [HEAD, ["甲镇", "1", "2.0"], ["乙镇", "2", "3.0"], ["小计", "3", "5.0"],
                  ["丙镇", "4", "5.0"], ["丁镇", "5", "6.0"], ["小计", "9", "11.0"],
                  ["合计", "12", "16.0"]]  # fmt: skip
    assert contradictions("发放情况表", rows) == []
    assert contradictions("发放情况表", swapped(rows, 7, 1, "13")) == ["sum.parts.table"]
    assert contradictions("发放情况表", swapped(rows, 3, 1, "4")) != []


def test_numbered_rows_that_nest_are_not_accused() -> None:
    rows: Rows = [HEAD, ["一、种植业", "5", "6.0"], ["1.水稻", "2", "2.5"], ["2.小麦", "3", "3.5"],
                  ["二、养殖业", "4", "4.0"], ["合计", "9", "10.0"]]  # fmt: skip
    assert contradictions("发放情况表", rows) == []


UNIT = "单位：万元"
FUNDS: Rows = [
    ["项目资金", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"],
    ["年度资金总额", "1486.00", "1523.60", "1487.94", "10", "97.66%", "9.77"],
    ["其中：上级资金", "620.00", "657.60", "657.60", "—", "100.00%", "—"],
    ["本级资金", "866.00", "866.00", "830.34", "—", "95.88%", "—"],
]


def test_the_form_of_funds_adds_up_by_row_and_column() -> None:
    found = told(UNIT, FUNDS)
    assert not found["inconsistent"]
    assert "1487.94 ÷ 1523.60 = 97.6595%" in found["consistent"]
    assert "620.00 + 866.00 = 1486万元" in found["consistent"]
    assert contradictions(UNIT, swapped(FUNDS, 1, 5, "79.66%")) == ["rate.formula"]
    assert contradictions(UNIT, swapped(FUNDS, 3, 1, "886.00")) == ["sum.parts.table"]


INDICATORS: Rows = [
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
    ["产出指标（60分）", "数量指标", "救助人次", "≥90人次", "132人次", "30", "30"],
    ["^", "质量指标", "发放准确率", "≥98%", "96%", "30", "29.4"],
    ["效益指标（30分）", "社会效益", "政策知晓率", "≥90%", "95%", "30", "30"],
    ["满意度指标（10分）", "满意度", "群众满意度", "≥90%", "93%", "10", "10"],
    ["总分", "<", "<", "", "", "100", "99.4"],
]


def test_an_indicator_table_holds_in_marks_and_targets() -> None:
    found = told(INDICATORS)
    assert not found["inconsistent"]
    assert "132人次 ≥ 90人次" in found["consistent"]


def test_full_marks_for_a_missed_target_are_told() -> None:
    assert "target.reached.table" in contradictions(swapped(INDICATORS, 2, 6, "30"))


def test_a_total_of_marks_that_its_rows_deny_is_told() -> None:
    assert set(contradictions(swapped(INDICATORS, 5, 6, "94.9"))) >= {"sum.parts.table"}
    assert set(contradictions(swapped(INDICATORS, 4, 5, "15"))) >= {"sum.parts.table"}


def test_a_table_cut_short_is_not_accused() -> None:
    assert contradictions([*INDICATORS[:2], INDICATORS[5]]) == []


def test_the_total_in_the_text_is_that_of_the_table() -> None:
    assert contradictions("项目自评得分99.4分。", INDICATORS) == []
    assert contradictions("项目自评得分94.9分。", INDICATORS) == ["marks.total-twice"]


# Marks in prose

TREE = [
    "（一）投入（满分20分，自评19分）",
    "1.项目立项（满分12分，自评12分）",
    "2.资金落实（满分8分，自评7分）",
    "（二）产出（满分80分，自评78.5分）",
    "1.产出数量（满分50分，自评50分）",
    "2.产出质量（满分30分，自评28.5分）",
]


def test_a_tree_of_marks_adds_up() -> None:
    found = told("项目自评得分97.5分。", *TREE, about="marks")
    assert len(found["consistent"]) >= 5
    assert not found["inconsistent"]


@pytest.mark.parametrize("place", [1, 2, 3, 4, 5])
def test_every_mark_of_a_tree_counts(place: int) -> None:
    lines = list(TREE)
    old = lines[place].rpartition("自评")[2].rstrip("分）")
    lines[place] = lines[place].replace(f"自评{old}", f"自评{float(old) - 2:g}")
    assert contradictions("项目自评得分97.5分。", *lines)


def test_more_marks_than_there_are_to_have() -> None:
    lines = [*TREE[:1], "1.项目立项（满分12分，自评15分）", *TREE[2:]]
    assert "marks.within-full" in contradictions(*lines)


# Balances

LEDGER = ("一、资金情况", "2023年收入885万元。", "2023年医疗救助支出1259.95万元，资助参保支出1028.56万元。")


def test_spending_beyond_income_with_a_balance_left_needs_an_opening_balance() -> None:
    closing = "2023年末累计结余120.21万元。"
    assert contradictions(*LEDGER, closing) == ["balance.opening"]
    assert contradictions(*LEDGER, "上年结余1523.72万元。", closing) == []


def test_a_small_gap_may_be_an_opening_balance() -> None:
    lines = ("一、资金情况", "2023年收入885万元。", "2023年医疗救助支出870万元。", "2023年末累计结余40万元。")
    found = told(*lines, about="balance")
    assert found["uncheckable"]
    assert not found["inconsistent"]


# Dates

FORM = ("项目名称：困难群众救助资金", "项目单位：（盖章）某县民政局")
RESULT = "2023年全年实际支出714.05万元。"
FORM_TITLE = "项目绩效自评报告"


@pytest.mark.parametrize(
    ("date", "checks"),
    [
        ("2024年3月18日", []),
        ("2023年3月10日", ["date.filled"]),
        ("2022年3月13日", ["date.filled"]),
    ],
)
def test_a_form_is_filled_in_after_its_year(date: str, checks: list[str]) -> None:
    lines = ("（2023年度）", *FORM, f"填报日期：{date}", "一、基本情况", RESULT)
    assert contradictions(*lines, title=FORM_TITLE) == checks


def test_a_form_of_goals_is_filled_in_before_its_year() -> None:
    lines = ("（2023年度）", *FORM, "填报日期：2022年11月20日", "一、基本情况", "计划支出714.05万元。")
    assert contradictions(*lines, title="项目支出绩效目标申报表") == []


def test_data_later_than_the_form_are_told() -> None:
    lines = ("（2023年度）", *FORM, "填报日期：2023年10月8日", "一、基本情况", "2023年12月底在册对象6624人。")
    assert "date.data-after" in contradictions(*lines, title=FORM_TITLE)


def test_a_date_left_over_from_an_earlier_report_is_told() -> None:
    lines = ("（2023年度）", *FORM, "填报日期：2024年3月8日", "一、基本情况")
    spent = "截至{}年12月31日，此项资金已使用1063万元。"
    assert contradictions(*lines, spent.format(2021), title=FORM_TITLE) == ["date.left-over"]
    assert contradictions(*lines, spent.format(2023), title=FORM_TITLE) == []
    carried = "截至2022年12月31日，上年结转资金63万元。"
    assert contradictions(*lines, carried, title=FORM_TITLE) == []


@pytest.mark.parametrize(
    ("told_of", "verdict"),
    [
        ("项目受征地影响，于2022年9月开工建设，同年5月完工。", "inconsistent"),
        ("项目于2022年9月开工，并于次年5月12日通过竣工验收。", "consistent"),
        ("工程2022年9月20日动工，2022年9月8日全部竣工。", "inconsistent"),
        ("工程2022年9月20日动工，2022年9月全部竣工。", "consistent"),
        ("一标段于2022年9月开工，二标段于2022年5月完工。", None),
        ("项目于2022年9月开工。2022年5月完工的项目有3个。", None),
    ],
)
def test_a_work_ends_after_it_began(told_of: str, verdict: str | None) -> None:
    found = told("一、概况", told_of, about="date.order")
    assert [name for name, computed in found.items() if computed] == ([verdict] if verdict else [])


# One measure twice


def test_one_measure_has_one_value() -> None:
    first, other = "保障事实无人抚养儿童131人。", "全年共保障事实无人抚养儿童{}人。"
    assert told("一、概况", first, "二、成效", other.format(131), about="repeat")["consistent"]
    assert contradictions("一、概况", first, "二、成效", other.format(133)) == ["repeat.same"]
    assert contradictions("一、概况", first, "二、成效", other.format(28)) == [], "too far apart to be meant for it"


def test_measures_of_two_owners_are_two() -> None:
    lines = ("城镇职工基金累计支付28502.93万元。", "城乡居民基金累计支付29470.56万元。")
    assert contradictions(*lines) == []


# Text


def test_a_sentence_that_names_another_project_is_told() -> None:
    form = ("（2023年度）", "项目名称：残疾人两项补贴资金", "填报日期：2024年3月18日", "一、基本情况")
    line = "县民政局在使用{}过程中，严格执行资金管理办法。"
    assert contradictions(*form, line.format("高龄津贴资金"), title=FORM_TITLE) == ["copy.other-project"]
    assert contradictions(*form, line.format("残疾人两项补贴资金"), title=FORM_TITLE) == []


def test_what_is_missing_is_told_and_never_accused() -> None:
    found = findings("项目单位：（盖章）", "一、基本情况", "全年支出XX万元。")
    blank = {finding.check_id for finding in found if finding.verdict is Verdict.UNCHECKABLE}
    assert {"blank.field.unit", "blank.placeholder.letters"} <= blank
    assert not [finding for finding in found if finding.verdict is Verdict.INCONSISTENT]


# All


def test_every_check_says_what_it_proves() -> None:
    for check in CHECKS:
        assert check.__doc__
        assert check.__doc__.startswith(("Prove", "Confirm", "Tell"))
    assert len(CHECKS) == len(set(CHECKS))


@pytest.mark.parametrize("text", ["", "一、", "；；，，。", "100%", "其中：", "合计", "由提高到增长", "（（（1人"])
def test_fragments_break_nothing(text: str) -> None:
    assert contradictions(text) == []
