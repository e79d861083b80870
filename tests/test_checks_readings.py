"""Statements that have more than one reading: none is accused for one reading where another holds or is as likely.

Beside what must not be told stands what has to be told still.
"""

from __future__ import annotations

import pytest

from jixiao.findings import Verdict
from parsers import parse
from tests.checking import contradictions, findings, told
from tests.small_documents import Rows, document

# Satisfaction: which answers count as satisfied


@pytest.mark.parametrize(
    ("sentence", "computed"),
    [
        ("收回有效问卷160份，满意118份，基本满意30份，不满意12份，满意度92.5%。", "(118 + 30) ÷ 160 = 92.5%"),
        ("共调查250人，非常满意180人、比较满意55人、一般15人，群众满意率94%。", "(180 + 55) ÷ 250 = 94%"),
        ("收回问卷400份，其中很满意300份、满意64份、基本满意24份，满意度91%。", "(300 + 64) ÷ 400 = 91%"),
    ],
)
def test_the_first_grades_of_an_answer_may_make_up_the_satisfied(sentence: str, computed: str) -> None:
    assert computed in told(sentence, about="rate.satisfaction")["consistent"]
    assert contradictions(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "收回有效问卷160份，满意118份，基本满意30份，不满意12份，满意度85.5%。",
        "收回有效问卷160份，非常满意118份，满意度85.5%。",
    ],
)
def test_where_no_sum_of_grades_gives_the_rate_it_is_open(sentence: str) -> None:
    assert told(sentence, about="rate.satisfaction")["uncheckable"]
    assert contradictions(sentence) == []


def test_the_dissatisfied_are_no_satisfied() -> None:
    sentence = "收回有效问卷200份，满意190份，不满意率5%。"
    assert told(sentence, about="rate") == {"consistent": [], "inconsistent": [], "uncheckable": []}
    assert contradictions("收回有效问卷200份，满意190份，不满意10份，满意度98%。") == ["rate.satisfaction"]


# Rates named after what was done


@pytest.mark.parametrize(
    "sentence",
    [
        "抽检餐饮单位150家，不合格12家，合格率92%。",
        "发现隐患80处，未整改4处，整改率95%。",
        "会议费由80万元压减到60万元，压减率25%。",
        "全年诊疗820万人次，其中住院36万人次，住院率17.6%。",
    ],
)
def test_a_rate_is_not_of_what_was_not_done_nor_of_what_came_of_it(sentence: str) -> None:
    assert contradictions(sentence) == []
    assert not told(sentence, about="rate")["uncheckable"]


def test_a_rate_is_of_what_was_done_whatever_stands_between() -> None:
    sentence = "抽检餐饮单位150家，合格138家，不合格12家，合格率{}%。"
    assert told(sentence.format(92), about="rate")["consistent"] == ["138 ÷ 150 = 92%"]
    assert contradictions(sentence.format(96)) == ["rate"]


# Identities: of one subject, and of the total that fits


@pytest.mark.parametrize(
    "sentence",
    [
        "补助资金到位12.4亿元。当年基金收入18.3亿元，支出16.9亿元，当期结余1.4亿元。",
        "项目实际到位900万元，第一标段支付560万元，第二标段支付310万元，结余30万元。",
        "饮水工程下达资金600万元，道路工程支出200万元，结余40万元。",
        "饮水工程下达资金600万元。道路工程进展顺利，支出200万元，结余40万元。",
        "新建工程总投资800万元，改建工程已到位300万元，未到位100万元。",
        "项目总投资2500万元。\n二、资金情况\n县级财政应配套944万元，实际到位744万元，缺口200万元。",
        "项目预算2500万元。县级财政应配套944万元，实际到位744万元，缺口200万元。",
    ],
)
def test_an_identity_holds_between_figures_of_one_thing(sentence: str) -> None:
    assert contradictions(*sentence.split("\n")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "饮水工程下达资金600万元，支出540万元，结余40万元。",
        "项目总投资900万元，已到位744万元，缺口256万元，其中县级200万元。",
    ],
)
def test_an_identity_of_one_thing_is_told_where_it_does_not_hold(sentence: str) -> None:
    assert contradictions(sentence) == ["sum.parts.budget-left" if "结余" in sentence else "sum.parts.arrived-due"]


