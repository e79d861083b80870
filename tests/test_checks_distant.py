"""Statements whose figures stand apart: behind a stop, in the sentence before, in other paragraphs, or in a table."""

from __future__ import annotations

import pytest

from tests.checking import contradictions, told
from tests.small_documents import Rows

AGAINST_YEAR_BEFORE = [
    ("会议费预算20万元，实际支出13.20万元，比预算减少6.80万元；比上年16.50万元下降{}%。", "20", "25"),
    ("全年巡河4860次；较上年4500次增长{}%。", "8.0", "18.0"),
    ("图书馆接待读者36.4万人次。较去年同期的35万人次增长{}%。", "4", "14"),
    ("水费收入286万元，完成计划260万元的110%；较上年的220万元增长{}%。", "30", "20"),
    ("新建改建厕所1908座，完成目标的106%；比上年1800座增加108座，增长{}%。", "6", "9"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), AGAINST_YEAR_BEFORE)
def test_a_clause_that_begins_with_the_year_before_is_of_the_result_before_it(
    text: str, right: str, wrong: str
) -> None:
    assert told(text.format(right), about="change.growth")["consistent"]
    assert contradictions(text.format(right)) == []
    assert contradictions(text.format(wrong)) == ["change.growth"]


@pytest.mark.parametrize(
    "text",
    [
        "培训干部860人，培训农民1240人；比上年800人增长15%。",
        "接待游客36万人次，其中境外游客2万人次；比上年1.6万人次增长35%。",
        "全县户籍人口52万人；比上年8万人增长5%。",
        "学校食堂采购额320万元；采购本地农产品比上年200万元增长10%。",
        "累计改造管网86公里。比上年90公里增长3%。",
        "人均用水120立方米；比上年9500立方米下降6%。",
    ],
)
def test_what_else_may_be_compared_accuses_nothing(text: str) -> None:
    assert contradictions(text) == []


OF_WHAT_IS_OPENED = [
    ("体育馆全年开放312天，接待健身21.5万人次，日均约690人次。其中夜间接待8.6万人次，占总人次的{}%。", "40", "48"),
    ("图书馆外借图书6400册，比上年5800册增长10.34%。其中少儿读物2240册，占总量的{}%。", "35", "53"),
    ("完成巡查1250次，其中夜间巡查450次，占总数的{}%。", "36", "63"),
    ("在校寄宿生2860人；其中留守儿童1144人，占比{}%。", "40", "44"),
    ("本年受理投诉640件，较去年减少60件。其中物业类224件，占{}%。", "35", "53"),
    ("清运垃圾5.4万吨（其中厨余垃圾1.62万吨，占{}%）。", "30", "33"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), OF_WHAT_IS_OPENED)
def test_a_share_without_a_base_of_its_own_is_of_the_total_before_it(text: str, right: str, wrong: str) -> None:
    assert told(text.format(right), about="rate.share")["consistent"]
    assert contradictions(text.format(right)) == []
    assert contradictions(text.format(wrong)) == ["rate.share"]


@pytest.mark.parametrize(
    "text",
    [
        "登记失业人员900人，培训300人。其中妇女180人，占总人数的60%。",
        "全年培训1200人，就业800人，其中脱贫人员200人，占25%。",
        "新建道路40公里，改建60公里。其中水泥路30公里，占总里程的30%。",
        "调解纠纷500件。其中涉及土地、邻里的纠纷150件，家事纠纷100件，占总数的50%。",
        "发放补贴450万元，占预算500万元的90%。其中一卡通发放400万元，占80%。",
        "日均接待520人次。其中免费接待15.6万人次，占总人次的82%。",
        "计划改造1200户。其中已完工600户，占75%。全县实有800户。",
    ],
)
def test_a_share_of_another_total_accuses_nothing(text: str) -> None:
    assert contradictions(text) == []


OF_WHAT_WAS_EXPECTED = [
    ("预期门票收入620万元，实际实现527万元，完成预期的{}%。", "85", "95"),
    ("全年预期接待游客20万人次，实际接待18万人次，达到预期的{}%。", "90", "98"),
    ("预计处理污水45万吨，实际处理污水36万吨，为预期的{}%。", "80", "88"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), OF_WHAT_WAS_EXPECTED)
