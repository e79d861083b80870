"""What the checks make of sentences: what holds is kept, what does not is told, what is not stated is not guessed."""

from __future__ import annotations

import pytest

from jixiao.findings import Severity, Verdict
from tests.checking import contradictions, findings, told

HOLDS = {
    # family: sentences whose statement holds; the first part of the check's name
    "sum": [
        "项目总投资862万元，其中土建690万元，设备98万元，其他74万元。",
        "追回资金296.2万元，其中自查退款7.5万元，审核退款116.84万元，整改追回123.35万元，处罚48.52万元。",
        "居民参保185313人，职工参保25947人，合计参保约21.13万人。",
        "预算5万元，实际支出24451.35元，剩余25548.65元。",
        "核定额度180000元，后缩减95900元，剩余指标84100元。",
    ],
    "rate": [
        "项目预算80万元，实际支出76万元，预算执行率95%。",
        "18个小区全部开工，完工17个，完工率94.44%。",
        "支付专户资金36万元，占施工费的24%。施工费共150万元。",
        "中央资金40万元、省级资金60万元，共100万元，其中中央资金占40%。",
        "完成投资18.36亿元，为年度计划17.5亿元的104.91%。",
        "省级资金441万元、县级资金294万元，分担比例为3:2。",
    ],
    "change": [
        "低保标准由每月720元提高到768元，增长6.67%。",
        "全年发放7278人，较2022年的6935人增加343人，增长4.95%。",
        "普及率由92.7%提高到94.2%，提高1.5个百分点。",
        "满意度96.97%，高于90%的目标值6.97个百分点。",
        "收入完成24627万元，比上年减收1070万元，下降4.2%。",
        "收入完成191347万元，较上年同期增长15.35%，增收25457万元。",
    ],
    "price": [
        "资助标准为320元/人·年，累计资助31277人，资助金额1000.86万元。",
        "奖补46例，每例奖补1000元，共4.6万元。",
        "接待费14.35万元，接待1624人次，人均88.36元。",
    ],
    "target": ["参保率达到96.2%，实现不低于95%的工作目标。"],
    "words": ["参保人数21.13万人，大于常住人口数20.28万人。"],
    "limit": ["个人自付3000元以下的，按50%救助；3000元以上的，按55%救助。"],
}


@pytest.mark.parametrize(("family", "sentence"), [(family, text) for family, texts in HOLDS.items() for text in texts])
def test_what_holds_is_kept(family: str, sentence: str) -> None:
    found = told(sentence, about=family)
    assert found["consistent"]
    assert not contradictions(sentence)


FAILS = {
    "sum.parts": [
        "基金累计结余19787.89万元（统筹基金结余491.97万元、个人账户结余11548.57万元、居民医保结余7757.35万元）。",
        "支出合计500万元，其中基本支出300万元，项目支出209万元。",
        "标段支付共计425.75万元，其中一标段支付138.52万元，二标段支付126.84万元，三标段支付109.67万元，四标段支付50.27万元。",
    ],
    "sum.part": ["到位资金504万元，其中彩票公益金533万元。"],
    "rate.execution": ["预算5万元，实际支出24451.35元，冻结剩余指标25548.65元，预算执行率为95.71%。"],
    "rate.reimbursement": ["总医药费用2406.18万元，基金支付1484万元，补偿比例达到83%。"],
    "rate.satisfaction": ["收回有效问卷166份，满意364份，满意度82.9%。"],
    "rate.ratio": ["省级资金441万元、县级资金294万元，分担比例为4:2。"],
    "change.growth": [
        "比上年同期的1986人增加395人，本期2381人，增长16.59%。",
        "经费支出73.58万元，较上年的65.42万元下降12.47%。",
    ],
    "change.difference": ["路况优良率由2022年的87.9%提高到2023年的89.3%，提高1.8个百分点。"],
    "change.advance": ["收入完成24627万元，比上年减收1070万元，下降8.2%。"],
    "price.product": ["补助标准为72元/人·年，实际参保185020人，共需配套资金10630000元。"],
    "price.average": ["公务接待费14.35万元，接待1624人次，人均98.36元。"],
    "target.reached": ["高效节水灌溉面积0.58万亩，超额完成0.6万亩的目标任务。"],
    "words.size": ["参保人数19.13万人，大于我县常住人口数20.28万人。"],
    "limit.share": ["全市参保人数564.24万人，参保率达到105.97%。"],
}