# Changes: what it came to, what it was, and by how much


@pytest.mark.parametrize(
    ("sentence", "check"),
    [
        ("处理成本由每吨240元降为228元，降低5%。", "change.growth"),
        ("会议费240万元压减为180万元，压减25%。", "change.growth"),
        ("贫血率由8%下降到6%，降幅25%。", "change.growth"),
        ("出行比例由25%提高到40%，提高15%。", "change.difference"),
        ("平均亩产515公斤，比上年增产15公斤，增幅3%。", "change.advance"),
        ("全年亏损480万元，比上年减亏120万元，减幅20%。", "change.advance"),
    ],
)
def test_a_change_holds_in_the_reading_that_fits(sentence: str, check: str) -> None:
    assert told(sentence, about=check)["consistent"]
    assert contradictions(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "check"),
    [
        ("处理成本由每吨240元降为228元，降低15%。", "change.growth"),
        ("贫血率由8.0%下降到6.0%，降幅35%。", "change.difference"),
        ("平均亩产515公斤，比上年增产15公斤，增幅13%。", "change.advance"),
    ],
)
def test_a_change_that_no_reading_gives_is_told(sentence: str, check: str) -> None:
    assert contradictions(sentence) == [check]


def test_an_increase_by_any_other_word_is_not_taken_for_the_year_before() -> None:
    assert contradictions("平均亩产515公斤，比上年多打15公斤，增幅3%。") == []


# Marks behind a stroke


@pytest.mark.parametrize(
    "line",
    [
        "其中：中央补助 500 / 482.6 ；省级补助 120 / 120 ；县级配套 60 / 55.8",
        "死亡率控制在8‰以内，孕产妇死亡率12.5/10万。",
        "过程指标24.5/20分。",
    ],
)
def test_a_stroke_between_figures_makes_no_marks(line: str) -> None:
    (report,) = parse(document("2023年度某项目绩效自评报告", line))
    assert not report.scores
    assert contradictions(line) == []


# Tables and lists

BATCHES: Rows = [
    ["地区", "安排资金（万元）", "<", "执行数（万元）", "执行率"],
    ["^", "第一批", "第二批", "^", "^"],
    ["甲市", "2000", "800", "2660", "95.00%"],
    ["乙市", "1200", "400", "1440", "90.00%"],
]


def test_the_base_of_a_rate_may_be_all_columns_under_one_head() -> None:
    found = told(BATCHES, about="rate")
    assert found["consistent"] == ["2660 ÷ (2000 + 800) = 95%", "1440 ÷ (1200 + 400) = 90%"]
    wrong = told([["2380" if cell == "2660" else cell for cell in line] for line in BATCHES], about="rate")
    assert wrong["uncheckable"]
    assert not wrong["inconsistent"]


def test_columns_that_name_themselves_are_each_a_base_of_its_own() -> None:
    rows: Rows = [
        ["项目", "资金（万元）", "<", "<", "执行率"],
        ["^", "预算数", "到位数", "支出数", "^"],
        ["甲项目", "2000", "1900", "1520", "90.00%"],
    ]
    assert contradictions(rows) == ["rate.execution"]


@pytest.mark.parametrize(
    "sentence",
    [
        "全年举办赛事86场次，较目标80场次超额7.5%；培训指导员2150人，完成年度目标的107.5%。",
        "第一批下达300万元，第二批下达200万元，合计下达500万元，分别占60%和40%。",
        "项目总投资1.2亿元，其中中央投资6000万元、地方债券4000万元，其余由企业自筹。",
    ],
)
def test_neither_an_excess_nor_a_total_nor_an_open_list_is_held_against_others(sentence: str) -> None:
    assert contradictions(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "check"),
    [
        ("第一批下达300万元，第二批下达200万元，合计下达500万元，分别占60%和50%。", "rate.share"),
        ("项目总投资1.2亿元，其中中央投资6000万元、地方债券4000万元、企业自筹1000万元。", "sum.parts"),
    ],
)
def test_lists_that_are_whole_are_told_still(sentence: str, check: str) -> None:
    assert contradictions(sentence) == [check]