def test_what_was_expected_is_a_goal(text: str, right: str, wrong: str) -> None:
    assert told(text.format(right), about="rate.completion")["consistent"]
    assert contradictions(text.format(right)) == []
    assert contradictions(text.format(wrong)) == ["rate.completion"]


@pytest.mark.parametrize(
    "text",
    [
        "预期总收入620万元，当年实现217万元，完成年度预期的100%。",
        "预期收入620万元，支出527万元，达到预期效果的96%。",
        "三年预期接待游客60万人次，实际接待18万人次，完成预期的90%。",
    ],
)
def test_what_was_expected_of_something_else_accuses_nothing(text: str) -> None:
    assert contradictions(text) == []


OF_TWO_NAMED = [
    ("全年支出960万元。按用途分：公路养护经费240万元，桥梁检测经费720万元。公路养护经费占支出总额的{}%。", "25", "35"),
    ("项目总投资860万元。设备购置费215万元，安装调试费120万元。设备购置费占总投资的{}%。", "25", "52"),
    (
        "学生营养餐支出360万元。水电费用54万元，食材采购费用306万元。食材采购费用占学生营养餐支出的比重为{}%。",
        "85",
        "58",
    ),
]


@pytest.mark.parametrize(("text", "right", "wrong"), OF_TWO_NAMED)
def test_a_share_of_two_amounts_named_before_is_held_to_them(text: str, right: str, wrong: str) -> None:
    assert told(text.format(right), about="rate.share")["consistent"]
    assert contradictions(text.format(right)) == []
    assert contradictions(text.format(wrong)) == ["rate.share"]


@pytest.mark.parametrize(
    "parts",
    [
        ("全年支出960万元。公路养护经费240万元。公路养护经费占支出总额的35%。", "县级公路养护经费支出336万元。"),
        ("全年支出960万元。公路养护经费240万元。公路养护经费占支出总额的30%。", "扣除上年结转，可用资金800万元。"),
        ("2022年支出960万元，2023年支出800万元。公路养护经费240万元。公路养护经费占支出总额的35%。",),
        ("全年支出960万元。公路养护经费240万元。人工费占支出总额的35%。",),
        ("全年支出960万元。", "公路养护经费240万元。", "公路养护经费占支出总额的35%。"),
        ("全年支出960万元。公路养护经费较上年增加240万元。公路养护经费占支出总额的35%。",),
    ],
)
def test_a_share_of_names_that_several_amounts_bear_accuses_nothing(parts: tuple[str, ...]) -> None:
    assert contradictions(*parts) == []


SCORES: Rows = [
    ["一级指标", "分值", "得分"],
    ["决策", "15", "14"],
    ["过程", "25", "20"],
    ["产出", "35", "31.5"],
    ["效益", "25", "23"],
    ["合计", "100", "88.5"],
]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("过程类指标得分率仅为{}%，是主要失分点。", "80", "90"),
        ("从各方面看，产出指标得分率{}%，效益指标得分率92%。", "90", "96"),
        ("决策方面得分率为{}%。", "93.33", "83.33"),
    ],
)
def test_a_rate_of_marks_is_held_to_the_row_of_the_table(text: str, right: str, wrong: str) -> None:
    assert told(SCORES, text.format(right), about="rate")["consistent"]
    assert contradictions(SCORES, text.format(right)) == []
    assert contradictions(SCORES, text.format(wrong)) == ["rate.marks"]


@pytest.mark.parametrize(
    "parts",
    [
        (SCORES, "预算执行过程类指标得分率为95%。"),
        (SCORES, "过程类指标得分率应不低于90%。"),
        (SCORES, [*SCORES[:2], ["过程", "25", "22.5"], *SCORES[3:5], ["合计", "100", "91"]], "过程得分率为92%。"),
        ([["一级指标", "分值", "得分"], ["过程", "10", "8"], ["过程", "15", "12"]], "过程得分率为90%。"),
        (SCORES, "上年过程类指标得分率为90%。"),
    ],
)
def test_a_rate_of_marks_of_another_name_or_of_two_tables_accuses_nothing(parts: tuple[str | Rows, ...]) -> None:
    assert contradictions(*parts) == []


MEASURES = (
    "一、良种推广补贴",
    "核实面积12.6万亩，标准15元/亩，拨付补贴资金189.45万元。",
    "二、农膜回收",
    "回收废旧农膜860吨，兑付补助77.32万元，户均兑付210元。",
    "三、秸秆还田",
    "全年作业4.2万亩，支付作业补助126.08万元。",
)


