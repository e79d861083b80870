"""Every numeral of a text is a quantity, a known non-fact, or kept as not understood; none is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.figures.scan import PLAIN, SINGLE, Mark
from parsers.model import Quantity
from patterns import catalogue
from tests.small_documents import marks, view


@dataclass(frozen=True)
class Seen:
    """A mark as a test reads it."""

    text: str
    what: str


def seen(text: str) -> list[Seen]:
    clean = view(text).text
    return [Seen(clean[mark.start : mark.end], mark.what) for mark in marks(text)]


def figures(text: str) -> list[Quantity]:
    return [mark.quantity for mark in marks(text) if mark.quantity is not None]


# What is no quantity


@pytest.mark.parametrize(
    ("text", "what", "numeral"),
    [
        # days, months, years, and stretches of them
        ("截至2023年6月30日，项目全部完工", "date", "2023年6月30日"),
        ("2023.6.30通过验收", "date", "2023.6.30"),
        ("2023-06-30通过验收", "date", "2023-06-30"),
        ("2023/6/30通过验收", "date", "2023/6/30"),
        ("于二〇二三年六月三十日印发", "date", "二〇二三年六月三十日"),
        ("十二月底前完成", "date", "十二月底"),
        ("3月份开工", "date", "3月份"),
        ("1-6月完成投资", "date", "1-6月"),
        ("2023年1月至6月", "date", "2023年1月至6月"),
        ("2020—2022年连续三年", "date", "2020—2022年"),
        ("2022-2023学年", "date", "2022-2023学年"),
        ("2023年度部门决算", "date", "2023年度"),
        ("二〇二三年十一月三日", "date", "二〇二三年十一月三日"),
        ("第二季度的5、6、7月", "date", "5、6、7月"),
        # time of day
        ("3月12日上午9时30分开标", "time", "9时30分"),
        ("2023-03-12 14:05", "time", "14:05"),
        ("早上9:30开会", "time", "9:30"),
        ("工作时间8:30-17:30", "time", "8:30-17:30"),
        # document numbers: every bracket, whole and damaged
        ("依据澄教财〔2023〕45号", "document_number", "2023〕45号"),
        ("依据澄教财[2023]45号", "document_number", "2023]45号"),
        ("依据澄教财（2023）45号", "document_number", "2023)45号"),
        ("依据澄教财【2023】45号", "document_number", "2023】45号"),
        ("依据澄教财〖2023〗45号", "document_number", "2023〗45号"),
        ("依据澄教财2023〕45号", "document_number", "2023〕45号"),
        ("依据澄教财〔2023〕第45号", "document_number", "2023〕第45号"),
        ("依据澄教财〔2023〕45-2号", "document_number", "2023〕45-2号"),
        ("依据澄教财202345号", "document_number", "202345号"),
        # numbers that name
        ("国务院令第795号", "name", "795号"),
        ("改造3号泵站", "name", "3号"),
        ("“351”工程", "name", "351"),
        ("“两癌”筛查", "name", "两"),
        ("三公经费", "name", "三公"),
        ("两免一补政策", "name", "两免一补"),
        ("十四五规划", "name", "十四五"),
        ("PM2.5年均浓度", "name", "2.5"),
        ("5G基站", "name", "5"),
        ("拨打12345热线", "name", "12345"),
        ("G320线大修", "name", "320"),
        ("0-6岁儿童", "name", "0-6岁儿童"),
        # markers at the head of an item
        ("1.项目立项情况", "list_marker", "1"),
        ("2、资金管理", "list_marker", "2"),
        ("（3）过程控制", "list_marker", "3"),
        ("4）社会效益", "list_marker", "4"),
        ("1.1立项依据", "list_marker", "1.1"),
        ("1.2.3产出时效", "list_marker", "1.2.3"),
        ("五、存在的问题", "list_marker", "五"),
        ("（六）有关建议", "list_marker", "六"),
        ("管护不到位。二是资金拨付较慢", "list_marker", "二"),
        ("指标1：完工及时率", "list_marker", "1"),
        ("详见附件3", "list_marker", "3"),
        # telephones and codes
        ("联系电话：0871-63212345", "phone", "0871-63212345"),
        ("联系电话：6321234", "phone", "6321234"),
        ("监督热线13812345678", "phone", "13812345678"),
        ("预算单位编码：123001", "code", "123001"),
        ("邮编650000", "code", "650000"),
        ("2130122农业生产发展", "code", "2130122"),
        ("统一社会信用代码91530100MA6K12345X", "code", "91530100MA6K12345X"),
        # levels and ranks
        ("一级指标", "level", "一级"),
        ("二级公路路面", "level", "二级"),
        ("三级甲等医院", "level", "三级"),
        ("一、二级残疾人", "level", "一、二级"),
        ("全市排名第3", "ordinal", "3"),
        ("第三季度", "ordinal", "三季度"),
        ("第2批次资金", "ordinal", "2批次"),
        ("依据第九条", "ordinal", "九条"),
        ("位居全省前10名", "ordinal", "10"),
        # general speech
        ("一次性发放", "indefinite", "一次性"),
        ("从三个方面入手", "indefinite", "三个方面"),
        ("采取十项措施", "indefinite", "十项措施"),
        ("走访数十人", "vague", "十"),
        # pages
        ("—21—", "page_number", "21"),
        ("第2页共9页", "page_number", "9"),
    ],
)
def test_a_refusal(text: str, what: str, numeral: str) -> None:
    assert Seen(numeral, what) in seen(text)
    if len(marks(text)) == 1:
        assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("采购A4纸50垛", "50"),
        ("桩号K12+300，", "300"),
        ("流水号123456789012", "123456789012"),
        ("1.2.3.4.5版", "1.2.3.4.5"),
    ],
)
def test_what_nobody_knows_is_kept(text: str, numeral: str) -> None:
    assert Seen(numeral, "unread") in seen(text)


# Quantities that look like something else


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12个月内完工", "12", "月"),
        ("工期30天", "30", "天"),
        ("3日内办结", "3", "日"),
        ("完成投资1.5万元", "15000", "元"),
        ("1.5公里便道", "1.5", "公里"),
        ("投入(2021)万元", None, None),
        ("发放2000元", "2000", "元"),
        ("补助2023户", "2023", "户"),
        # a noun behind a classifier begins like a word that would make it none
        ("招录20名大学生", "20", "人"),
        ("配备3名民警", "3", "人"),
        ("建设5家电商企业", "5", "家"),
        ("建成12个体育公园", "12", "个"),
        ("开展12次日常巡查", "12", "次"),
        ("筹集1200套保障性住房", "1200", "套"),
        ("组建8支队伍", "8", "支"),
        ("整治4处在建工程", "4", "处"),
        ("护岸5.12 km", "5.12", "km"),
        ("采购设备33台（套）", "33", "台(套)"),
        ("培训1998人", "1998", "人"),
        ("2080501元", "2080501", "元"),
        ("电话回访12345人次", "12345", "人次"),
        ("12345热线受理诉求1200件", "1200", "件"),
        ("一级公路15公里", "15", "公里"),
        ("评出一等奖3个", "3", "个"),
        ("四好农村路120公里", "120", "公里"),
        ("三公经费15.2万元", "152000", "元"),
        ("二级指标4个", "4", "个"),
        ("目标5所", "5", "所"),
        ("项目18个", "18", "个"),
        ("共9位委员", "9", "人"),
        ("流量5GB", "5", "GB"),
        ("面积1200㎡", "1200", "平方米"),
        ("2023年3家", "3", "家"),
        ("第1标段投资300万元", "3000000", "元"),
        ("收入13812345678元", "13812345678", "元"),
        ("收入13812345678.50元", "13812345678.50", "元"),
        ("失业率下降0.5百分点", "0.5", "百分点"),
        ("贷款12日元", "12", "日元"),
        ("修渠3万5千6百元", "35600", "元"),
    ],
)
def test_a_quantity_for_all_its_looks(text: str, value: str | None, unit: str | None) -> None:
    read = [(quantity.value, quantity.unit) for quantity in figures(text)]
    assert read == ([] if value is None else [(Decimal(value), unit)])


# Quantities in a sentence


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        ("全县在校小学生18650人。", "18650人", "18650", "人"),
        ("下达资金7,096.40万元，其中", "7,096.40万元", "70964000", "元"),
        ("下达资金７０９６．４０万元", "７０９６．４０万元", "70964000", "元"),
        ("下达资金7096.40 万\n元", "7096.40 万\n元", "70964000", "元"),
        ("总投资3.6亿元", "3.6亿元", "360000000", "元"),
        ("安排资金1亿2000万元", "1亿2000万元", "120000000", "元"),
        ("奖补资金3万5千元", "3万5千元", "35000", "元"),
        ("票价3元5角2分", "3元5角2分", "3.52", "元"),
        ("共计一百二十万元", "一百二十万元", "1200000", "元"),
        ("完工率98.5%", "98.5%", "98.5", "%"),
        ("完工率百分之九十八点五", "百分之九十八点五", "98.5", "%"),
        ("死亡率5‰", "5‰", "0.5", "%"),
        ("占三分之二", "三分之二", "66.666667", "%"),
        ("约七成以上", "七成", "70", "%"),
        ("提高3个百分点", "3个百分点", "3", "百分点"),
        ("为上年的1.5倍", "1.5倍", "1.5", "ratio"),
        ("县乡按7:3的比例分担", "7:3", "2.333333", "ratio"),
        ("同比-5.2%", "-5.2%", "-5.2", "%"),
        ("净结余-3.5万元", "-3.5万元", "-35000", "元"),
        ("服务群众1.2万人次", "1.2万人次", "12000", "人次"),
        ("聘请两名教师", "两名", "2", "人"),
        ("覆盖六个乡镇", "六个", "6", "个"),
        ("新建十一所学校", "十一所", "11", "所"),
        ("灌溉面积3.2万亩", "3.2万亩", "32000", "亩"),
        ("自评95.5分", "95.5分", "95.5", "分"),
        ("综合得分:95.5", "95.5", "95.5", "分"),
        ("每节课40分钟", "40分钟", "40", "分钟"),
        ("年满60周岁", "60周岁", "60", "周岁"),
        ("常住人口20.28万，", "20.28万", "202800", "人"),
        ("工程总投资862万，", "862万", "8620000", "元"),
        ("地区生产总值1.21万亿，", "1.21万亿", "1210000000000", "元"),
        ("地区生产总值1.21万亿元，", "1.21万亿元", "1210000000000", "元"),
        ("贷款余额2.3千亿元", "2.3千亿元", "230000000000", "元"),
        ("安排资金5百万元", "5百万元", "5000000", "元"),
        ("项目总投资3百亿。", "3百亿", "30000000000", "元"),
        ("参训4.08(万人)", "4.08(万人)", "40800", "人"),
        ("零星维修0元", "0元", "0", "元"),
    ],
)
def test_a_quantity_in_a_sentence(text: str, quote: str, value: str, unit: str) -> None:
    (quantity,) = figures(text)
    assert text[quantity.span.start : quantity.span.end] == quote
    assert (quantity.value, quantity.unit) == (Decimal(value), unit)
    assert (quantity.low, quantity.high) == (None, None)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("每校补助5-8万元", "50000", "80000", "元"),
        ("每校补助5万元至8万元", "50000", "80000", "元"),
        ("每校补助8500到3万元", "8500", "30000", "元"),
        ("占比20%～30%", "20", "30", "%"),
        ("占比20～30%", "20", "30", "%"),
        ("每组3—5人", "3", "5", "人"),
        ("工期10至15天", "10", "15", "天"),
        ("提高1—2个百分点", "1", "2", "百分点"),
        ("按人口的万分之十至十五配备", "0.1", "0.15", "%"),
        ("占比三至五成。", "30", "50", "%"),
        ("每校补助5 - 8万元", "50000", "80000", "元"),
        ("融资规模1.2万亿-1.5万亿。", "1200000000000", "1500000000000", "元"),
    ],
)
def test_a_range(text: str, low: str, high: str, unit: str) -> None:
    (quantity,) = figures(text)
    assert (quantity.value, quantity.low, quantity.high, quantity.unit) == (None, Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    "text",
    [
        "入学率由52.3%提高到56.8%",
        "从5万元到8万元两个标准",
        "5万元、8万元",
        "2023年5万元",
        "8-5万元",
    ],
)
def test_what_is_no_range(text: str) -> None:
    assert all(quantity.value is not None for quantity in figures(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("下达资金8 487.88万元", ["8 487.88万元"]),
        ("下达资金 8 487.88 万元", []),
        ("惠及8 487人", []),
        ("人数10 100%", ["100%"]),
        ("资金55 55 - 100% -", ["100%"]),
        ("资金55 - 53 - 96% -", ["96%"]),
    ],
)
def test_figures_with_blanks_between_are_read_whole_or_not_at_all(text: str, found: list[str]) -> None:
    assert [text[quantity.span.start : quantity.span.end] for quantity in figures(text)] == found


def test_a_dash_after_a_figure_is_no_minus() -> None:
    assert [quantity.value for quantity in figures("票价20元-10元")] == [20, 10]


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("分别补助5、6、7万元", (50_000, 60_000, 70_000), "元"),
        ("新建10、20和30所", (10, 20, 30), "所"),
        ("5万元、6万元", (50_000, 60_000), "元"),
        ("得18/20分", (18, 20), "分"),
    ],
)
def test_figures_that_share_a_unit(text: str, values: tuple[int, ...], unit: str) -> None:
    assert [(quantity.value, quantity.unit) for quantity in figures(text)] == [(Decimal(v), unit) for v in values]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("按每人每月150元发放", "人·月"),
        ("按150元/人·月发放", "人·月"),
        ("按150元/人/月发放", "人·月"),
        ("每生每年补助1250元", "生·年"),
        ("每亩补助1000元", "亩"),
        ("1000元/亩", "亩"),
        ("户均增收3378元", "户"),
        ("人均筹资120元", "人"),
        ("户均林地1.2亩", "户"),
        ("每公里养护费7000元", "公里"),
        ("一户一年最高6000元", "户·年"),
        ("人均年补助1万元", "人·年"),
        ("户均每月234元", "户·月"),
        ("年生均公用经费650元", "生·年"),
        ("生均公用经费每生每年650元", "生·年"),
        ("按每名民警年经费12.8万元", "人·年"),
        ("个人累计年救助不得超过2万元", "人·年"),
        ("个人自付2万元", ""),
        ("个人缴费标准380元/年", "人·年"),
        ("戏曲进乡村每场5000元", "场"),
        ("单产8250公斤/公顷", "公顷"),
        ("日处理5000吨/日", "日"),
        ("人口密度320人/平方公里", "平方公里"),
        ("电费0.56元/千瓦时", "千瓦时"),
        ("车速80公里/小时", "小时"),
        ("每村巡查4次/月", "村·月"),
        ("检查8家/次", ""),
        ("投入1000元", ""),
    ],
)
def test_what_a_price_is_for(text: str, per: str) -> None:
    (quantity,) = figures(text)
    assert quantity.per == per


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("合格率90%", "eq"),
        ("合格率不低于90%", "ge"),
        ("合格率≥90%", "ge"),
        ("合格率>=90%", "ge"),
        ("合格率大于等于90%", "ge"),
        ("合格率达90%以上", "ge"),
        ("合格率90%及以上", "ge"),
        ("费用不超过200万元", "le"),
        ("费用≤200万元", "le"),
        ("费用控制在200万元以内", "le"),
        ("费用最高200万元", "le"),
        ("费用200万元以下", "le"),
        ("费用超过200万元", "gt"),
        ("费用＞200万元", "gt"),
        ("费用不足200万元", "lt"),
        ("费用低于200万元", "lt"),
        ("约1200人", "approx"),
        ("近1200人", "approx"),
        ("1200余人", "approx"),
        ("1200人左右", "approx"),
        ("最近1200人", "eq"),
        ("节约1200元", "eq"),
        ("线上1200人", "eq"),
    ],
)
def test_a_bound_is_read_from_its_neighbours(text: str, bound: str) -> None:
    (quantity,) = figures(text)
    assert quantity.bound == bound


@pytest.mark.parametrize(
    ("text", "decimals", "scale"), [("98.50%", 2, 1), ("7096.4万元", 1, 10_000), ("3亿元", 0, 10**8), ("12人", 0, 1)]
)
def test_a_quantity_keeps_how_it_was_printed(text: str, decimals: int, scale: int) -> None:
    (quantity,) = figures(text)
    assert (quantity.decimals, quantity.scale) == (decimals, Decimal(scale))


# Nothing is lost

WORDS = st.sampled_from(
    [
        *(
            "投入资金",
            "其中",
            "不低于",
            "以上",
            "左右",
            "每人每年",
            "第",
            "共",
            "约",
            "目标",
            "得分",
            "电话：",
            "编码",
            "分之",
        ),
        *(
            "元",
            "万元",
            "人",
            "%",
            "个百分点",
            "分",
            "年",
            "月",
            "日",
            "级",
            "号",
            "亩",
            "-",
            "—",
            "至",
            "、",
            "，",
            "。",
            "(",
            ")",
        ),
        *("〔", "〕", "“", "”", ":", "/", ".", ",", " ", "\n", "\t", "两", "十", "百", "万", "一是", "三公", "A", "m2"),
    ]
)
NUMBERS = st.one_of(
    st.integers(0, 10**12).map(str),
    st.integers(1900, 2050).map(str),
    st.decimals(0, 10**6, places=2).map(str),
    st.sampled_from(["1,200.50", "１２", "③", "²", "٣", "०", "1.2.3", "0", "00"]),
)
texts = st.one_of(
    st.lists(st.one_of(WORDS, NUMBERS), max_size=20).map("".join),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60),
)


def inside(found: list[Mark], at: int) -> int:
    return sum(mark.start <= at < mark.end for mark in found)


@given(texts)
def test_marks_stand_in_order_and_never_overlap(text: str) -> None:
    found = list(marks(text))
    length = len(view(text).text)
    ends = [0, *(mark.end for mark in found)]
    assert all(end <= mark.start < mark.end <= length for end, mark in zip(ends, found, strict=False))


@given(texts)
def test_every_digit_is_inside_exactly_one_mark(text: str) -> None:
    found = list(marks(text))
    for at, char in enumerate(view(text).text):
        if char.isdecimal():
            assert inside(found, at) == 1, f"{char!r} at {at}"


@given(texts)
def test_a_mark_says_who_decided(text: str) -> None:
    for mark in marks(text):
        assert (mark.quantity is not None) == (mark.what == "quantity")
        assert bool(mark.pattern) == (mark.what != "unread")


@given(texts)
def test_a_quantity_has_a_value_or_a_range(text: str) -> None:
    for quantity in figures(text):
        assert (quantity.value is None) == (quantity.low is not None) == (quantity.high is not None)
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low < quantity.high
        for number in (quantity.value, quantity.low, quantity.high):
            assert number is None or number.is_finite()
        assert quantity.unit or quantity.kind == "other"


@pytest.mark.parametrize("text", ["年度资金总额40004000100%", "完成率202010100.00%", "执行率12345.6%"])
def test_columns_run_together_are_no_share(text: str) -> None:
    found = marks(text)
    assert [mark.what for mark in found] == ["unread"]


def test_a_large_share_is_still_one() -> None:
    assert [mark.what for mark in marks("同比增长1234.5%")] == ["quantity"]


@pytest.mark.parametrize("text", ["中央资金1 8 0 万元", "带动2 00 户", "投入5 6. 8 万元"])
def test_the_last_of_parted_digits_is_no_figure(text: str) -> None:
    """A blank between the digits of a number, put there by typesetting, leaves nothing that can be trusted."""
    assert figures(text) == []
    assert "unread" in {mark.what for mark in marks(text)}


@pytest.mark.parametrize(
    "text", ["经费 868.7 人员经费", "执行数 658.4  分值情况", "表4 人员情况", "附件2 户数统计", "共5 项目"]
)
def test_a_word_that_begins_with_a_unit_is_none(text: str) -> None:
    assert [figure for figure in figures(text) if figure.unit in ("人", "分", "户", "项")] == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [("新招20名员工", "人"), ("设置20个数量指标", "个"), ("5个数据中心", "个"), ("20名员额法官", "人")],
)
def test_other_words_leave_the_unit(text: str, unit: str) -> None:
    assert [figure.unit for figure in figures(text)] == [unit]


def test_marks_may_be_told_in_words() -> None:
    assert [(figure.value, figure.unit) for figure in figures("自评得分为九十六分")] == [(Decimal(96), "分")]
    assert figures("资金管理十分重要") == []


@pytest.mark.parametrize("text", ["支出:11.9 结余", "林业:12.6 草业", "11.5 上年结转", "预算33.2 支出"])
def test_a_sum_before_a_label_is_no_marker(text: str) -> None:
    assert [mark.what for mark in marks(text)] == ["unread"]


def test_prices_side_by_side_keep_their_own_body() -> None:
    assert [figure.per for figure in figures("县道0.8万元/公里、村道3000元/公里")] == ["公里", "公里"]
    assert [figure.per for figure in figures("每人320元/人、年。")] == ["人·年"]


def test_what_ends_plainly_is_matched_by_no_pattern_before_that_of_a_number_with_its_unit() -> None:
    patterns = catalogue("quantities")
    before = patterns[: [pattern.id for pattern in patterns].index(SINGLE)]
    texts = [example.text for pattern in patterns for example in pattern.examples]
    texts += [
        f"{text}{unit}{end}"
        for text in ("约3", "1.5", "2,5", "¥ 8", "¥8")
        for unit in ("元", "万元", "%", "人", "户", "分")
        for end in ",。;、)"
    ]
    plain = [
        (text, found.start())
        for text in texts
        for found in re.finditer(r"\d", text)
        if PLAIN.match(text, found.start())
    ]
    assert plain
    assert not [(text, pattern.id) for text, at in plain for pattern in before if pattern.regex.match(text, at)]