def test_words_of_size_compare_figures_of_one_measure() -> None:
    assert contradictions("办件量比上年减少三成，投诉率低于万分之五。") == []
    assert contradictions("参保人数19.13万人，明显高于常住人口数20.28万人。") == ["words.size"]


# What follows from figures side by side

FOLLOWS = [
    ("rate.marks", "产出指标：满分40分，得分36分，得分率{}%。", "90", "92"),
    ("rate.marks", "产出指标得分36分（满分40分），得分率{}%。", "90", "95"),
    ("marks.deducted", "过程指标20分，扣3分，得{}分。", "17", "16.5"),
    ("balance.closing", "年初累计结余6.4亿元，当年收入12.3亿元，支出11.1亿元，年末累计结余{}亿元。", "7.6", "6.7"),
    (
        "balance.closing",
        "基金累计结余{}万元（年初累计结余640万元）。当年基金收入1230万元，支出1110万元。",
        "760",
        "670",
    ),
    ("rate.completion", "年度任务数400人，实际培训426人，完成率{}%。", "106.5", "116.5"),
    ("rate.completion", "计划投资1500万元，实际完成投资1440万元，占计划的{}%。", "96", "86"),
    ("price.average", "贷款2.4亿元，服务企业150家，户均贷款{}万元。", "160", "260"),
    ("price.average", "农机购置补贴资金360万元，补贴农机具450台，台均补贴{}万元。", "0.8", "0.9"),
    ("price.product", "1-12月累计发放低保金2460万元，月均发放{}万元。", "205", "305"),
    ("sum.parts", "甲镇320万元、乙镇280万元、丙镇200万元，三镇合计{}万元。", "800", "900"),
    ("sum.parts", "2021年420万元、2022年380万元、2023年200万元，累计{}万元。", "1000", "1100"),
    ("change.growth", "2023年收入1,140万元，上年1,200万元，下降{}%。", "5", "7"),
    ("target.reached", "群众满意度目标为≥95%，实际达到{}%，已完成目标。", "96", "93"),
    ("change.difference", "办结及时率99.2%，超过目标（98%）{}个百分点。", "1.2", "2.2"),
    ("sum.parts", "全市建设公租房12680套，已分配12046套，分配率95.0%；尚未分配{}套。", "634", "734"),
    (
        "sum.parts",
        "全年安排优抚补助经费4,236.80万元。实际支出4,118.26万元，执行率97.20%，结余{}万元。",
        "118.54",
        "128.54",
    ),
    ("sum.parts", "农村道路隐患路段共排查37处，已治理24处，尚有{}处未治理。", "13", "23"),
    (
        "sum.parts",
        "中央财政资金7020万元，省级财政资金4212万元，市级资金900万元。中央和省级资金合计{}万元。",
        "11232",
        "11323",
    ),
    ("sum.parts.fund-current", "居民医保基金收入8.14亿元，增长3.2%，支出7.92亿元，当期结余{}亿元。", "0.22", "0.32"),
    ("sum.parts.budget-left", "项目安排资金956.50万元，全年实际支出902.36万元，结余{}万元。", "54.14", "64.14"),
    (
        "price.average",
        "门诊救助支出1236.30万元，其他支出20万元。全年门诊救助3.86万人次，次均救助{}元。",
        "320.28",
        "302.28",
    ),
]


@pytest.mark.parametrize(("check", "sentence", "right", "wrong"), FOLLOWS)
def test_what_figures_side_by_side_give_is_held_against_what_is_stated(
    check: str, sentence: str, right: str, wrong: str
) -> None:
    assert told(sentence.format(right), about=check)["consistent"]
    assert contradictions(sentence.format(right)) == []
    assert contradictions(sentence.format(wrong)) == [check]


