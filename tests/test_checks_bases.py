"""What a rate or a share is of, where several figures could be meant: the one that its words mean, or none."""

from __future__ import annotations

import pytest

from tests.checking import contradictions, told
from tests.small_documents import Rows

POSTS: Rows = [["单位", "人员编制", "内设机构"], ["县林业局", "150", "6"]]


@pytest.mark.parametrize(
    "parts",
    [
        (POSTS, "年末在职138人，其中行政编制60人、事业人员78人，在职人员控制率92%。"),
        (POSTS, "在职人员138人（其中参公编制60人），人员控制率92.00%。"),
        ("局机关核定编制40名。", "全系统编制150名，在职138人，其中行政编制60人，在职人员控制率92%。"),
    ],
)
def test_a_base_that_is_a_part_yields_to_its_total(parts: tuple[str | Rows, ...]) -> None:
    assert contradictions(*parts) == []


def test_the_total_that_a_base_yields_to_may_accuse() -> None:
    text = "年末在职138人，其中行政编制60人、事业人员78人，在职人员控制率{}%。"
    assert told(POSTS, text.format(92), about="rate")["consistent"]
    assert contradictions(POSTS, text.format(94)) == ["rate.staffing"]


@pytest.mark.parametrize(
    "sentence",
    [
        "供水、供电、道路分别支出300万元、180万元和90万元，预算分别为300万元、200万元和120万元，执行率分别为100%、90%、75%。",
        "三个项目下达资金570万元，供水、供电、道路分别支出300万元、180万元和40万元，执行率分别为100%、90%和75%。",
        "基本支出预算数320.50万元，执行率100%；项目支出预算数410.00万元，执行数369.00万元，执行率90%。",
        "火灾发生率为0.05次/10万公顷，受害森林面积80公顷，受害率为0.004‰。",
        "三年城镇新增就业20万人，失业人员再就业6万人；城镇登记失业率由3.6%降至3.1%。",
        "新增专项债券600万元，省级资金200万元，自筹50万元，合计850万元。",
        "支出总计900万元，包括：基本支出400万元，项目支出480万元，年末结转和结余20万元。",
        "投入20分，得20分；过程30分，得27分，预算调整扣1分，结余率偏高扣2分；产出50分，得49分。合计96分。",
    ],
)
def test_what_a_figure_is_not_of_accuses_nothing(sentence: str) -> None:
    assert contradictions(sentence) == []


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        ("rate.execution", "项目支出预算数410.00万元，执行数369.00万元，执行率95%。"),
        ("rate.staffing", "编制150名，年末在职138人，在职人员控制率96%。"),
        ("sum.parts", "支出总计900万元，包括：基本支出400万元，项目支出480万元。"),
        ("sum.parts", "投入20分，得20分；过程30分，得27分，扣3分；产出50分，得49分。合计97分。"),
        ("sum.parts", "中央资金600万元，省级资金200万元，自筹50万元，合计880万元。"),
    ],
)
def test_figures_that_are_meant_accuse_still(check: str, sentence: str) -> None:
    assert check in contradictions(sentence)


def test_another_pair_of_its_names_excuses_a_rate() -> None:
    """Which of two budgets is meant is not said: that the one fits is enough to be silent."""
    rate = "项目下达资金500万元，实际支出360万元，执行率90%。"
    assert contradictions(rate) == ["rate.execution"]
    assert contradictions("年初预算安排400万元。", rate) == []


GOALS: Rows = [
    ["年度目标", "实际完成"],
    ["改造危桥12座，清淤渠道24公里，新增养老床位360张", "改造危桥12座，清淤渠道21公里，新增养老床位378张"],
]


