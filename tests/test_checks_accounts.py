"""The sentences of published accounts (决算公开): budgets, what was done of them, funds, and lists that are whole."""

from __future__ import annotations

import pytest

from parsers import parse
from tests.checking import contradictions, told
from tests.small_documents import document

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


# Completion: of the target of the same thing, and by how much it was exceeded


def test_what_is_dealt_out_to_several_is_not_held_against_the_target_of_another() -> None:
    sentence = (
        "企业养老保险参保2460人，完成年度任务2000人的123%；"
        "工伤、失业保险参保分别达到4.12万人和3.05万人，分别超额完成目标任务3.6%、2.1%。"
    )
    assert contradictions(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "年度目标任务500人，全年实际培训521人，超额完成年度任务{}%。",
        "年度目标任务500人，全年完成培训521人，超目标任务{}%。",
    ],
)
def test_by_how_much_a_target_was_exceeded_is_the_ratio_less_a_hundred(sentence: str) -> None:
    about = "change.growth"
    assert told(sentence.format("4.2"), about=about)["consistent"] == ["(521 - 500) ÷ 500 = 4.2%"]
    assert contradictions(sentence.format("4.2")) == []
    assert contradictions(sentence.format("14.2")) == [about]
    assert contradictions("年度目标任务500人，全年实际培训521人，超额完成年度任务的104.2%。") == []


# How far a budget was used


@pytest.mark.parametrize(
    "sentence",
    [
        "年初预算240.00万元，支出决算264.00万元，完成年初预算的{}%。",
        "年初预算为240.00万元。支出决算为264.00万元，完成年初预算的{}%，决算数大于预算数的原因是人员增加。",
        "事业单位医疗（项）年初预算数为240.00万元，2023年决算数为264.00万元，完成年初预算的{}%。",
        "支出决算264.00万元，比上年增加24万元，年初预算240.00万元，完成年初预算的{}%。",
        "年初预算240.00万元，调整预算280.00万元，支出决算264.00万元，完成年初预算的{}%。",
        "卫生支出（类）年初预算240.00万元，支出决算264.00万元，完成年初预算的{}%；其他支出（类）年初预算20万元。",
    ],
)
def test_the_completion_of_a_budget_is_of_the_budget_just_named(sentence: str) -> None:
    assert told(sentence.format("110.00"), about="rate.budget")["consistent"] == ["264.00 ÷ 240.00 = 110%"]
    assert contradictions(sentence.format("110.00")) == []
    assert contradictions(sentence.format("101.00")) == ["rate.budget"]


@pytest.mark.parametrize(
    "sentence",
    [
        "年初预算240万元，支出决算264万元，其中基本支出210万元，完成年初预算的87.50%。",
        "部门年初预算5200万元，教育支出决算264万元，完成年初预算的110.00%。",
        "年初预算240万元，追加20万元，支出决算264万元，完成调整预算的98.00%。",
        "部门年初预算5200万元。教育支出决算264万元，完成年初预算的110.00%。",
    ],
)
def test_the_completion_of_a_budget_that_is_not_named_beside_is_not_told(sentence: str) -> None:
    assert contradictions(sentence) == []


# Cases closed


@pytest.mark.parametrize("closed", ["审结", "审执结", "办结"])
def test_cases_closed_under_any_name_are_what_the_closing_rate_is_of(closed: str) -> None:
    sentence = f"全年受理案件3200件，{closed}3056件，结案率{{}}%。"
    assert told(sentence.format("95.5"), about="rate")["consistent"] == ["3056 ÷ 3200 = 95.5%"]
    assert contradictions(sentence.format("95.9")) == ["rate.closing"]


@pytest.mark.parametrize(
    "sentence",
    [
        "新收案件2900件，旧存300件，审结3056件，结案率95.5%。",
        "受理案件3200件，其中新收2900件，审结3056件，结案率95.5%。",
        "受理案件3200件，审结3056件，民事案件结案率98.2%。",
        "受理刑事案件1200件，受理民事案件2000件，审结3056件，结案率95.5%。",
    ],
)
def test_a_closing_rate_is_not_of_some_of_the_cases(sentence: str) -> None:
    assert contradictions(sentence) == []


# Funds: what was there, and what the year left


@pytest.mark.parametrize(
    "sentence",
    [
        "年末滚存结余7.25亿元（上年末6.10亿元），当年结余{}亿元。",
        "上年末滚存结余6.10亿元，当年结余{}亿元，年末滚存结余7.25亿元。",
    ],
)
def test_the_balance_before_and_the_surplus_are_the_balance_after(sentence: str) -> None:
    about = "sum.parts.surplus"
    assert told(sentence.format("1.15"), about=about)["consistent"]
    assert contradictions(sentence.format("1.51")) == [about]