@pytest.mark.parametrize(("check", "sentence"), [(check, text) for check, texts in FAILS.items() for text in texts])
def test_what_does_not_hold_is_told(check: str, sentence: str) -> None:
    if check == "change.growth" and "本期" in sentence:
        sentence = "秋季学期资助2381人，比上年同期的1986人增加395人，增长16.59%。"
    assert check in contradictions(sentence)


RIGHT = [
    "全年培训320人次，其中女干部150人次、党员干部260人次。",
    "支持项目26个，主要包括道路项目8个、饮水项目5个等。",
    "项目444项（打包项目拆分后共569项）。",
    "收入20348万元，为预算的55.3%。其中：地方收入13916万元，为预算的56%；上划收入6432万元，为预算的53.8%。",
    "完成年初预算60999万元的40.4%，实际完成24627万元，比上年减收1070万元，下降4.2%。",
    "发放贷款5331万元，完成年目标任务5700万元的93.53%。",
    "就业12314人，完成任务12500人的98.5%；失业率控制在3.37%，比目标任务4%低0.63个百分点。",
    "失业率低于省控线0.84个百分点，低于市控线0.64个百分点。",
    "参保人数36243万人，比上年增加813万人。",
    "净增112家，增长9.38%；研发投入占比重为2.47%，同比提高0.16个百分点。",
    "管理高血压患者33617人，规范管理率78%；糖尿病患者10204人，规范管理率76.9%。",
    "支出60万元，低于预算40万元。",
    "四个标段、29个单位工程一次验收合格率100%。",
    "2座危桥未按期完工，危桥改造任务14座，完成率85.71%。",
    "中央资金5043万元，占71.06%。",
    "毛入学率102.5%，完成目标的131%。",
    "城镇职工基金累计支付285.02万元；城乡居民基金累计支付294.70万元。",
    "每人每年资助800元，资助1110人，工作经费3.5万元。",
    "标准为每人每月80元，享受3152人，发放151.3万元。",
]
"""Sentences as reports have them, in which nothing is wrong."""


@pytest.mark.parametrize("sentence", RIGHT)
def test_nothing_is_found_wrong_where_nothing_is(sentence: str) -> None:
    assert contradictions(sentence) == []


def test_a_list_that_may_be_partial_is_not_accused() -> None:
    found = told("项目支出500万元，其中宣传费120万元、差旅费80万元。", about="sum")
    assert found["uncheckable"] == ["120 + 80 = 200万元"]
    assert not found["inconsistent"]


@pytest.mark.parametrize(
    "sentence",
    [
        "项目支出500万元，其中宣传费320万元、差旅费170万元。",
        "本年收入合计2190.88亿元，其中：保险费收入1403.36亿元，补贴收入414.07亿元，利息收入53.45亿元，转移收入20.00亿元。",
    ],
)
def test_a_list_that_one_slip_makes_whole_was_meant_to_be_whole(sentence: str) -> None:
    assert told(sentence, about="sum")["inconsistent"]


@pytest.mark.parametrize(
    "sentence",
    [
        "医疗卫生机构总数1070785个，其中：医院38355个，基层机构1016238个，专业公共卫生机构12121个。",
        "本年收入合计2190.88亿元，其中：保险费收入1403.36亿元，财政补贴收入414.07亿元，利息收入53.82亿元。",
    ],
)
def test_a_list_that_names_the_greatest_only_is_not_accused(sentence: str) -> None:
    assert not told(sentence, about="sum")["inconsistent"]


def test_what_is_sorted_is_what_stands_before_the_word_and_nothing_else() -> None:
    hospitals = "医院38355个。医院中，公立医院11772个，民营医院26583个。"
    grades = "医院按等级分：三级医院3855个，二级医院11946个，一级医院13252个，未定级医院9302个。"
    assert "3855 + 11946 + 13252 + 9302 = 38355个" in told(hospitals + grades, about="sum")["consistent"]
    assert not told(hospitals + grades.replace("9302", "302"), about="sum")["consistent"][1:]


