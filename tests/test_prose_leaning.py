"""What a figure of prose leans on: its list's head, the name before it, the bracket it stands in, the heading above."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.model import Fact
from tests.small_documents import facts, named

COVER = ("2023年度部门整体支出绩效自评报告", "一、基本情况")


def read(*parts: str) -> dict[str, Fact]:
    """Return the facts of paragraphs in a report of 2023 by their quotes."""
    return {fact.quote: fact for fact in facts(*COVER, *parts)}


AID = "全县共安排困难群众救助资金5230万元，其中城乡低保3860万元、特困人员供养910万元、临时救助460万元。"
STAFFED = "支出合计640万元。其中：人员经费支出410万元，日常公用经费支出52万元，项目支出178万元。"


@pytest.mark.parametrize(
    ("text", "quote", "strange"),
    [(AID, "910万元", "低保"), (AID, "460万元", "特困"), (STAFFED, "52万元", "人员"), (STAFFED, "178万元", "人员")],
)
def test_an_item_of_a_list_is_not_the_items_before(text: str, quote: str, strange: str) -> None:
    assert strange not in read(text)[quote].subject


def test_the_items_of_a_list_belong_to_its_total() -> None:
    assert "困难群众" in read(AID)["460万元"].subject


def test_short_words_go_on_with_what_was_counted() -> None:
    found = read("核查资产260件、原值84.5万元，接待来访31批次、206人次，支出3.9万元。")
    assert "资产" in named(found["84.5万元"])
    assert "来访" in named(found["206人次"])


def test_a_list_has_the_head_of_its_own_part() -> None:
    found = read("收入包括：财政拨款700万元、上年结转23万元；支出包括：教育事业580万元、医疗卫生143万元。")
    assert "收入" in found["23万元"].subject
    assert "支出" in found["143万元"].subject
    assert "收入" not in found["143万元"].subject


@pytest.mark.parametrize(
    ("text", "quote", "metric"),
    [
        ("项目支出320万元，较上年同期增加15万元，增长4.92%。", "15万元", "项目支出较上年同期增加"),
        ("项目支出320万元，较上年同期增加15万元，增长4.92%。", "4.92%", "项目支出增长"),
        ("公务接待费6.2万元，比上年决算数下降12.5%。", "12.5%", "公务接待费比上年决算数下降"),
        ("公务接待费同口径减少0.8万元，下降11.4%。", "11.4%", "公务接待费下降"),
        ("本级支出458万元，同比增长7%，完成预算的83.5%。", "83.5%", "本级支出完成预算"),
        ("教育支出580.2万元，占支出总预算82.27%，同比增加35万元。", "82.27%", "教育支出占支出总预算"),
        ("教育支出580.2万元，占支出总预算82.27%，同比增加35万元。", "35万元", "教育支出同比增加"),
        ("完成年初预算100%。", "100%", "完成年初预算"),
        ("住房支出326万元，增长23.1%（其中租房补贴221万元，增长27.3%）。", "27.3%", "租房补贴增长"),
    ],
)
def test_a_change_is_of_the_nearest_name(text: str, quote: str, metric: str) -> None:
    assert read(text)[quote].metric == metric


def test_a_change_is_not_of_another_fund_at_the_head_of_its_sentence() -> None:
    found = read("近日下达第二批衔接资金1576万元，全年累计到位衔接资金6618万元，较上年同期增加389万元。")
    assert "第二批" not in named(found["389万元"])


def test_marks_behind_a_unit_in_brackets_keep_their_name() -> None:
    assert "预算执行情况" in named(read("预算执行情况（万元）（20分）得18分。")["20分"])


@pytest.mark.parametrize(
    ("text", "quote", "role"),
    [
        ("我市争取保障性安居工程中央补助及基建投资共计6587万元。", "6587万元", "actual"),
        ("争取满意度达到95%。", "95%", "target"),
        ("支持以工代赈任务385万元。", "385万元", "actual"),
        ("下达高标准农田建设任务3.5万亩。", "3.5万亩", "target"),
        ("下达我县安防工程建设里程86.4公里。", "86.4公里", "target"),
        ("补助人群精准率>=95%。", "95%", "target"),
        ("补助人群精准率实际完成值≥96%。", "96%", "actual"),
        ("下达建设任务12.6万亩，分布在4个乡镇23个行政村。", "23个", "actual"),
        ("项目计划总投资900万元，亩均投资1500元，其中：省级资金600万元。", "600万元", "target"),
        ("满意度88.6%，低于目标值90%。", "90%", "target"),
        ("检出病例治疗率96%（指标要求90%以上）。", "90%", "target"),
        ("满意度88.6%，低于目标值1.4个百分点。", "1.4个百分点", "actual"),
        ("当年预期收入1850万元，实际实现1536.5万元，完成预期的83.1%。", "83.1%", "actual"),
        ("2024年，计划外新建高标准农田12万亩。", "12万亩", "target"),
        ("2023年，新建高标准农田12万亩。", "12万亩", "actual"),
        ("资助困难群众78353人参加2024年度医疗保险，补助2170万元。", "2170万元", "actual"),
        ("剩余1座桥预计4月底完工，危桥改造完工率为91.67%。", "91.67%", "actual"),
    ],
)
def test_what_is_won_given_or_handed_down(text: str, quote: str, role: str) -> None:
    assert read(text)[quote].role == role


@pytest.mark.parametrize("heading", ["二、2024年工作安排", "2024年发展主要预期目标"])
def test_changes_under_goals_are_goals(heading: str) -> None:
    assert read(heading, "地区生产总值增长5%左右。", "城镇新增就业1200人以上。")["5%"].role == "target"


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("有超过1/2的学校供餐。", "1/2", "50"),
        ("近1/4的村受益。", "1/4", "25"),
        ("贫困人口减少6800多万，成效明显。", "6800多万", "68000000"),
    ],
)
def test_figures_without_a_unit_that_words_explain(text: str, quote: str, value: str) -> None:
    assert read(text)[quote].value == Decimal(value)


@pytest.mark.parametrize("text", ["支出进度高于近3年的平均水平。", "过去五年成绩显著。"])
def test_a_stretch_that_words_only_point_at_is_no_figure(text: str) -> None:
    assert read(text) == {}


RATE = "预算完成率100%计满分，每低于5%扣2分，扣完为止。"
TOLD = "预算执行率92%，每低1个百分点扣0.5分，本项扣4分，得6分。"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (RATE, ["norm", "norm", "norm"]),
        ("0-10%（含），计6分；10-20%（含），计4分；大于30%不得分。", ["norm"] * 5),
        (TOLD, ["actual", "norm", "norm", "awarded", "awarded"]),
        ("满意度98%，得10分。", ["actual", "awarded"]),
        ("每低1个百分点扣1分，得9分。", ["norm", "norm", "awarded"]),
        ("项目验收合格率96%，自评扣1分，得9分。", ["actual", "awarded", "awarded"]),
    ],
)
def test_a_scale_of_marks_is_a_rule(text: str, roles: list[str]) -> None:
    assert [fact.role for fact in facts(*COVER, text)] == roles


def test_the_parts_of_a_plan_are_planned() -> None:
    found = read("今年计划完成农村道路3518公里。其中县级公路完工106公里，乡级公路完工635公里。")
    assert {fact.role for fact in found.values()} == {"target"}


def test_the_sources_of_a_plan_are_what_was_given() -> None:
    found = read("计划总投资900万元。其中，省级资金600万元，县级资金300万元。")
    assert found["600万元"].role == "actual"


@pytest.mark.parametrize(
    ("text", "quote", "metric"),
    [
        ("12月16日，市财政追加5万元帮扶资金至县财政局。", "5万元", "市财政追加帮扶资金"),
        ("市财政每年安排不少于1500万帮扶资金。", "1500万", "市财政每年安排帮扶资金"),
        ("项目概算总投资由2942.9万元变更为3231.06万元。", "3231.06万元", "项目概算总投资变更"),
    ],
)
def test_money_that_is_handed_on_is_named_by_what_follows(text: str, quote: str, metric: str) -> None:
    assert read(text)[quote].metric == metric


def test_a_thousandth_point_is_a_tenth_of_a_hundredth() -> None:
    fact = read("出生率比上年下降0.75个千分点。")["0.75个千分点"]
    assert (fact.value, fact.unit) == (Decimal("0.075"), "百分点")


def test_a_decade_is_no_figure() -> None:
    assert set(read("60年代精简退职职工52人。")) == {"52人"}


@pytest.mark.parametrize(
    ("heading", "role"),
    [("三、2024年预算安排", "target"), ("三、2023年预算安排", "actual"), ("三、存在问题及2024年打算", "actual")],
)
def test_a_heading_of_a_year_to_come_is_one_of_goals(heading: str, role: str) -> None:
    assert read(heading, "安排预备费2200万元。")["2200万元"].role == role


# To whom something was done, and what was not done


@pytest.mark.parametrize(
    ("text", "quote", "metric"),
    [
        ("县民政局向37名已故优抚对象家属发放慰问金15.54万元，人均4200元。", "37名", "发放慰问金的已故优抚对象家属"),
        ("对46户脱贫户给予奖补，稳定增收。", "46户", "给予奖补的脱贫户"),
        ("为574名精神残疾人发放药品；举办讲座12场。", "574名", "发放药品的精神残疾人"),
        ("为19名3至14周岁儿童配镜。", "19名", "3至14周岁儿童配镜"),
        ("9个新增项目未开展事前评估，涉及资金4680万元。", "9个", "新增项目未开展事前评估"),
        ("9个新增项目未开展事前评估，涉及资金4680万元。", "4680万元", "新增项目未开展事前评估涉及资金"),
        ("全市3150家规模以上工业企业中，有创新活动的企业1386家。", "3150家", "规模以上工业企业"),
        ("年初批复预算8个项目985万元（含1个结转项目50万元）。", "985万元", "年初批复预算项目"),
        ("年初批复预算8个项目985万元（含1个结转项目50万元）。", "1个", "结转项目"),
        ("设3个行政部门（党政办、经发办）和7个事业单位。", "3个", "行政部门"),
        ("设3个行政部门（党政办、经发办）和7个事业单位。", "7个", "事业单位"),
        ("有5个行政科室和9个下属单位。", "5个", "行政科室"),
        ("正点率91.25%，未达到不低于95%的绩效目标。", "95%", "正点率绩效目标"),
        ("一般公共预算收入58620万元，比上年决算数54278万元增长8.0%。", "8.0%", "一般公共预算收入增长"),
        ("其中，市本级教育支出22.4亿元，占比63.1%。", "22.4亿元", "市本级教育支出"),
    ],
)
def test_a_count_is_named_by_what_was_done_or_not(text: str, quote: str, metric: str) -> None:
    assert read(text)[quote].metric == metric


@pytest.mark.parametrize("text", ["参保人数为37名，均已建档。", "职工就业意向12个单位已登记。"])
def test_a_copula_is_no_word_for_whom(text: str) -> None:
    assert "的" not in next(iter(read(text).values())).metric


@pytest.mark.parametrize(
    ("heading", "text", "roles"),
    [
        ("（二）改进措施", "下一步将提前储备药剂15吨，并聘请24名植保员。", ["target", "target"]),
        ("（二）绩效目标设定情况", "项目设绩效指标14个，分为一级指标3个、二级指标8个。", ["actual"] * 3),
        ("（二）成效", "受害率为0.05‰，远低于0.9‰的控制标准。", ["actual", "norm"]),
    ],
)
def test_what_is_to_come_and_what_is_held_against(heading: str, text: str, roles: list[str]) -> None:
    assert [fact.role for fact in facts(*COVER, heading, text)] == roles


def test_what_was_paid_after_a_price_is_no_rule() -> None:
    text = "其中：补贴73.38万元（刑事案件每件补贴1000元，计21.9万元；民事案件每件补贴1200元），宣传费4.26万元。"
    assert [fact.role for fact in facts(*COVER, text)] == ["actual", "norm", "actual", "norm", "actual"]


def test_parts_of_a_price_are_rules_as_it_is() -> None:
    text = "公益林每亩补助16元，其中管护费0.25元，抚育费15.75元。"
    assert [fact.role for fact in facts(*COVER, text)] == ["norm"] * 3


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("案均罚款9000元。", "件"),
        ("平均每批次检验成本760元。", "批次"),
        ("每张床位补助3000元。", "张"),
        ("场均参与400人次。", "场"),
        ("车均运行费2.6万元。", "辆"),
        ("门诊次均费用120元。", "人次"),
        ("每馆每年补助50万元。", "馆·年"),
        ("每所学校每年3万元。", "所·年"),
        ("阅览室每周开放56小时。", "周"),
    ],
)
def test_a_mean_says_what_it_is_for(text: str, per: str) -> None:
    assert [fact.per for fact in facts(*COVER, text)] == [per]


def test_what_a_price_is_compared_with_is_for_the_same() -> None:
    found = facts(*COVER, "人均养老金3286元，比上年末的3190元提高96元。", "人均收入12864元，村集体收入50万元。")
    assert [fact.per for fact in found] == ["人", "人", "人", "人", ""]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("产业资金占比57%，高于省定55%的要求。", ["actual", "norm"]),
        ("每周开放60小时，高于56小时的要求。", ["actual", "norm"]),
        ("可支付3.8个月，低于6个月的警戒线。", ["actual", "norm"]),
        ("省级与市级分担比例分别为60%、40%。", ["norm", "norm"]),
        ("合格率98%，高于95%的目标要求。", ["actual", "target"]),
        ("自评得分在90分以上的项目39个。", ["awarded", "actual"]),
    ],
)
def test_what_a_result_is_held_against_may_be_a_rule(text: str, roles: list[str]) -> None:
    assert [fact.role for fact in facts(*COVER, text)] == roles


def test_a_highest_sum_is_a_rule_and_a_limit() -> None:
    found = facts(*COVER, "单缴存职工贷款最高额度50万元。")
    assert [(fact.role, fact.bound) for fact in found] == [("norm", "le")]


@pytest.mark.parametrize(
    ("text", "quote", "period"),
    [
        ("缴存余额268.3亿元，上年末为246.85亿元。", "246.85亿元", "2022-12-31"),
        ("贷款金额较上年的24.8亿元增长15%。", "24.8亿元", "2022"),
        ("收入58620万元，比上年决算数54278万元增长8.0%。", "54278万元", "2022"),
        ("收入58620万元，比上年决算数54278万元增长8.0%。", "8.0%", ""),
        ("收入58620万元，比上年增加320万元。", "320万元", ""),
        ("缴存余额268.3亿元，比上年末增加12.57%。", "12.57%", ""),
    ],
)
def test_what_stands_for_the_year_before_is_of_that_year(text: str, quote: str, period: str) -> None:
    assert read(text)[quote].period == period


@pytest.mark.parametrize(
    ("text", "quote", "name"),
    [
        ("市县配套资金执行率偏低，仅为83.99%，主要是拨付进度慢。", "83.99%", "市县配套资金执行率"),
        ("职工医保基金收入19.86亿元，同比增长7.4%，支出17.35亿元，当期结余2.51亿元。", "17.35亿元", "职工医保基金支出"),
        (
            "职工医保基金收入19.86亿元，同比增长7.4%，支出17.35亿元，当期结余2.51亿元。",
            "2.51亿元",
            "职工医保基金当期结余",
        ),
        ("共安排振兴专项资金957万元。分年度看，2021年286万元、2022年318万元。", "286万元", "安排振兴专项资金"),
        ("为1268人提供居家养老服务。", "1268人", "提供居家养老服务人数"),
        ("苗木成活率88.6%，比合同约定的85%高3.6个百分点。", "3.6个百分点", "苗木成活率"),
        ("新建日间照料中心4个，累计建成21个。", "21个", "日间照料中心"),
        ("指标1：康复服务人数，年度指标值≥3200人，实际完成3486人。", "3486人", "康复服务人数"),
        (
            "1.社会保障和就业支出（类）养老支出（款）养老保险缴费（项）（2080505）。年初预算为118.6万元。",
            "118.6万元",
            "养老保险缴费",
        ),
        ("3个部门的代编预算1.2亿元未细化。", "1.2亿元", "代编预算"),
        ("向已死亡的12人继续发放养老金8.64万元。", "12人", "死亡"),
        ("获评省级示范户4户、全国1户。", "1户", "全国"),
    ],
)
def test_a_figure_leans_on_what_was_named_before_it(text: str, quote: str, name: str) -> None:
    assert name in named(read(text)[quote])


@pytest.mark.parametrize(
    ("text", "quote", "role"),
    [
        ("单位价值50万元以上通用设备2台。", "50万元", "norm"),
        ("新开工投资500万元以上项目12个。", "500万元", "norm"),
        ("带动就业200人以上，增收明显。", "200人", "actual"),
        ("满意度94.7%，高于年初设定的90%。", "90%", "target"),
        ("覆盖面仅占21.8%，低于市级要求的40%。", "40%", "norm"),
        ("规划总建筑面积38620平方米，拟建设体育馆1座。", "38620平方米", "target"),
        ("债券存续期内项目总收益4.36亿元。", "4.36亿元", "target"),
        ("人均体育场地面积将由2.43平方米增加到2.61平方米。", "2.61平方米", "target"),
        ("项目建设工期18个月。", "18个月", "target"),
        ("工程2021年10月开工，2022年3月完工，建设工期160天。", "160天", "actual"),
        ("产出指标得分率90%。", "90%", "awarded"),
        ("中央、省、市县财政分别承担60%、20%、20%。", "60%", "norm"),
        ("按亩均1950元的投资标准测算。", "1950元", "norm"),
        ("人均补助标准为89元，比2022年的84元提高5元。", "5元", "norm"),
        ("隐患路段共排查37处，已治理24处。", "37处", "actual"),
        ("加装电梯改造23台，累计建成61台。", "23台", "actual"),
        ("完成初筛22316人，计划完成率92.98%。", "92.98%", "actual"),
    ],
)
def test_the_words_beside_a_figure_tell_its_part(text: str, quote: str, role: str) -> None:
    assert read(text)[quote].role == role


@pytest.mark.parametrize(
    ("text", "quote", "period", "per"),
    [
        ("补助标准由2021年的每人每年940元提高至2022年的980元。", "940元", "2021", "人·年"),
        ("补助标准由2021年的每人每年940元提高至2022年的980元。", "980元", "2022", "人·年"),
        ("与2021年实际支出431.06万元相比，增长5.04%。", "431.06万元", "2021", ""),
    ],
)
def test_what_is_compared_with_another_year_is_of_that_year(text: str, quote: str, period: str, per: str) -> None:
    found = read(text)[quote]
    assert (found.period, found.per) == (period, per)


def test_an_item_promises_what_its_next_sentence_tells_the_result_of() -> None:
    found = read("二、改造提升农村公路30公里。实际完成34.6公里，新建候车亭18座。")
    assert (found["30公里"].role, found["34.6公里"].role, found["18座"].role) == ("target", "actual", "actual")
    assert read("二、全县共有行政村120个。已建成卫生室118个。")["120个"].role == "actual"


def test_a_plan_goes_on_over_semicolons_to_what_is_done() -> None:
    found = read("项目计划改造城区道路4条；改造农村公路46.5公里；新建管网9.2公里；已改造操场7个。")
    assert [found[quote].role for quote in ("46.5公里", "9.2公里", "7个")] == ["target", "target", "actual"]


def test_a_price_for_a_sign_is_for_the_unit_it_stands_for() -> None:
    assert read("综合造价5860元/㎡。")["5860元/㎡"].per == "平方米"