@pytest.mark.parametrize(
    "sentence",
    [
        "职工医保年末累计结余7.25亿元（上年末6.10亿元），居民医保当年结余0.95亿元。",
        "年末滚存结余7.25亿元（上年末6.10亿元），上解调剂金0.20亿元，当年结余1.35亿元。",
    ],
)
def test_balances_of_other_funds_or_with_other_flows_do_not_accuse(sentence: str) -> None:
    assert contradictions(sentence) == []


# Lists that name a rest


def test_a_list_that_names_a_rest_is_whole() -> None:
    sentence = (
        "整改金额{}万元，其中上缴财政412.35万元、归还原资金渠道248.2万元、调整账务776.15万元、其他方式整改94.9万元。"
    )
    assert contradictions(sentence.format("1531.6")) == []
    assert contradictions(sentence.format("1521.6")) == ["sum.parts"]
    assert contradictions(sentence.format("1687.3")) == []
    assert contradictions(sentence.format("1521.6").replace("其他方式整改", "挂账")) == []


# Marks: the row of a form's whole budget is an indicator, whatever it is called


def _form(budget: str, awarded: str) -> list[list[str]]:
    return [
        ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["", budget, "400", "400", "340", "10", "85%", "8.5"],
        ["", "其中：财政拨款", "400", "400", "340", "—", "85%", "—"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"],
        ["产出指标", "数量指标", "巡护次数", "≥48次", "50次", "40", "40", ""],
        ["产出指标", "质量指标", "出苗率", "≥90%", "92%", "20", "20", ""],
        ["效益指标", "生态效益指标", "植被覆盖度", "≥60%", "52%", "20", "17", ""],
        ["满意度指标", "满意度指标", "农户满意度", "≥90%", "93%", "10", "10", ""],
        ["总分", "", "", "", "", "100", awarded, ""],
    ]


@pytest.mark.parametrize("budget", ["年度资金总额", "合计"])
def test_the_marks_of_a_budget_are_among_those_of_the_total(budget: str) -> None:
    right = "8.5 + 40 + 20 + 17 + 10 = 95.5"
    assert right in told(_form(budget, "95.5"), about="marks.tree")["consistent"]
    assert contradictions(_form(budget, "95.5")) == []
    assert told(_form(budget, "97.5"), about="sum.parts.table")["inconsistent"] == [f"{right}分"]
    assert contradictions(_form(budget, "97.5")) == ["sum.parts.table"], "one slip is told once"


def test_the_marks_of_a_budget_are_not_the_report_s_own() -> None:
    (report,) = parse(document("2023年度某项目绩效自评表", _form("合计", "95.5")))
    assert str(report.self_score) == "95.5"


# Tables that allot money


def _allotted(east: str = "610", total: str = "1110", mark: str = "330") -> list[list[str]]:
    return [
        ["县区", "中央资金", "省级资金", "市级资金", "合计"],
        ["东片小计", east, "310", "190", total],
        ["甲县", mark, "170", "100", "600"],
        ["乙县", "280", "140", "90", "510"],
        ["西片小计", "420", "230", "150", "800"],
        ["丙县", "250", "130", "80", "460"],
        ["丁县", "170", "100", "70", "340"],
    ]


def test_a_subtotal_above_its_members_and_a_column_of_totals_are_checked() -> None:
    right = told("单位：万元", _allotted(), about="sum.parts.table")
    assert {"330 + 280 = 610万元", "610 + 310 + 190 = 1110万元", "250 + 170 = 420万元"} <= set(right["consistent"])
    assert not right["inconsistent"]
    assert told("单位：万元", _allotted(east="601"), about="sum")["inconsistent"] == [
        "330 + 280 = 610万元",
        "601 + 310 + 190 = 1101万元",
    ]
    assert told("单位：万元", _allotted(total="1101"), about="sum")["inconsistent"] == [
        "600 + 510 = 1110万元",
        "610 + 310 + 190 = 1110万元",
    ]


def test_a_cell_that_was_not_read_leaves_its_subtotal_open() -> None:
    assert contradictions("单位：万元", _allotted(mark="330（含上年30）")) == []


def test_a_column_of_totals_that_most_rows_do_not_add_up_to_is_not_told() -> None:
    rows = [
        ["项目", "预算", "支出", "合计"],
        ["修路", "50", "40", "90"],
        ["修桥", "60", "50", "70"],
        ["修渠", "30", "20", "40"],
    ]
    assert contradictions("单位：万元", rows) == []


# Surveys: shares of the answers, and what makes up the satisfaction


def _answers(share: str, *, total: bool) -> list[list[str]]:
    rows = [["满意程度", "人数", "比例"], ["非常满意", "240", "60%"], ["满意", "100", share]]
    rows += [["一般", "40", "10%"], ["不满意", "20", "5%"]]
    return [*rows, ["合计", "400", "100%"]] if total else rows


@pytest.mark.parametrize("total", [True, False])
def test_the_share_of_an_answer_is_of_all_answers(total: bool) -> None:
    assert len(told(_answers("25%", total=total), about="rate.share")["consistent"]) == 4
    assert contradictions(_answers("25%", total=total)) == []
    assert contradictions(_answers("35%", total=total)) == ["rate.share"]


def test_a_share_that_fills_the_others_up_to_a_hundred_is_not_told() -> None:
    rows = [["选项", "人数", "占比"], ["满意", "100", "33.3%"], ["一般", "100", "33.3%"], ["不满意", "100", "33.4%"]]
    assert contradictions(rows) == []


def _questions(*last: str) -> list[list[str]]:
    head = ["调查内容", "非常满意", "满意", "一般", "不满意", "满意度"]
    rows = [
        ["政策宣传", "72%", "18%", "7%", "3%"],
        ["办理速度", "66%", "21%", "8%", "5%"],
        ["服务态度", "80%", "12%", "6%", "2%"],
    ]
    return [head, *([*row, rate] for row, rate in zip(rows, last, strict=True))]


def test_the_satisfaction_is_of_the_grades_that_most_rows_count() -> None:
    assert contradictions(_questions("90%", "87%", "92%")) == []
    assert contradictions(_questions("97%", "95%", "98%")) == []
    assert contradictions(_questions("90%", "87%", "96%")) == ["sum.parts.satisfaction"]
    assert contradictions(_questions("85%", "80%", "88%")) == []


@pytest.mark.parametrize(
    ("parts", "right", "wrong"),
    [
        (("公务用车运行维护费支出30万元，年末公务用车保有量12辆，单车平均运行维护费{}万元。",), "2.5", "3.5"),
        (("公务用车运行维护费支出36万元。", "公务用车保有量为9辆，平均每辆4万元，车均{}万元。"), "4", "6"),
        (
            (
                [["“三公”经费", "金额（万元）"], ["公务用车运行维护费", "45.60"]],
                "年末公务用车保有量12辆，单车平均{}万元。",
            ),
            "3.80",
            "3.08",
        ),
        (("为1250户脱贫户发放贷款贴息150万元，户均贴息约{}元；修路3公里。",), "1200", "2100"),
        (("拨付补助20万元，覆盖村卫生室48个；为320户发放产业奖补96万元，户均奖补近{}元。",), "3000", "2000"),
    ],
)
def test_means_of_cars_and_hedged_ones(parts: tuple[str, ...], right: str, wrong: str) -> None:
    *before, last = parts
    assert contradictions(*before, last.format(right)) == []
    assert contradictions(*before, last.format(wrong)) == ["price.average"]


@pytest.mark.parametrize(
    "sentence",
    [
        "为1250户发放贴息150万元，户均贴息约1100元。",
        "公务用车运行维护费预算40万元，支出30万元，公务用车保有量12辆，单车平均2.5万元。",
        "公务用车购置及运行维护费48万元，其中公务用车运行维护费30万元，保有公务用车12辆，车均支出4万元。",
        "改造85户，户均补助6000元，共支出51万元；康复救助45人，人均1.6万元，共支出72万元。",
        "新购置公务用车2辆，公务用车运行维护费30万元，单车平均2.5万元。",
    ],
)
def test_means_of_other_totals_are_not_accused(sentence: str) -> None:
    assert contradictions(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "right", "wrong"),
    [
        ("聘用护林员420名，按每人每年1万元的标准共发放劳务补助{}万元。", "420", "378"),
        ("为36户按每户20万元的标准拨付补助{}万元。", "720", "660"),
        ("资助学生260人，补助标准2000元/人，发放补助{}万元。", "52", "62"),
        ("按照每亩0.1万元的标准补助1300亩，共补助{}万元。", "130", "120"),
    ],
)
def test_a_standard_is_the_number_that_it_prints(sentence: str, right: str, wrong: str) -> None:
    assert contradictions(sentence.format(right)) == []
    assert contradictions(sentence.format(wrong)) == ["price.product"]


@pytest.mark.parametrize(
    "sentence",
    [
        "发放补助420人，人均补助约1万元，共发放补助432万元。",
        "聘用护林员420名，按每人每年1万元的标准执行；林业支出1378万元。",
        "护林员420名，人均1.03万元，共发放补助433万元。",
        "按每人每月不超过1万元的标准，对12名专家发放补助86万元。",
    ],
)
def test_a_price_that_is_no_standard_is_not_so_exact(sentence: str) -> None:
    assert contradictions(sentence) == []
