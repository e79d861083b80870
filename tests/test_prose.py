"""Figures of prose: what they measure, whose they are, what role they play and when they hold.

The sentences are invented, of many departments. A name is tested by the words that no right name can lack.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.model import Fact
from tests.small_documents import facts, named

YEAR = "2023"
COVER = ("2023年度项目支出绩效自评报告", "一、基本情况")


def read(*parts: str) -> tuple[Fact, ...]:
    """Return the facts of paragraphs in a report of 2023."""
    return facts(*COVER, *parts)


def one(sentence: str, quote: str, nth: int = 0) -> Fact:
    """Return the fact with this quote, counted from 0 where it stands more than once."""
    return [fact for fact in read(sentence) if fact.quote == quote][nth]


# Names

ROADS = "2023年，全县共投入农村公路养护资金3500万元，完成养护里程120公里，其中县道45公里、乡道75公里。"
SCHOOLS = "全县新建村卫生室15所、改扩建乡镇卫生院4所、配备医疗设备230台套。"
FUNDS = "项目总投资1250万元，其中：中央资金800万元，省级资金300万元，县级配套150万元。"
ENFORCED = "出动执法人员320人次，检查企业156家，发现隐患87处，已整改85处，整改率97.7%。"
INCOME = "收入合计860万元，其中财政拨款720万元，占83.7%；事业收入140万元，占16.3%。"
STAFF = "编制人数65人，实有人数62人（在职58人、退休4人）。"
TRAINED = "计划培训新型职业农民500人，实际培训512人，完成率102.4%。"
TRAVEL = "全年接待游客120万人次，实现旅游收入8.6亿元，同比分别增长15.2%和18.3%。"
WORKS = "道路养护工程：沥青罩面15公里，灌缝28公里，更换护栏3600米。"


@pytest.mark.parametrize(
    ("sentence", "quote", "words"),
    [
        # the noun phrase before the figure
        ("全县在校小学生18650人。", "18650人", ["小学生", "人数"]),
        ("资金到位率98%。", "98%", ["资金到位率"]),
        ("森林覆盖率达到56.8%。", "56.8%", ["森林覆盖率"]),
        ("PM2.5浓度为28微克/立方米。", "28微克/立方米", ["PM2.5浓度"]),
        (ROADS, "3500万元", ["农村公路养护资金"]),
        (ROADS, "120公里", ["养护里程"]),
        # verb and object
        ("改造危房236户，发放补助资金708万元。", "236户", ["改造危房"]),
        ("全年开展送戏下乡48场次。", "48场次", ["送戏下乡"]),
        (ENFORCED, "156家", ["检查企业"]),
        (ENFORCED, "87处", ["隐患"]),
        (SCHOOLS, "15所", ["新建村卫生室"]),
        (SCHOOLS, "4所", ["改扩建乡镇卫生院"]),
        (SCHOOLS, "230台套", ["医疗设备"]),
        # what the item of a list is about
        ("（1）桥梁改造，完成12座，投入资金500万元。", "12座", ["桥梁改造"]),
        ("（1）桥梁改造，完成12座，投入资金500万元。", "500万元", ["桥梁改造"]),
        ("二是特殊教育支出，合计85万元，已于本年度支出80万元。主要用于康复器材。", "80万元", ["特殊教育支出", "支出"]),
        ("一是学前教育支出，合计60万元。二是投入图书购置费25万元，支付20万元。", "20万元", ["图书购置"]),
        ("入园率94.6%，覆盖率88.2%，分别高出年初目标2.6个百分点、3.2个百分点。", "2.6个百分点", ["入园率"]),
        ("发放家庭经济困难寄宿生补助243万元，惠及4326人次。", "4326人次", ["困难寄宿生补助"]),
        # the noun after a counted figure
        ("74家民办幼儿园通过年检。", "74家", ["民办幼儿园"]),
        ("召开2次部门联席会议。", "2次", ["联席会议"]),
        ("完成50公里通村公路硬化。", "50公里", ["通村公路硬化"]),
        ("有2.3万名学生享受营养改善计划。", "2.3万名", ["学生"]),
        ("3个乡镇的12个村实施了饮水工程。", "3个", ["乡镇"]),
        ("3个乡镇的12个村实施了饮水工程。", "12个", ["村"]),
        ("为120名残疾人适配辅助器具156件。", "120名", ["残疾人"]),
        ("为120名残疾人适配辅助器具156件。", "156件", ["辅助器具"]),
        # what leans on the name before it
        ("资助困难学生3256人，资助金额406.25万元。", "406.25万元", ["资助", "金额", "学生"]),
        (ENFORCED, "85处", ["整改"]),
        (ENFORCED, "97.7%", ["整改率"]),
        ("粮食总产量达15.6万吨，比上年增加0.8万吨，增长5.4%。", "0.8万吨", ["粮食总产量", "增加"]),
        ("粮食总产量达15.6万吨，比上年增加0.8万吨，增长5.4%。", "5.4%", ["粮食总产量", "增长"]),
        (TRAINED, "102.4%", ["培训", "完成率"]),
        ("污水处理率由2021年的82.3%提高到2023年的95.8%。", "95.8%", ["污水处理率"]),
        # parts of a whole
        (FUNDS, "800万元", ["中央资金", "总投资"]),
        (FUNDS, "150万元", ["县级配套", "总投资"]),
        (ROADS, "45公里", ["县道"]),
        (ROADS, "75公里", ["乡道"]),
        (INCOME, "720万元", ["财政拨款"]),
        (INCOME, "83.7%", ["财政拨款", "占"]),
        (INCOME, "16.3%", ["事业收入", "占"]),
        (STAFF, "58人", ["在职"]),
        (STAFF, "4人", ["退休"]),
        # a topic before a colon
        (WORKS, "15公里", ["道路养护工程", "沥青罩面"]),
        (WORKS, "3600米", ["道路养护工程", "更换护栏"]),
        ("绩效自评得分：98.6分。", "98.6分", ["绩效自评得分"]),
        # changes dealt out to two clauses
        (TRAVEL, "15.2%", ["游客", "增长"]),
        (TRAVEL, "18.3%", ["旅游收入", "增长"]),
    ],
)
def test_a_name_holds_what_it_cannot_lack(sentence: str, quote: str, words: list[str]) -> None:
    name = named(one(sentence, quote))
    assert [word for word in words if word not in name] == [], name


@pytest.mark.parametrize(
    ("sentence", "quotes", "words"),
    [
        ("初中和小学的辍学率分别为0.3%和0.1%。", ["0.3%", "0.1%"], [("初中", "辍学率"), ("小学", "辍学率")]),
        (
            "城镇和农村低保标准分别为720元/月和560元/月。",
            ["720元/月", "560元/月"],
            [("城镇", "低保"), ("农村", "低保")],
        ),
        ("县级、乡级财政分别承担60%和40%。", ["60%", "40%"], [("县级", "财政", "承担"), ("乡级", "财政", "承担")]),
        (
            *("上半年和下半年分别发放补贴120万元、150万元。", ["120万元", "150万元"]),
            [("上半年", "补贴"), ("下半年", "补贴")],
        ),
    ],
)
def test_paired_lists_are_dealt_out(sentence: str, quotes: list[str], words: list[tuple[str, ...]]) -> None:
    found = read(sentence)
    assert [fact.quote for fact in found] == quotes
    for fact, wanted in zip(found, words, strict=True):
        assert all(word in named(fact) for word in wanted), named(fact)
    others = [set(wanted) for wanted in words]
    assert not any(word in named(found[0]) for word in others[1] - others[0])


def test_years_that_are_dealt_out_are_periods() -> None:
    first, second = read("2021年和2022年分别支出1200万元和1350万元。")
    assert "支出" in named(first)
    assert (first.period, second.period) == ("2021", "2022")


@pytest.mark.parametrize(
    ("sentence", "quote", "metric"),
    [
        ("资金到位率达98%。", "98%", "资金到位率"),
        ("截至目前，资金到位率为98%。", "98%", "资金到位率"),
        ("其中，资金到位率不低于98%。", "98%", "资金到位率"),
        ("同时，全县资金到位率已达到98%以上。", "98%", "资金到位率"),
        ("2023年资金到位率约98%。", "98%", "资金到位率"),
    ],
)
def test_connectives_and_copulas_are_no_part_of_a_name(sentence: str, quote: str, metric: str) -> None:
    assert one(sentence, quote).metric == metric


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        *(("经营收入", "350万元"), ("经费支出", "120万元"), ("经济作物", "1200亩"), ("现金流入", "35万元")),
        *(("还款", "120万元"), ("因灾损失", "30万元"), ("含税收入", "120万元"), ("并网发电", "35万千瓦时")),
        *(("期间费用", "12万元"), ("通过率", "98%"), ("道路建设", "120公里"), ("和田玉产值", "12万元")),
        *(("上年结余", "12万元"), ("止付金额", "12万元")),
    ],
)
def test_a_word_that_looks_like_a_connective_is_kept_whole(name: str, figure: str) -> None:
    assert [fact.metric for fact in read(f"其中，{name}{figure}。")] == [name]


@pytest.mark.parametrize(
    ("sentence", "metric"),
    [
        ("引进人才120人。", "引进人才人数"),
        ("查处违法行为35起。", "查处违法行为起数"),
        ("存在12个问题。", "存在问题"),
        ("完成设计12项。", "完成设计项数"),
        ("建成12项公共服务设施。", "建成公共服务设施"),
        ("培育6个社会组织。", "培育社会组织"),
        ("安置35名被征地农民。", "安置被征地农民"),
        ("经核定编制20人。", "核定编制人数"),
        ("总产值高达120万元。", "总产值"),
        ("2023年5月，实施“东河防洪工程”（28万元）和“清水镇雨污分流改造项目”（57万元）。", "“清水镇雨污分流改造项目”"),
        ("47万元资金下拨用于实施道路改造。", "资金下拨用于实施道路改造"),
        ("达到4500元的最低资助标准。", "最低资助标准"),
    ],
)
def test_connectives_are_cut_where_they_are_words(sentence: str, metric: str) -> None:
    assert [fact.metric for fact in read(sentence)][-1:] == [metric]


@pytest.mark.parametrize(("word", "scope"), [("全县", "全县"), ("全省", "全省"), ("我局", "我局"), ("", "")])
def test_the_reach_of_a_figure_is_kept_apart(word: str, scope: str) -> None:
    fact = one(f"{word}在校小学生18650人。", "18650人")
    assert (fact.metric, fact.scope) == ("在校小学生人数", scope)


LISTED = "新建村卫生室15所、改扩建乡镇卫生院4所。"


@pytest.mark.parametrize(
    ("sentence", "quote", "junk"),
    [
        (LISTED, "4所", " 所、"),
        ("初中和小学的辍学率分别为0.3%和0.1%。", "0.3%", "的"),
        ("为120名残疾人适配辅助器具156件。", "156件", "名残"),
    ],
)
def test_a_name_holds_no_scraps(sentence: str, quote: str, junk: str) -> None:
    fact = one(sentence, quote)
    assert junk not in fact.subject
    assert not fact.metric.startswith(junk)


@pytest.mark.parametrize(
    ("sentence", "quote", "metric"),
    [
        ("病虫害防治率，年度指标值≥90%，实际完成值≥92%，自评得分10分。", "90%", "病虫害防治率年度指标值"),
        ("病虫害防治率，年度指标值≥90%，实际完成值≥92%，自评得分10分。", "92%", "病虫害防治率实际完成值"),
        ("病虫害防治率，年度指标值≥90%，实际完成值≥92%，自评得分10分。", "10分", "病虫害防治率自评得分"),
        ("设备完好率目标值为98%实际完成值为97%。", "97%", "设备完好率实际完成值"),
        ("下达救灾资金（第二批）86万元。", "86万元", "下达救灾资金(第二批)"),
        ("中央资金77万元（一般公共预算：32万元；彩票公益金：45万元）。", "32万元", "一般公共预算"),
        ("东乡镇20万元，西乡镇15万元，共计35万元。", "35万元", "合计"),
        ("固定资产投资（不含农户）52亿元。", "52亿元", "固定资产投资(不含农户)"),
        ("完成公共预算支出8亿元，为预算的（含上级专项）69.5%。", "69.5%", "公共预算支出为预算"),
    ],
)
def test_a_name_is_found_before_columns_brackets_and_totals(sentence: str, quote: str, metric: str) -> None:
    assert one(sentence, quote).metric == metric


def test_an_item_without_a_name_ends_the_one_before() -> None:
    fact = one("一是学前教育支出，合计60万元。二是投入图书购置费25万元，支付20万元。", "20万元")
    assert "学前教育" not in f"{fact.metric} {fact.subject}"


def test_every_figure_has_a_metric() -> None:
    nameless = {
        fact.quote
        for sentence in (ROADS, SCHOOLS, FUNDS, ENFORCED, INCOME, STAFF, TRAINED, TRAVEL, WORKS)
        for fact in read(sentence)
        if not fact.metric
    }
    assert nameless == set()


def test_a_figure_has_its_sentence_and_section() -> None:
    first, second = read("（一）资金情况", "上级下达资金800万元。县级配套资金150\n万元，已全部到位。")
    assert (first.sentence, second.sentence) == ("上级下达资金800万元", "县级配套资金150 万元，已全部到位")
    assert {first.section, second.section} == {"基本情况 > 资金情况"}
    assert (first.source, first.unit_from, first.year) == ("text", "text", YEAR)


# Roles


@pytest.mark.parametrize(
    ("sentence", "quote", "role"),
    [
        ("全年新建公厕26座。", "26座", "actual"),
        ("实际支出486.5万元。", "486.5万元", "actual"),
        ("省财政下达我县资金320万元。", "320万元", "actual"),
        ("同比增长7.1%。", "7.1%", "actual"),
        ("累计发放贷款3.2亿元。", "3.2亿元", "actual"),
        ("力争全年新增就业8000人。", "8000人", "target"),
        ("确保年底前完成50公里通村公路硬化。", "50公里", "target"),
        ("拟建设日间照料中心3个。", "3个", "target"),
        ("预计需使用资金20万元。", "20万元", "target"),
        ("达到不低于90%的目标任务。", "90%", "target"),
        ("群众满意度目标为90%，实际完成96.5%。", "90%", "target"),
        ("群众满意度目标为90%，实际完成96.5%。", "96.5%", "actual"),
        ("完成植树120万株（目标100万株）。", "120万株", "actual"),
        ("完成植树120万株（目标100万株）。", "100万株", "target"),
        (TRAINED, "500人", "target"),
        ("按每亩500元的标准给予补助。", "500元", "norm"),
        ("对脱贫户按每户3000元给予奖励。", "3000元", "norm"),
        ("每生每年补助1250元。", "1250元", "norm"),
        ("起付线为500元，封顶线20万元，报销比例65%。", "500元", "norm"),
        ("起付线为500元，封顶线20万元，报销比例65%。", "20万元", "norm"),
        ("起付线为500元，封顶线20万元，报销比例65%。", "65%", "norm"),
        ("低保标准由每人每月600元提高到650元。", "600元", "norm"),
        ("低保标准由每人每月600元提高到650元。", "650元", "norm"),
        ("城区学校生均公用经费标准为小学650元、初中850元。", "850元", "norm"),
        ("满分100分，自评98分。", "100分", "full"),
        ("满分100分，自评98分。", "98分", "awarded"),
        ("权重30%，得分28.5分。", "30%", "full"),
        ("该指标分值5分，扣0.5分，得4.5分。", "5分", "full"),
        ("该指标分值5分，扣0.5分，得4.5分。", "0.5分", "awarded"),
        ("该指标分值5分，扣0.5分，得4.5分。", "4.5分", "awarded"),
        ("综合得分为96.8分。", "96.8分", "awarded"),
        (TRAINED, "512人", "actual"),
        (TRAINED, "102.4%", "actual"),
        ("到2025年，自来水普及率要达到95%以上。", "95%", "target"),
        ("培训补贴标准为：初级工1000元、中级工1500元。", "1000元", "norm"),
        ("单机补贴额不超过5万元。", "5万元", "norm"),
        # a list of what is to be built
        ("经批准，决定实施以下建设内容：新建蓄水池35座、管道1200米。", "1200米", "target"),
        ("批复建设内容为：新建厂房3栋，硬化道路1200米。", "1200米", "target"),
        ("项目计划总投资120万元，其中：省级资金80万元，自筹40万元。", "40万元", "target"),
        ("完成全年目标任务1500人的100%。", "1500人", "target"),
        ("城镇新增就业目标任务1500人。", "1500人", "target"),
        ("完成目标任务12项。", "12项", "actual"),
        # what a rule takes, limits and sets as a floor
        ("年满70-79周岁的老年人，每人每月发放50元。", "70-79周岁", "norm"),
        ("在村务公开栏张贴公告，时间不少于5天。", "5天", "norm"),
        ("按工资总额的2%计提工会经费。", "2%", "norm"),
        ("无法达到4500元的最低资助标准。", "4500元", "norm"),
        # plans, tasks in brackets, times that were missed, limits of groups
        ("退化草原修复计划8000亩，完成5200亩。", "8000亩", "target"),
        ("退化草原修复计划8000亩，完成5200亩。", "5200亩", "actual"),
        ("送戏下乡120场（任务100场），完成率120%。", "100场", "target"),
        ("有2个村公示不足7天。", "7天", "actual"),
        ("开工晚于批复时间60天以上。", "60天", "actual"),
        ("建成5万亩以上高标准农田。", "5万亩", "actual"),
        ("补助50亩以上种粮大户。", "50亩", "norm"),
        ("苗木合格率≥90%95%。", "90%", "target"),
        ("苗木合格率≥90%95%。", "95%", "actual"),
        # what was approved for this body is no rule
        ("核定额度为250万元，实际使用230万元。", "250万元", "actual"),
        ("核定编制数35人，实有32人。", "35人", "actual"),
        ("年初预算250万元，实际支出230万元。", "250万元", "actual"),
        ("三公经费限额30万元，实际支出25万元。", "30万元", "actual"),
        ("核定收费标准为每吨3.5元。", "3.5元", "norm"),
        ("产值目标100万元，实际98万元。", "100万元", "target"),
        ("建设里程100公里，实际完成98公里。", "100公里", "target"),
        # what was paid by a standard is none either
        ("按照每人每月500元的补助标准发放资金300万元。", "500元", "norm"),
        ("按照每人每月500元的补助标准发放资金300万元。", "300万元", "actual"),
        ("定额补助资金300万元已拨付到位。", "300万元", "actual"),
        ("起付标准降至500元，全年共报销120万元。", "120万元", "actual"),
        ("救助标准为：每人每月500元，发放救助金300万元。", "300万元", "actual"),
        # what a task asks for, what is to come, what money is for
        ("本年度建设任务为：新建公厕20座，改造旱厕350户，投资460万元。", "350户", "target"),
        ("本年度建设任务为：新建公厕20座，改造旱厕350户，投资460万元。", "460万元", "target"),
        ("省下达我县任务为改造危房120户、惠及420人。", "420人", "target"),
        ("建设任务为：改造旱厕350户，实际完成362户。", "362户", "actual"),
        ("总体目标一是新建水厂2座；二是改造泵站4座。", "4座", "target"),
        ("明年将新建服务站6个，改造站房12处。", "12处", "target"),
        ("将补助资金300万元拨付到乡镇。", "300万元", "actual"),
        ("到2035年，全县建成标准化卫生室180个。", "180个", "target"),
        ("到2022年，全县建成标准化卫生室180个。", "180个", "actual"),
        ("下达资金300万元，用于新建水厂2座、铺设管网35公里。", "35公里", "target"),
        ("管网老化，尚需维修资金86万元。", "86万元", "target"),
        ("所需资金86万元由县财政承担。", "86万元", "actual"),
        # a goal and its result, as a form calls them
        ("防治率，年度指标值=95%，实际完成值=96%。", "95%", "target"),
        ("防治率，年度指标值=95%，实际完成值=96%。", "96%", "actual"),
        ("发放率指标为100%实际完成值为98%。", "100%", "target"),
        ("道路面积：指标值为“约1200平方米”，实际完成值约1350平方米。", "1200平方米", "target"),
        ("资金到位率100%；全年实际支出231万元。", "100%", "actual"),
        # groups that a bracket marks off, times that were kept or must be, times that a rule reckons with
        ("对规模养殖户（存栏50头以上）给予补贴。", "50头", "norm"),
        ("各乡镇在收到资金后15个工作日内全部拨付到户。", "15个工作日", "actual"),
        ("资金应在收文后15个工作日内全部拨付到户。", "15个工作日", "norm"),
        ("营养餐补助每生每天5元，全年按200天计算。", "200天", "norm"),
    ],
)
def test_a_role(sentence: str, quote: str, role: str) -> None:
    assert one(sentence, quote).role == role


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("（一）绩效目标", "target"),
        ("（一）年度绩效目标", "target"),
        ("（一）下一步工作打算", "target"),
        ("（一）绩效目标完成情况", "actual"),
        ("（一）资金使用情况", "actual"),
        ("（一）主要做法", "actual"),
    ],
)
def test_a_heading_gives_the_role_where_the_words_are_silent(heading: str, role: str) -> None:
    (fact,) = read(heading, "新建幼儿园3所，相关工作按照计划有序推进，各方面反映良好。")
    assert fact.role == role


def test_a_mean_under_goals_is_a_goal() -> None:
    assert read("（一）绩效目标", "亩均投入1800元。")[0].role == "target"
    assert read("（一）绩效目标完成情况", "亩均投入1800元。")[0].role == "actual"


def test_the_words_outweigh_the_heading() -> None:
    (fact,) = read("（一）绩效目标", "上年度实际完成新建幼儿园3所，相关工作按照计划有序推进。")
    assert fact.role == "actual"


# Tiers of a rule

TIERS = "家庭年收入3万元以下的，学费减免80%；3万元以上5万元以下的，学费减免50%。"
FEES = "费用1万元以内的部分按60%报销，1万元以上3万元以下的部分按70%报销，3万元以上的部分按80%报销。"
FIELDS = "种植面积50亩以上100亩以下的，每亩补助200元；100亩以上的，每亩补助300元。"


def test_the_limits_of_tiers_are_norms_with_bounds() -> None:
    limits = [(fact.quote, fact.bound, fact.role) for fact in read(FEES) if fact.kind == "amount"]
    assert limits == [
        ("1万元", "le", "norm"),
        ("1万元", "gt", "norm"),
        ("3万元", "le", "norm"),
        ("3万元", "gt", "norm"),
    ]


@pytest.mark.parametrize(
    ("sentence", "quote", "nth"),
    [
        (FEES, "60%", 0),
        (FEES, "80%", 0),
        (FIELDS, "200元", 0),
        (FIELDS, "300元", 0),
        (TIERS, "3万元", 0),
        (TIERS, "5万元", 0),
        (FIELDS, "50亩", 0),
        (TIERS, "80%", 0),
    ],
)
def test_what_tiers_give_is_a_norm(sentence: str, quote: str, nth: int) -> None:
    assert one(sentence, quote, nth).role == "norm"


@pytest.mark.parametrize(
    ("sentence", "quote", "nth", "word"),
    [
        (TIERS, "5万元", 0, "收入"),
        (TIERS, "50%", 0, "减免"),
        (FIELDS, "100亩", 1, "面积"),
        (FEES, "80%", 0, "3万元以上"),
        (FEES, "3万元", 1, "费用"),
    ],
)
def test_a_tier_is_named_by_what_it_limits(sentence: str, quote: str, nth: int, word: str) -> None:
    assert word in named(one(sentence, quote, nth))


# Bounds


@pytest.mark.parametrize(
    ("sentence", "bounds"),
    [
        ("合格率不低于90%和95%。", ["ge", "ge"]),
        ("合格率分别不低于90%、95%。", ["ge", "ge"]),
        ("合格率95%，满意度不低于90%。", ["eq", "ge"]),
        ("费用超过5万元以上（含5万元）。", ["ge", "eq"]),
        ("投资约3亿元，带动就业近500人。", ["approx", "approx"]),
        ("达到4500元的最低资助标准。", ["ge"]),
        ("收入3万元以下的减免80%，3万元以上的减免50%。", ["le", "eq", "gt", "eq"]),
    ],
)
def test_bounds_in_a_sentence(sentence: str, bounds: list[str]) -> None:
    assert [fact.bound for fact in read(sentence)] == bounds


# Periods


@pytest.mark.parametrize(
    ("sentence", "quote", "period"),
    [
        ("2022年，全县新建公厕26座。", "26座", "2022"),
        ("截至2022年12月31日，累计建成高标准农田3.5万亩。", "3.5万亩", "2022-12-31"),
        ("2022年末，全县森林覆盖率达到56.8%。", "56.8%", "2022-12-31"),
        ("截至2022年底，贷款余额5.6亿元。", "5.6亿元", "2022-12-31"),
        ("本年末结余资金26.5万元。", "26.5万元", "2023-12-31"),
        ("2022年1-9月，完成投资860万元。", "860万元", "2022-01/2022-09"),
        ("1-9月完成投资860万元。", "860万元", "2023-01/2023-09"),
        ("2022年7月1日至2023年6月30日，发放补贴35万元。", "35万元", "2022-07-01/2023-06-30"),
        ("2021年支出1200万元，2022年支出1350万元。", "1200万元", "2021"),
        ("2021年支出1200万元，2022年支出1350万元。", "1350万元", "2022"),
        ("普及率由2021年的82.3%提高到2022年的95.8%。", "82.3%", "2021"),
        ("普及率由2021年的82.3%提高到2022年的95.8%。", "95.8%", "2022"),
        ("森林覆盖率56.8%，较2020年提高2.3个百分点。", "2.3个百分点", ""),
        ("2022年森林覆盖率56.8%，较2020年提高2.3个百分点。", "2.3个百分点", "2022"),
        ("依据2019年印发的办法，发放补贴35万元。", "35万元", ""),
        ("全县新建公厕26座。", "26座", ""),
        ("上年支出420万元，本年支出450万元。", "420万元", "2022"),
        ("上年度决算数为380万元。", "380万元", "2022"),
        ("去年同期为85.6%。", "85.6%", "2022"),
        ("2022年5月召开座谈会2次。", "2次", "2022-05"),
        # parts of a year, and the same months of the year before
        ("上半年支出240万元，全年共支出570万元。", "240万元", "2023-01/2023-06"),
        ("上半年支出240万元，全年共支出570万元。", "570万元", "2023"),
        ("2022年前三季度完成投资8亿元。", "8亿元", "2022-01/2022-09"),
        ("2023年1—6月收入12亿元（上年同期11亿元）。", "11亿元", "2022-01/2022-06"),
        ("去年上半年支出200万元。", "200万元", "2022"),
        # a bracket's own year, a paper's, and that of what something was before
        ("2023年实施项目12个（含2022年结转项目3个），到位资金310万元。", "310万元", "2023"),
        ("投入（2022年）资金5万元，支出3万元。", "3万元", "2022"),
        ("按照2017年《村级站房规范》建设站房120家。", "120家", ""),
        ("根据省厅关于2021年乡村道路资金安排的通知要求，养护道路62公里。", "62公里", ""),
        ("事故死亡人数由上年的31人降至26人。", "31人", "2022"),
        ("事故死亡人数由上年的31人降至26人。", "26人", ""),
        ("2023年加装电梯46部，比2022年多17部。", "17部", "2023"),
        # a heading may run into the sentence that says up to when
        ("（一）资金使用情况 截至2021年12月31日，共支出65.9万元，执行率96.91%。", "96.91%", "2021-12-31"),
        ("2018年收入总计800万元，支出总计750万元，年末结转和结余50万元。", "50万元", "2018-12-31"),
        ("支出比2020年增加5万元，年末结转和结余50万元。", "50万元", "2023-12-31"),
        ("交通事故由上年的7起下降到2起。", "7起", "2022"),
        ("与上年度救助的19,860人相比，增加1,440人。", "19,860人", "2022"),
        ("2021年、2022年分别补贴机具8412台、9136台，受益农户分别为6731户、7318户。", "6731户", "2021"),
        ("2022年1月、6月分别将提前下达资金2100万元和正式下达资金1160万元拨付到位。", "2100万元", "2022-01"),
        ("截至2023年6月底，2022年度农田资金到位500万元，支出320万元。", "320万元", "2023-06-30"),
        # a year holds for all that a task lists, or that is to be reached by then
        ("2022年，省下达建设任务：新建公厕20座，改造旱厕350户。", "350户", "2022"),
        ("到2030年，布局专项20个，实施项目100个。", "100个", "2030"),
        ("截至2022年底，覆盖率98%，实现不低于95%的工作目标。", "95%", ""),
    ],
)
def test_a_period(sentence: str, quote: str, period: str) -> None:
    assert one(sentence, quote).period == period


def test_a_heading_gives_the_year_that_the_words_do_not() -> None:
    assert read("（二）2021年度绩效目标", "新建道路30公里，沿线各村群众出行条件得到改善。")[0].period == "2021"
    assert read("（二）2023年度绩效目标", "新建道路30公里，沿线各村群众出行条件得到改善。")[0].period == ""
    assert one("2.2021年度绩效目标。新建道路30公里。", "30公里").period == "2021"
    assert read("（二）2021年和“十三五”时期工作回顾", "新建道路30公里，沿线群众出行条件得到改善。")[0].period == ""


def test_a_period_ends_with_its_sentence() -> None:
    first, second = read("2021年新建公厕26座。改造公厕12座。")
    assert (first.period, second.period) == ("2021", "")


@pytest.mark.parametrize(
    "sentence",
    ["综合排名235位。", "位居全省12位。", "由35位上升到21位。", "位次提升5个位次。", "工作名列全市16名。"],
)
def test_a_rank_is_no_number_of_people(sentence: str) -> None:
    assert not read(sentence)


def test_a_decimal_torn_apart_is_one_figure() -> None:
    (fact,) = read("建设果园基地21. 73万亩。")
    assert (fact.quote, fact.value) == ("21. 73万亩", 217300)
    assert [fact.quote for fact in read("完成以下工作：\n1. 73万亩果园验收。")] == ["73万亩"]


@pytest.mark.parametrize(
    ("sentence", "pers"),
    [
        ("低保标准由每人每月600元提高到650元。", ["人·月", "人·月"]),
        ("人均补助238元，比上年增加26元。", ["人", "人"]),
        ("每生每年补助小学650元、初中850元。", ["生·年", "生·年"]),
        ("每人补助500元、奖励资金3万元。", ["人", ""]),
    ],
)
def test_a_price_keeps_what_it_is_for(sentence: str, pers: list[str]) -> None:
    assert [fact.per for fact in read(sentence)] == pers


# Scores


@pytest.mark.parametrize(
    ("sentence", "marks"),
    [
        ("项目决策（满分20分，自评得分18.5分）。", [("20分", "full"), ("18.5分", "awarded")]),
        (
            "决策20分，得18.5分；过程25分，得24分。",
            [("20分", "full"), ("18.5分", "awarded"), ("25分", "full"), ("24分", "awarded")],
        ),
        (
            "决策类指标18/20分，过程类指标24/25分。",
            [("18", "awarded"), ("20分", "full"), ("24", "awarded"), ("25分", "full")],
        ),
        ("预算配置控制情况（5分）4.5。", [("5分", "full"), ("4.5", "awarded")]),
        ("项目立项（5分）。立项依据充分，得5分。", [("5分", "full"), ("5分", "awarded")]),
        ("总分100分，自评总得分97.3分。", [("100分", "full"), ("97.3分", "awarded")]),
    ],
)
def test_marks_and_full_marks(sentence: str, marks: list[tuple[str, str]]) -> None:
    found = read(sentence)
    assert [(fact.quote, fact.role) for fact in found] == marks
    assert {(fact.kind, fact.unit) for fact in found} == {("score", "分")}


def test_marks_in_a_heading_belong_to_it() -> None:
    found = read("（一）项目决策（满分20分，自评得分18.5分）", "立项依据充分，程序规范，资金分配合理，目标明确。")
    assert [(fact.role, fact.section) for fact in found] == [
        ("full", "基本情况 > 项目决策"),
        ("awarded", "基本情况 > 项目决策"),
    ]
    assert all("决策" in fact.metric for fact in found)


@pytest.mark.parametrize("marker", ["", "(1)", "（2）", "3.", "⑷"])
def test_marks_in_brackets_keep_the_whole_name_before_them_behind_any_list_marker(marker: str) -> None:
    found = read(f"{marker}档案管理（满分3分，自评2分）")
    assert [fact.metric for fact in found] == ["档案管理满分", "档案管理自评"]


def test_a_slash_form_names_both_marks() -> None:
    assert all("过程类指标" in named(fact) for fact in read("决策类指标18/20分，过程类指标24/25分。")[2:])


# What is no fact


@pytest.mark.parametrize(
    "sentence",
    [
        "依据《农村公路养护管理办法（2019年版）》和云交养〔2023〕15号文件。",
        "根据《2023年度100件民生实事实施方案》。",
        "一级指标由二级指标和三级指标组成。",
        "联系电话：0871-63212345。",
        "“三公”经费管理规范，“十四五”规划稳步实施。",
        "预算执行率＝（执行数／预算数）×100％。",
        "发布时间：2023-05-09 10:14 阅读次数：217次 浏览量：35",
        "指标12022年11月30日前完成。",
    ],
)
def test_a_sentence_without_facts(sentence: str) -> None:
    assert read(sentence) == ()


def test_the_project_is_no_fact_where_its_name_holds_figures() -> None:
    found = facts(
        "项目支出绩效自评报告", "项目名称：50万亩高标准农田建设", "一、概况", "50万亩高标准农田建设投资8亿元。"
    )
    assert [fact.quote for fact in found if fact.kind == "amount"] == ["8亿元"]
    assert [fact.quote for fact in found if fact.section == "概况"] == ["8亿元"]


# Words that stand around figures in reports of many places


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("2020年初预算安排3250万元。", "年初预算安排"),
        ("全年转运垃圾6.23万吨,日均170.2吨。", "转运垃圾日均"),
        ("优良比例94.1%,与2021年的88.2%相比提高5.9个百分点。", "优良比例提高"),
    ],
)
def test_a_name_keeps_what_belongs_to_it(text: str, metric: str) -> None:
    assert facts(*COVER, text)[-1].metric == metric


@pytest.mark.parametrize(
    ("text", "named_as"),
    [
        ("项目总投资（万元）：320", [("项目总投资", "3200000", "元")]),
        ("资金总额(万元):320 到位资金(万元):300", [("资金总额", "3200000", "元"), ("到位资金", "3000000", "元")]),
        ("受益人数（万人）：1.2；完成率（%）：98.5", [("受益人数", "12000", "人"), ("受益人数完成率", "98.5", "%")]),
        ("支出合计：6225.2万元", [("支出合计", "62252000", "元")]),
        ("年度资金总额（万元）： 1 96.4", []),
    ],
)
def test_a_label_names_the_figure_behind_it(text: str, named_as: list[tuple[str, str, str]]) -> None:
    found = facts(*COVER, text)
    assert [
        (fact.metric, f"{fact.value:f}".removesuffix(".0").removesuffix(".00"), fact.unit) for fact in found
    ] == named_as


@pytest.mark.parametrize(
    ("text", "pers"),
    [
        ("寄宿小学生补助1000元、初中生1250元(每生每年)。", ["生·年", "生·年"]),
        ("每亩每年补助16元,其中管护费0.25元由省级统筹。", ["亩·年", "亩·年"]),
        ("标准为每人每年610元,其中中央补助488元,省级补助73.2元。", ["人·年", "人·年", "人·年"]),
        ("平均每亩投入200元,其中中央补助资金4128万元。", ["亩", ""]),
    ],
)
def test_a_price_is_for_what_its_neighbours_say(text: str, pers: list[str]) -> None:
    assert [fact.per for fact in facts(*COVER, text)] == pers


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("改造幸福院15所,较计划的18所少3所。", ["actual", "target", "actual"]),
        ("森林抚育目标3525亩,完成3525亩。", ["target", "actual"]),
        ("优良率84.7%,高出省定目标0.5个百分点。", ["actual", "actual"]),
        ("年底交付,届时需支付尾款约28万元。", ["target"]),
        ("建成后可设床位80张。", ["target"]),
        ("6月底前执行进度不低于50%。", ["target"]),
        ("重点研发计划支持68项。", ["actual"]),
    ],
)
def test_what_was_planned_is_told_from_what_was_done(text: str, roles: list[str]) -> None:
    assert [fact.role for fact in facts(*COVER, text)] == roles


@pytest.mark.parametrize(
    ("heading", "role"), [("三、2025年目标", "target"), ("三、补贴标准", "norm"), ("三、标准执行情况", "actual")]
)
def test_a_heading_tells_goals_and_standards(heading: str, role: str) -> None:
    assert [fact.role for fact in facts(*COVER, heading, "一次性创业补贴5000元。")] == [role]


def test_a_goal_that_a_result_missed_bounds_nothing() -> None:
    missed, kept = facts(*COVER, "满意度83.6%,低于85%的目标值。")[1], facts(*COVER, "满意度不低于85%的目标。")[0]
    assert (missed.bound, missed.role, kept.bound) == ("eq", "target", "ge")


def test_a_limit_may_name_what_it_is_a_share_of() -> None:
    found = facts(*COVER, "见习补贴不超过当地最低工资标准的60%,安排残疾人就业不得少于职工总数的1.7%。")
    assert [fact.bound for fact in found] == ["le", "ge"]


def test_a_result_may_tell_by_how_much_it_went_over() -> None:
    assert [fact.bound for fact in facts(*COVER, "平均工期68天,比合同工期超出8天。")] == ["eq", "eq"]


def test_grades_begin_and_end_at_norms() -> None:
    found = facts(*COVER, "评价采用百分制,90分(含)以上为优,80分(含)至90分为良。自评得92.5分。")
    assert [(fact.role, fact.low is None) for fact in found] == [("norm", True), ("norm", False), ("awarded", True)]
    assert [fact.metric for fact in found[:2]] == ["评价等级“优”", "评价等级“良”"]


def test_weights_of_a_list_are_full_marks_to_its_end() -> None:
    found = facts(*COVER, "三级指标共26个,权重分别为20%、30%、30%和20%。")
    assert [fact.role for fact in found[1:]] == ["full"] * 4


def test_a_time_limit_beside_the_real_time_is_a_rule() -> None:
    found = facts(*COVER, "资金到位后10个工作日内拨付到位,实际平均用时7个工作日。")
    assert [(fact.role, fact.bound) for fact in found] == [("norm", "le"), ("actual", "eq")]


def test_a_span_of_years_is_dealt_out_to_as_many_figures() -> None:
    found = facts(*COVER, "2021-2023年分别投入资金1200万元、1350万元和1580万元,年均增长14.75%。")
    assert [fact.period for fact in found] == ["2021", "2022", "2023", "2021-01/2023-12"]
    assert found[-1].metric == "投入资金年均增长"


def test_shares_are_dealt_out_to_the_figures_of_the_clauses_before() -> None:
    found = facts(*COVER, "年末贷款余额476.6亿元,其他债务余额96亿元,占比分别为83.2%和16.8%。")
    assert [fact.metric for fact in found[2:]] == ["年末贷款余额占比", "其他债务余额占比"]


def test_full_marks_that_were_given_are_awarded() -> None:
    assert [fact.role for fact in facts(*COVER, "预算调整率5.6%,得满分3分。")] == ["actual", "awarded"]


@pytest.mark.parametrize(
    ("text", "metric", "subject"),
    [
        ("安排2022年第一批中央财政衔接资金3560万元。", "第一批中央财政衔接资金", ""),
        ("2023年度城乡居民参保人数45万人。", "城乡居民参保人数", ""),
        ("得分=10×95.33%=9.53分。", "得分", ""),
        ("缴费比例由19%降至16%。", "缴费比例降", ""),
    ],
)
def test_a_name_is_no_longer_than_it_need_be(text: str, metric: str, subject: str) -> None:
    fact = facts(*COVER, text)[-1]
    assert (fact.metric, fact.subject) == (metric, subject)


def test_money_that_was_won_is_no_goal() -> None:
    assert [fact.role for fact in facts(*COVER, "共争取上级资金5.6亿元。")] == ["actual"]
    assert [fact.role for fact in facts(*COVER, "争取年内建成3座。")] == ["target"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2024年项目预算2150万元,1至8月支出1612.5万元。", ["2024", "2024-01/2024-08"]),
        ("2022年1—6月支出300万元,7—12月支出400万元。", ["2022-01/2022-06", "2022-07/2022-12"]),
        ("7月支出3万元。", ["2023-07"]),
    ],
)
def test_a_month_is_of_the_year_named_last_in_its_sentence(text: str, periods: list[str]) -> None:
    assert [fact.period for fact in facts(*COVER, text)] == periods


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("计划改造老旧小区46个,实际开工46个,完工41个,完工率89.13%。", ["target", "actual", "actual", "actual"]),
        ("计划新建公厕20座,已建成15座;计划培训500人,实训480人。", ["target", "actual", "target", "actual"]),
        ("计划整治排污口132个,完成61个。", ["target", "actual"]),
        ("年度指标:淘汰老旧货车≥600辆,已完成438辆。", ["target", "actual"]),
        ("70周岁以上老人每月加发10元。", ["norm", "norm"]),
    ],
)
def test_what_was_done_beside_what_was_planned(text: str, roles: list[str]) -> None:
    assert [fact.role for fact in facts(*COVER, text)] == roles


def test_growth_in_a_year_to_come_is_a_goal() -> None:
    assert [fact.role for fact in facts(*COVER, "2025年,收入增长5%左右。")] == ["target"]
    assert [fact.role for fact in facts(*COVER, "2024年1月,收入同比增长5%。")] == ["actual"]


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("追回违规领取养老金46人、68.9万元。", ["追回违规领取养老金人数", "追回违规领取养老金"]),
        ("接待56批次、420人次。", ["接待批次", "接待人次"]),
        (
            "研发投入强度2.25%,技术合同成交额突破30亿元,增长14%。",
            ["研发投入强度", "技术合同成交额", "技术合同成交额增长"],
        ),
        ("全年预算1260万元(含上年结转186万元),执行率60%。", ["全年预算", "上年结转", "全年预算执行率"]),
    ],
)
def test_a_figure_is_not_named_by_another_of_its_sentence(text: str, metrics: list[str]) -> None:
    assert [fact.metric for fact in facts(*COVER, text)] == metrics


def test_the_line_of_an_item_is_the_topic_of_its_figures() -> None:
    found = facts(*COVER, "1.教育支出(类)普通教育(款)小学教育(项)。年初预算为100万元,支出决算为98万元。")
    assert all("小学教育" in fact.subject for fact in found)


def test_a_tab_parts_a_figure_from_its_label() -> None:
    assert one("总分\t97", "97").metric == "总分"


def test_a_step_of_a_scale_may_be_told_from_above() -> None:
    step = one("分别按照该指标对应分值区间100%-80%（含）合理确定分值。", "100%-80%")
    assert (step.low, step.high, step.role) == (Decimal(80), Decimal(100), "norm")


def test_a_figure_with_a_minus_behind_a_blank_ends_no_range() -> None:
    assert [fact.quote for fact in read("增长率 10.9% -2.4%。")] == ["10.9%", "2.4%"]