def test_a_total_over_measures_named_again_is_of_their_amounts() -> None:
    text = "以上良种推广、农膜回收、秸秆还田三项补贴共发放{}万元。"
    assert told(*MEASURES, text.format("392.85"), about="sum")["consistent"]
    assert contradictions(*MEASURES, text.format("392.85")) == []
    assert contradictions(*MEASURES, text.format("492.85")) == ["sum.parts"]
    assert contradictions(*MEASURES, "上述良种推广和秸秆还田两项资金合计拨付351.53万元。") == ["sum.parts"]


@pytest.mark.parametrize(
    "parts",
    [
        (*MEASURES, "四、结余", "农膜回收资金结余22.68万元。", "以上良种推广、农膜回收两项补贴共发放366.77万元。"),
        (*MEASURES, "以上良种推广、农膜回收、渔业增殖三项补贴共发放492.85万元。"),
        (*MEASURES, "以上良种推广、农膜回收两项补贴共发放300万元以上。"),
        (*MEASURES, "以上良种推广、农膜回收两项补贴共安排420万元。"),
        (*MEASURES[:2], "农膜回收补助77.32万元，比上年增加5万元。", "以上良种推广、农膜回收两项补贴共发放366.77万元。"),
    ],
)
def test_a_total_over_measures_with_other_amounts_accuses_nothing(parts: tuple[str, ...]) -> None:
    assert contradictions(*parts) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("公益诉讼立案40件，发出检察建议34件，占立案数的{}%。", "85", "95"),
        ("热线受理6200件，按时办结5890件，占受理总量的{}%。", "95", "59"),
        ("抽检320批次，不合格8批次，占抽检数的{}%。", "2.5", "5.2"),
    ],
)
def test_a_share_of_what_was_done_is_of_the_number_called_by_that_deed(text: str, right: str, wrong: str) -> None:
    assert told(text.format(right), about="rate.share")["consistent"]
    assert contradictions(text.format(right)) == []
    assert contradictions(text.format(wrong)) == ["rate.share"]


@pytest.mark.parametrize(
    "text",
    [
        "民事立案40件，行政立案28件，发出检察建议34件，占立案数的50%。",
        "立案40件；发出检察建议34件，占立案数的68%，全市立案50件。",
        "发出检察建议34件，占立案数的68%。立案40件。",
        "受理来信150件，立案120件，占受理数的60%，含来访50件。",
    ],
)
def test_a_share_of_what_was_done_elsewhere_accuses_nothing(text: str) -> None:
    assert contradictions(text) == []


YEARS: Rows = [
    ["指标", "单位", "2021年", "2022年", "2023年"],
    ["病床使用率", "%", "81.2", "84.6", "88.9"],
    ["次均住院费用", "元", "5210", "5120", "4864"],
]


@pytest.mark.parametrize(
    ("text", "check", "right", "wrong"),
    [
        ("病床使用率较2021年提高{}个百分点。", "change.difference", "7.7", "8.7"),
        ("病床使用率比上年上升{}个百分点，群众就医更方便。", "change.difference", "4.3", "3.4"),
        ("次均住院费用比上年下降256元，降幅{}%。", "change.growth", "5", "8"),
        ("开展手术1200台次；次均住院费用较2021年减少{}元。", "change.difference", "346", "364"),
    ],
)
def test_a_change_since_a_year_is_held_to_a_table_of_years(text: str, check: str, right: str, wrong: str) -> None:
    assert told(YEARS, text.format(right), about=check)["consistent"]
    assert contradictions(YEARS, text.format(right)) == []
    assert contradictions(YEARS, text.format(wrong)) == [check]


@pytest.mark.parametrize(
    "parts",
    [
        (YEARS, "外科病床使用率较2021年提高9.7个百分点。"),
        (YEARS, "病床使用率较2020年提高9.7个百分点。"),
        (YEARS, "病床使用率较2021年下降2.1个百分点。"),
        (YEARS, "2022年次均住院费用比上年下降90元，降幅1.73%。"),
        (YEARS, [YEARS[0], ["病床使用率", "%", "70.2", "71.3", "75.5"]], "病床使用率较2021年提高5.8个百分点。"),
    ],
)
def test_a_change_of_another_measure_or_year_accuses_nothing(parts: tuple[str | Rows, ...]) -> None:
    assert contradictions(*parts) == []
