"""Rates that other figures give: what might be meant accuses nothing, and what nothing gives is told still."""

from __future__ import annotations

import pytest

from tests.checking import contradictions, told

OF_ANOTHER_BASE = [
    (
        "全县医疗卫生支出42.5亿元；医疗卫生支出占一般公共预算支出850亿元的比重为5%。其中，县本级医疗卫生支出26.8亿元，占比{}%；乡镇医疗卫生支出15.7亿元，占比36.9%。",
        "63.1",
        "61.3",
    ),
    (
        "规模以上企业产量186.4万吨。其中化工38.2万吨、冶金24.6万吨、建材12.8万吨，三个行业合计占规模以上企业产量的{}%。",
        "40.56",
        "45.06",
    ),
    ("年初预算2400万元，年中追加后调整预算为3000万元，全年支出2940万元，预算执行率{}%。", "98", "89"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), OF_ANOTHER_BASE)
def test_a_rate_that_figures_near_it_give_accuses_nothing(text: str, right: str, wrong: str) -> None:
    assert contradictions(text.format(right)) == []
    assert contradictions(text.format(wrong)) != []


def test_the_budget_after_its_adjustment_is_the_base() -> None:
    text = "年初预算2400万元，年中追加后调整预算为3000万元，全年支出2940万元，预算执行率98%。"
    assert told(text, about="rate.execution")["consistent"] == ["2940 ÷ 3000 = 98%"]


def test_a_remainder_is_no_base_of_an_execution_rate() -> None:
    text = "2023年预算80万元，实际支出30.50万元，财政收回剩余指标48.65万元，预算执行率为62.69%。"
    assert contradictions(text) == ["rate.execution"]


def test_a_total_and_its_parts_are_no_alibi_for_a_hundred() -> None:
    text = "项目计划总投资320万元，到位资金288万元，其中中央188万元、省级100万元，资金到位率100%。"
    assert contradictions(text) == ["rate.arrival"]


@pytest.mark.parametrize(
    "text",
    [
        "机关编制150名，其中行政编制60名，实有行政人员57人。",
        "业务收入81340万元，其中存款利息20115万元，贷款利息61198万元。",
        "全年投入研究与开发经费128.64亿元，比上年增加11.52亿元，增长9.84%。",
        "新建道路40公里，改建60公里，占50%。",
        "年初预算500万元，调整后预算600万元，支出540万元，执行率90%；其中项目支出300万元，执行率95%。",
        "培训12期，每期3天，共培训860人，每人每天补助120元，支出30.96万元。",
        "中央补助300万元、省级补助200万元，合计支出480万元。",
        "上年结转120万元，本年收入2300万元，本年支出2280万元，结转下年140万元。",
        "每人每天补助120元，共培训860人，支出12万元。",
        "上半年中央补助240万元，下半年省级补助330万元，全年共支出500万元。",
        "三个项目分别核减420万元、365万元和198万元，共同核减标准为1083万元。",
        "基金支出54200万元，比上年增长8.4%（上年为50000万元）；本年收支结余2250万元，年末滚存结余37640万元。",
        "自办食堂学校76所，企业送餐学校14所，食堂供餐率84.44%，高于80%的要求。",
        "受理投诉520件，办结510件，办结率98.08%（上年为96.1%）。",
        "求职登记520人，就业510人，就业率98.08%，全省平均为95%。",
        "发放问卷600份，收回570份，回收率95%，上一年度93%。",
        "检查企业520家，合格510家，合格率98.08%，其中小微企业合格率96%。",
        "综合能耗同比下降3.2%（上年为3.5%）。",
        "收入1200万元，剔除一次性因素后增长12%（上年为1000万元）。",
    ],
)
def test_what_the_words_do_not_bind_together_accuses_nothing(text: str) -> None:
    assert contradictions(text) == []


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("到位资金1000万元，其中中央资金500万元、省级资金300万元、县级资金180万元。", "sum.parts"),
        ("年末滚存结余6.40亿元（上年末5.10亿元），当年结余1.03亿元。", "sum.parts.surplus"),
        ("城东、城西、城北三个项目分别核减420万元、365万元和198万元，共核减1083万元。", "sum.parts"),
        ("工程合同价1250万元，审定价1187.5万元，审减62.5万元，审减率6%。", "rate.reduction"),
        ("新建厕所32座、改建15座，共计57座。", "sum.parts"),
        ("上年结转120万元，本年收入2300万元，本年支出2280万元，年末结转160万元。", "balance.closing"),
        ("涉及问题金额16800万元，已整改15456万元，占95%。", "rate.share"),
        ("检测样品5600批次，合格5544批次，合格率98%。", "rate"),
        ("水样320份，合格304份，达标率97%。", "rate"),
        ("办理案件1250件，办结1180件，结案率95.4%。", "rate.closing"),
        ("完成投资9600万元，占年度计划投资1亿元的93%。", "rate.share"),
        ("决策得18分、过程得19分、产出得32分、效益得26分，总分96分。", "sum.parts"),
        ("上半年支出240万元，下半年支出330万元，全年共支出580万元。", "sum.parts"),
        ("抽查项目45个，发现问题项目18个，占45%。", "rate.share"),
        ("全年投入技术改造经费128.64亿元，比上年增加11.52亿元，增长8.94%。", "change.advance"),
        ("采购支出总额1250万元，中小企业合同金额1000万元，其中小微企业680万元，占采购支出总额的68%。", "rate.share"),
        ("业务支出34000万元，其中人员经费17000万元，占业务支出的33.33%。", "rate.share"),
        ("医疗收入32000万元；业务支出34000万元，其中人员经费13600万元，占业务支出的42.5%。", "rate.share"),
        ("本年支出增加172万元，增长4.65%（上年为3528万元）。本年支出3700万元。", "change.step"),
        ("本年收入3712万元，增长8.3%（上年为3395万元）。", "change.growth"),
    ],
)
def test_what_they_bind_is_told_still(text: str, check: str) -> None:
    assert contradictions(text) == [check]