@pytest.mark.parametrize(
    ("parts", "right", "wrong"),
    [
        ((GOALS, "渠道清淤完成率{}%。"), "87.5", "97.5"),
        ((GOALS, "渠道清淤任务完成率达到{}%，发挥了效益。"), "87.50", "78.50"),
        (("下达我县村道硬化60公里，危桥改造8座。", "全年硬化村道57公里，完工危桥6座，危桥改造完工率{}%。"), "75", "85"),
        (("绩效目标：培训护理员3万人次。", "全年培训护理员3.36万人次，完成年度任务的{}%。"), "112", "102"),
        (
            ("目标：资助150名重度残疾人接受托养服务。", "为接受托养服务的残疾人144名发放补贴。托养服务完成率为{}%。"),
            "96",
            "86",
        ),
        (("年度目标：营造林3.5万亩。", "完成营造林3.15万亩。", "营造林任务完成率{}%。"), "90", "95"),
    ],
)
def test_a_completion_rate_is_held_against_the_goal_of_its_measure(
    parts: tuple[str | Rows, ...], right: str, wrong: str
) -> None:
    *before, last = parts
    assert contradictions(*before, str(last).format(right)) == []
    assert contradictions(*before, str(last).format(wrong)) == ["rate.completion"]


@pytest.mark.parametrize(
    "parts",
    [
        (GOALS, "养老床位新增完成率100%。"),
        (
            "目标：改造危桥20座，改造危房60户。",
            "改造危桥19座，改造危房57户，其中脱贫户危房30户。",
            "危房改造完成率95%。",
        ),
        ("我部下达各地高标准农田建设任务1亿亩。", "河源省高标准农田建成面积52万亩，完成年度任务130%。"),
        ("下达全市造林任务12万亩。", "青山县造林面积3.6万亩，完成年度任务的90%。"),
        ("年度目标：培训护理员3.5万人次。", "培训护理员3.36万人次，完成年度任务的97%。"),
        ("渠道清淤21公里，完成率87.5%。", "下一步计划：清淤渠道40公里。"),
        ("目标：清淤渠道24公里。", "一期清淤渠道9公里，二期清淤渠道12公里，渠道清淤完成率87.5%。"),
        ("三年规划：清淤渠道60公里。", "当年清淤渠道21公里，渠道清淤完成率100%。"),
        ("计划改造小区18个。", "老旧小区改造开工20个，老旧小区改造完工率80%。"),
        ("年度目标：老年人体检800人。", "应体检老年人750人，体检老年人720人，老年人体检完成率96%。"),
        ("下达危房改造任务100户，后调整为80户。", "完成危房改造80户，危房改造完成率100%。"),
        ("目标：投资1.2亿元。", "完成投资1.18亿元，投资任务完成率99.5%。"),
    ],
)
def test_a_completion_rate_of_another_goal_is_not_accused(parts: tuple[str | Rows, ...]) -> None:
    assert contradictions(*parts) == []


UNIT = "2023年度收支情况表（单位：万元）"
SPENT: Rows = [
    ["单位", "基本支出", "项目支出"],
    ["合计", "3200.00", "2500.00"],
    ["局本级", "2000.00", "1800.00"],
    ["监测站", "1200.00", "700.00"],
]


@pytest.mark.parametrize(
    ("parts", "right", "wrong"),
    [
        ((UNIT, SPENT, "项目支出用于设备购置，其中“智慧农业”支出650万元，占项目支出的{}%。"), "26", "38"),
        ((UNIT, SPENT, "人员经费2400万元，占基本支出的比重为{}%。"), "75.00", "57.00"),
        (
            ("支出总额900万元，其中基本支出500万元、项目支出400万元。", "办案经费支出90万元，占项目支出的{}%。"),
            "22.5",
            "25.5",
        ),
    ],
)
def test_a_share_is_of_the_total_of_just_its_name(parts: tuple[str | Rows, ...], right: str, wrong: str) -> None:
    *before, last = parts
    assert contradictions(*before, str(last).format(right)) == []
    assert contradictions(*before, str(last).format(wrong)) == ["rate.share"]


@pytest.mark.parametrize(
    "parts",
    [
        (UNIT, SPENT, "监测站设备支出210万元，占其项目支出的30%。"),
        (UNIT, SPENT, "监测站设备支出210万元，占项目支出的30%。"),
        (
            "上年项目支出600万元。",
            "局本级项目支出400万元，监测站项目支出300万元。",
            "设备支出210万元，占项目支出的30%。",
        ),
        ("一季度项目支出100万元，全年项目支出700万元。", "设备支出210万元，占项目支出的30%。"),
    ],
)
def test_a_share_of_another_total_of_that_name_is_not_accused(parts: tuple[str | Rows, ...]) -> None:
    assert contradictions(*parts) == []