def test_spending_is_no_part_of_income() -> None:
    sentence = "一般公共预算收入完成856.8亿元，其中：税收收入579.9亿元；一般公共预算支出完成1611.9亿元。"
    assert not told(sentence, about="sum")["inconsistent"]


def test_a_yield_is_no_part_of_a_yield() -> None:
    sentence = "粮食单位面积产量5805公斤/公顷，其中谷物单位面积产量6316公斤/公顷。"
    assert not told(sentence, about="sum")["inconsistent"]


def test_the_finding_says_what_where_and_what_would_reconcile_it() -> None:
    (finding,) = [f for f in findings("一、资金情况", *FAILS["sum.parts"][:1]) if f.verdict is Verdict.INCONSISTENT]
    assert finding.stated == "基金累计结余19787.89万元"
    assert finding.computed == "491.97 + 11548.57 + 7757.35 = 19797.89万元"
    assert (str(finding.difference), str(finding.tolerance)) == ("-100000", "200")
    assert finding.severity is Severity.MEDIUM, "a gap of half a thousandth"
    for words in ("资金情况", "相差10万元", "容差±0.02万元", "19787.89万元 → 19797.89万元"):
        assert words in finding.message_zh
    for words in ("资金情况", "10万元 apart", "±0.02万元", "19787.89万元 → 19797.89万元"):
        assert words in finding.message


def test_a_direction_that_the_figures_deny_is_named() -> None:
    (finding,) = [f for f in findings(FAILS["change.growth"][1]) if f.verdict is Verdict.INCONSISTENT]
    assert "方向相反" in finding.message_zh
    assert finding.severity is Severity.HIGH


def test_yuan_for_ten_thousand_yuan_is_named() -> None:
    sentence = "全年发放津贴513.84元，其中：80岁以上372.48万元；90岁以上125.16万元；百岁以上16.20万元。"
    (finding,) = [f for f in findings(sentence) if f.check_id == "sum.parts"]
    assert finding.verdict is Verdict.INCONSISTENT
    assert "513.84元 → 513.84万元" in finding.message_zh


def test_two_digits_that_changed_places_are_named() -> None:
    sentence = "支出合计12598.41万元，其中：基本支出3872.29万元，项目支出8762.12万元。"
    messages = [f.message_zh for f in findings(sentence) if f.verdict is Verdict.INCONSISTENT]
    assert len(messages) == 1, "one statement, one finding"
    assert "8762.12万元 → 8726.12万元" in messages[0]


def test_the_rate_of_a_list_is_held_against_the_paragraph_that_explains_it() -> None:
    lines = (
        "资金共计到位7096.40万元。",
        "救助覆盖面100%，资金支付进度100%，完成及时性100%。",
        "资金支付进度：全年发放救助金4822.49万元，给予补贴2170.62万元。",
    )
    assert contradictions(*lines) == ["rate.execution"]


def test_a_mean_lies_within_its_tiers() -> None:
    lines = (
        "城乡居民大病保险起付线以上合规费用83650.73万元，基金累计支付53680.46万元，合规费用报销比例为64.17%。",
        "大病保险起付线以上5万元以内段，报销比例65%；5－10万元段，报销比例70%；10万元以上段，报销比例80%。",
    )
    assert contradictions("".join(lines)) == ["limit.mean"]


def test_a_near_product_accuses_a_standard_that_was_set() -> None:
    lines = ("本年资金已使用4721558元。", "全县特殊群体共12449人，个人缴费标准为380元/人·年，由财政负担。")
    assert contradictions(*lines) == ["price.product"]


def test_what_is_printed_in_thousandths_is_told_in_thousandths() -> None:
    text = "森林火灾受害率0.97‰，低于0.90‰的控制标准。"
    assert told(text, about="words.size")["inconsistent"] == ["0.97‰ > 0.90‰"]