LIST = (
    "支出1262.30万元。主要用于：公共服务1042.16万元，占82.56%；社保支出98.74万元，占{}%；卫生支出46.20万元，占3.66%。"
)
WHOLES = [
    ("受理投诉1864件，办结1842件，办结率98.82%；比2022年的2130件减少266件，下降{}%。", "12.49", "14.27", "change.step"),
    (
        "支出1262.30万元。主要用于：公共服务支出1042.16万元，占82.56%；社保支出98.74万元，占{}%；卫生支出46.20万元，占3.66%。",
        "7.82",
        "8.72",
        "rate.share",
    ),
    (
        "“三公”经费支出决算5.82万元，完成预算7.50万元的77.60%；决算数较上年减少1.18万元，下降{}%。",
        "16.86",
        "20.27",
        "change.advance",
    ),
    ("整改资金1260.00万元，已拨付1134.00万元，占90.0%，剩余{}万元。", "126.00", "162.00", "sum.parts"),
    ("救护培训2310人，取得救护员证1986人，取证率{}%。", "85.97", "92.16", "rate"),
]


@pytest.mark.parametrize(("text", "right", "wrong", "check"), WHOLES)
def test_what_other_figures_of_its_sentence_show_is_held_against_a_figure(
    text: str, right: str, wrong: str, check: str
) -> None:
    assert contradictions(text.format(right)) == []
    assert contradictions(text.format(wrong)) == [check]


@pytest.mark.parametrize(
    "text",
    [
        "全市产量100万吨。化工产量12万吨、冶金产量8万吨，十大行业合计占全市产量的80%。",
        "全市产量100万吨。化工产量12万吨、冶金产量8万吨，十二大行业合计占全市产量的80%。",
        "资金1260万元，已拨付1134万元，其余用于工程质保金120万元。",
        "收入1262万元。公共服务支出1042.16万元，占82.56%；社保支出98.74万元，占8.72%；卫生支出46.20万元，占9.66%。",
        "支出决算5.82万元；接待支出决算1.2万元；支出决算数较上年减少1.18万元，下降20.27%。",
    ],
)
def test_what_few_figures_show_accuses_nothing(text: str) -> None:
    assert contradictions(text) == []