@pytest.mark.parametrize(
    ("parts", "right", "wrong"),
    [
        (
            (
                "项目计划总投资2400万元。",
                "截至年底，到位资金2000万元，到位率83.33%，其中上级1500万元，市级配套到位500万元。",
                "累计支付1740万元，资金支付率{}%。",
            ),
            "87",
            "91.5",
        ),
        (
            ("年初预算安排600万元。", "实际下达资金500万元。", "全年支出450万元，资金使用率达到{}%。"),
            "90",
            "93",
        ),
    ],
)
def test_a_rate_of_money_may_be_of_what_the_paragraph_above_states(
    parts: tuple[str, ...], right: str, wrong: str
) -> None:
    *before, last = parts
    assert contradictions(*before, last.format(right)) == []
    assert contradictions(*before, last.format(wrong)) == ["rate.execution"]


@pytest.mark.parametrize(
    "parts",
    [
        ("年初预算安排600万元。", "实际下达资金500万元。", "全年支出450万元，预算执行率75%。"),
        ("上级资金480万元。", "下达市级资金500万元，总投资700万元。", "支出450万元，资金使用率93.75%。"),
        ("安排资金480万元。", "2022年下达资金500万元。", "支出450万元，资金使用率92%。"),
        ("登记在册高血压患者5.82万人。", "登记糖尿病患者4.2万人。", "规范管理33600人，规范管理率78%。"),
        ("到位资金500万元。", "扣除质保金，累计支付450万元，资金支付率95%。"),
        ("下达资金500万元。", "水渠工程支付270万元，资金支付率90%。"),
        ("项目资金共800万元。", "下达资金500万元，收到拨款300万元。", "支出450万元，资金使用率56.25%。"),
    ],
)
def test_a_rate_of_money_that_is_of_another_base_is_not_accused(parts: tuple[str, ...]) -> None:
    assert contradictions(*parts) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("全县农户42000户，参合38640户（其中低保户3200户），占全县农户的{}%。", "92", "98"),
        ("项目支出600万元，设备费用240万元（其中进口设备60万元），占项目支出的{}%。", "40", "44"),
        ("完成改造86户（其中危房24户），为计划100户的{}%。", "86", "68"),
    ],
)
def test_a_share_is_not_of_what_stands_in_a_bracket_that_closed(text: str, right: str, wrong: str) -> None:
    assert told(text.format(right), about="rate.share")["consistent"]
    assert contradictions(text.format(right)) == []
    (share,) = told(text.format(wrong), about="rate.share")["inconsistent"]
    assert share.endswith(f"= {right}%")


@pytest.mark.parametrize(
    "text",
    [
        "项目自评得96分，其中档案不全扣2分，进度滞后扣3分。",
        "过程指标得17分，其中：制度不健全扣1分，资金拨付不及时扣3分。",
        "综合得分91.5分，其中满意度未达标扣4分，公示不及时扣5.5分。",
    ],
)
def test_marks_taken_off_are_no_parts_of_those_that_were_given(text: str) -> None:
    assert contradictions(text) == []


def test_marks_given_are_parts_and_so_are_marks_taken_off() -> None:
    assert contradictions("项目自评得96分，其中投入得20分，过程得28分，产出得38分。") == ["sum.parts"]
    assert contradictions("本次共扣8分，其中档案不全扣2分，进度滞后扣3分。") == ["sum.parts"]


def test_a_base_from_elsewhere_yields_to_any_amount_that_gives_the_rate() -> None:
    budget, spent = "年初预算安排500万元。", "全年支出450万元，资金使用率75%。"
    between = "项目分两个标段实施，工期120天。"
    assert contradictions(budget, between, spent) == ["rate.execution"]
    assert contradictions(budget, between, spent, "工程合同价600万元。") == []
    assert contradictions(budget, between, spent, "工程合同价640万元。") == ["rate.execution"]


@pytest.mark.parametrize("text", ["租金按5折收取，低于市场价三成以上。", "培训费打8折，低于上年标准一成。"])
def test_by_how_many_tenths_a_price_is_lower_is_no_price(text: str) -> None:
    assert contradictions(text) == []