@pytest.mark.parametrize(
    "sentence",
    [
        "产出指标满分40分，未完成的扣3分，得20分。",
        "产出指标满分40分，每发现一处扣3分，得20分。",
        "决策指标20分、过程指标20分，分别得18分、19分，平均得分率95%。",
        "年初累计结余6.4亿元，当年收入12.3亿元，支出11.1亿元，上解省级2亿元，年末累计结余5.6亿元。",
        "年初结余6.4亿元，当年收入12.3亿元，支出11.1亿元，当期结余1.2亿元。",
        "计划投资1500万元，实际完成投资1440万元，工程量完成率86%。",
        "下达任务400人，3个班未完成200人，完成率86%。",
        "贷款2.4亿元，服务企业150家，户均增收3万元。",
        "甲县到位320万元、支出300万元，乙县到位280万元、支出260万元，两县合计到位600万元。",
        "项目2018年启动，2021年320万元、2022年280万元、2023年200万元，累计2350万元。",
        "2023年收入1,140万元，上年1,200万元，支出下降7%。",
        "群众满意度目标为≥95%，实际达到93%，未完成目标。",
        "脱贫人口0.8万人。全县有脱贫户3000户10000人，其中监测对象1280人，占脱贫人口的12.8%。",
        "决策指标20分，共扣3.5分，其中立项扣2分、程序扣1.5分，得16.5分。",
        "全年收入600万元，其中上年结转100万元，支出550万元，年末结余50万元。",
        "三年计划投资1500万元，2023年完成投资500万元，占年度计划的100%。",
        "总任务1500户，已完成500户，占年度任务的100%。",
        "三年计划改造1500户，已完成500户，完成率100%。",
        "贷款余额2.4亿元，新增企业50家，户均贷款160万元。",
        "上半年发放低保金1230万元，月均发放205万元；发放低保金2460万元，月均发放410万元。",
    ],
)
def test_figures_side_by_side_that_need_not_follow_are_not_told(sentence: str) -> None:
    assert contradictions(sentence) == []


def test_a_rate_with_a_name_of_its_own_is_not_of_figures_of_another() -> None:
    assert contradictions("发现问题80个，整改76个，按期整改率90%。") == []
    assert contradictions("发现问题80个，整改76个，问题整改率90%。") == ["rate"]


def test_a_far_base_that_is_much_smaller_is_of_another_thing() -> None:
    assert contradictions("下达资金150万元。", "项目累计到位资金860万元，到位率86%。") == []
    assert contradictions("下达资金1000万元。", "项目累计到位资金860万元，到位率96%。") == ["rate.arrival"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["市县财政资金", "100", "90", "９５％"], "９５％"),
        (["市县财政资金", "100", "90", "95"], "95%"),
    ],
)
def test_a_finding_shows_a_figure_with_its_unit_once(cells: list[str], told: str) -> None:
    rows = [["资金来源", "预算数（万元）", "执行数（万元）", "执行率（%）"], cells]
    (wrong,) = [finding for finding in findings(rows) if finding.verdict is Verdict.INCONSISTENT]
    assert wrong.stated.endswith(f"执行率{told}") or wrong.stated.endswith(f"执行率(%){told}")


@pytest.mark.parametrize(
    "sentence",
    [
        "截至年底，一般债务18.46亿元、专项债务12.4亿元，债务率86.4%。",
        "建设公租房680套，当年分配120套，尚未分配60套。",
        "全县总人口11.18万人，少数民族人口9.86万人，其中佤族6.12万人、傣族2.05万人。",
        "居民供热耗煤29.45万吨；包括工业蒸汽在内，供热企业总耗煤33.80万吨。",
        "年初预算5200万元，年中追加400万元，调整后预算5600万元；支出5332万元，按年初预算口径执行率为102.54%。",
        "已完成改造24处，未完成原因主要是资金不足，涉及13处。",
        "职工医保基金收入19.86亿元，居民医保基金收入8.14亿元。居民医保支出7.92亿元，当期结余0.22亿元。",
    ],
)
def test_what_only_looks_like_a_remainder_is_not_accused(sentence: str) -> None:
    assert contradictions(sentence) == []
