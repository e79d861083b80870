"""What a report says of itself, on lines, in cells, in titles, signatures and conclusions; and its place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers import parse
from parsers.report.gazetteer import gazetteer
from parsers.report.places import locate, place_end
from tests.small_documents import document, report

BODY = "本年度项目按计划推进，资金拨付及时，各项任务均已完成，群众反映良好，未发现违规使用资金的情况。"
TEXT = ("一、项目概况", BODY)
TITLE = "项目支出绩效自评报告"


@pytest.mark.parametrize(
    ("title", "project"),
    [
        ("2019年城乡医疗救助项目绩效自评报告", "城乡医疗救助项目"),
        ("怀阳县2023年农村公路养护工程绩效自评报告", "农村公路养护工程"),
        ("2021年度埇桥区城乡医疗救助民生工程绩效自评报告", "城乡医疗救助民生工程"),
        ("澄川县教育局关于2022年度学前教育资助项目的绩效自评报告", "学前教育资助项目"),
        ("碧溪县城镇老旧小区改造项目绩效评价报告", "城镇老旧小区改造项目"),
        ("2022年社区养老服务补贴绩效自评报告", "社区养老服务补贴"),
        ("2022-2024年灵溪县乡村道路提升资金绩效评价报告", "乡村道路提升资金"),
        ("2022年度部门整体支出绩效自评报告", ""),
        ("财政支出项目绩效自评报告", ""),
        ("清沅州2022年农村公路养护资金绩效评价报告", "农村公路养护资金"),
        ("望溪镇2023年度庭院经济项目绩效自评报告", "庭院经济项目"),
        ("清沅市2022年度部门（单位）整体支出绩效自评报告", ""),
        ("项目支出绩效自评表", ""),
        ("关于2024年1—8月生态环境专项资金绩效运行监控情况的报告", "生态环境专项资金"),
        ("清沅市2024年上半年河道保洁项目绩效运行监控报告", "河道保洁项目"),
    ],
)
def test_the_project_of_a_title(title: str, project: str) -> None:
    assert report(title, *TEXT).project == project


def test_the_project_that_the_text_names() -> None:
    text = "通过对2019年全区城乡医疗救助项目的实施情况进行绩效评价，了解项目是否达到预期目标。"
    assert report(TITLE, "一、项目概况", text).project == "城乡医疗救助项目"


@pytest.mark.parametrize(
    ("sentence", "score"),
    [
        ("绩效评价得分为97.6分，评价结果为优。", "97.6"),
        ("绩效自评，自评得分 94 分。", "94"),
        ("达到既定目标，县医保局自评 95 分。", "95"),
        ("自评100分", "100"),
        ("综合评定自评分为94.3分。", "94.3"),
        ("经综合评分，该项目得分100分。", "100"),
        ("综上，自评总分97分。", "97"),
        ("项目管理20分，自评19分；资金管理15分，自评15分。合计96.1分。", "96.1"),
        ("自评得分96分，其中资金执行9.8分（满分10分）、产出48.7分（满分50分）。", "96"),
        ("（一）投入（满分20分，自评19分）", None),
        ("每少一项扣2分，满分100分。", None),
        ("家长满意度96%以上，自评得20分。", None),
        ("本次自评得分93.6分（满分100分），等级为优。", "93.6"),
        ("对照指标体系，自评得分为八十七分。", "87"),
        ("自评得分为九十一点五分。", "91.5"),
        ("自评结果：88.4分（良）。", "88.4"),
        ("第三方机构评价得分84分，单位自评得分97分。", "97"),
        ("经专家组评定得分90分。", "90"),
        ("自评得分：4.5分（满分5分）", None),
        ("经自评，我单位得分为92分。", "92"),
        ("资金到位率：97%；得分：9.7分", None),
        ("县里组织复核，得分：88分。", "88"),
    ],
)
def test_the_mark_that_a_report_gives_itself(sentence: str, score: str | None) -> None:
    assert report(TITLE, "一、评价结论", sentence).self_score == (Decimal(score) if score else None)


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("得分为97.6分，评价结果为优。", "优"),
        ("评价绩效等级为“优”。", "优"),
        ("自评98.5分，评价等级为优秀。", "优秀"),
        ("评价等次（良好）", "良好"),
        ("自评等级：良", "良"),
        ("政策实施效果优秀，成效显著。", ""),
        ("优良中等路率达到89%。", ""),
        ("等级分为优、良、中、差，90分以上评定为优，80分至90分评定为良，60分以下评定为差。", ""),
        ("17个项目评为一等，1个项目评为二等。", ""),
        ("其中评价结果为“良”的项目4个、“中”1个。", ""),
        ("自评等级为优等次的单位有6家。", ""),
        ("自评等级为优、良的项目占九成。", ""),
        ("自评结果：88.4分（良）。", "良"),
    ],
)
def test_the_grade(sentence: str, grade: str) -> None:
    assert report(TITLE, "一、评价结论", sentence).grade == grade


def test_a_mark_of_one_item_is_not_the_whole() -> None:
    rows = [["指标名称", "满分", "得分"], ["项目过程", "40", "37"], ["项目产出", "60", "55.5"], ["总计", "100", "92.5"]]
    assert report(TITLE, "一、资金情况", "资金到位率：97%；得分：9.7分", rows).self_score == Decimal("92.5")


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2024.3.25", "2024-03-25"),
        ("2022年8 月16日", "2022-08-16"),
        ("二〇二二年三月", "2022-03"),
        ("二○二一年十二月三十一日", "2021-12-31"),
        ("2024-03-05", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("2022 年 3 月　日", "2022-03"),
        ("2024.10", "2024-10"),
        ("　年　月　日", ""),
    ],
)
def test_dates_in_all_spellings(value: str, date: str) -> None:
    assert report(TITLE, f"填报日期：{value}", *TEXT).fill_date == date


def test_signature_and_date_on_one_line() -> None:
    found = report(TITLE, *TEXT, "清沅市水利局2023年4月26日")
    assert (found.organisation, found.report_date) == ("清沅市水利局", "2023-04-26")


def test_blank_and_swapped_fields_are_kept_as_they_stand() -> None:
    found = report(
        TITLE, "项目单位：（公章）", "主管部门：望川县民政局", "填报人姓名：6650231", "联系电话：孟晓溪", *TEXT
    )
    assert (found.organisation, found.filled_by, found.phone) == ("望川县民政局", "6650231", "孟晓溪")


def test_the_unit_itself_comes_before_its_superior() -> None:
    lines = ("主管部门：望川县民政局", "项目单位：（盖章）望川县殡葬管理所")
    assert report(TITLE, *lines, *TEXT).organisation == "望川县殡葬管理所"


def test_fields_that_only_one_blank_parts() -> None:
    found = report(TITLE, "填报人（签名）：张三 联系电话：0871-6321234 填报日期：2024年3月5日", *TEXT)
    assert (found.filled_by, found.phone, found.fill_date) == ("张三", "0871-6321234", "2024-03-05")


@pytest.mark.parametrize(
    ("lines", "title", "kind"),
    [
        (("大姚县2024年4月财政预算执行情况",), "大姚县2024年4月财政预算执行情况", "财政预算执行情况"),
        (("清沅市民政局2018年救助工作总结",), "清沅市民政局2018年救助工作总结", "工作总结"),
        (("扶贫资金专项审计结果公告",), "扶贫资金专项审计结果公告", "审计结果公告"),
        (("清沅市水务局2024年工作总结和2025年工作思路",), "清沅市水务局2024年工作总结和2025年工作思路", "工作总结"),
        (("2024年工作总结及下一步工作打算",), "2024年工作总结及下一步工作打算", "工作总结"),
        (("2024年工作总结暨2025年重点工作安排的报告",), "2024年工作总结暨2025年重点工作安排的报告", "工作总结"),
        (("清沅市2024年工作情况及2025年工作要点",), "清沅市2024年工作情况及2025年工作要点", "工作情况"),
        (("现将2024年工作总结和2025年工作思路汇报如下：",), "", ""),
        (("首页 > 财政", "返回", "清沅市水务局2022年度部门决算"), "清沅市水务局2022年度部门决算", "部门决算"),
        (("首页 > 财政", "返回", "2022年度部门决算情况说明"), "", ""),
        (("财政收支情况",), "", ""),
        (("现将有关情况汇报如下：",), "", ""),
    ],
)
def test_titles_of_reports_of_other_kinds(lines: tuple[str, ...], title: str, kind: str) -> None:
    found = report(*lines, "（一）收入情况。", BODY)
    assert (found.title, found.report_type) == (title, kind)


@pytest.mark.parametrize(
    "title", ["清沅市水务局2024年工作总结和2025年工作思路", "清沅市水务局2025年工作计划及2024年工作总结"]
)
def test_the_year_of_a_summary_is_that_of_what_it_sums_up(title: str) -> None:
    found = report(title, BODY, "2025年，计划改造水厂2座。2025年底完工。")
    assert (found.title, found.year, found.organisation) == (title, "2024", "清沅市水务局")


def test_the_unit_and_place_of_such_a_title() -> None:
    found = report("国家统计局关于2021年粮食产量数据的公告", BODY)
    assert (found.organisation, found.year) == ("国家统计局", "2021")
    assert report("2023年广东交通固定资产投资完成情况", BODY).province == "广东省"


def test_a_unit_that_the_text_names_is_of_the_titles_place() -> None:
    title = "关于2021年广德市帮扶资金跟踪审计的结果报告"
    text = "拨付帮扶资金至砀山县财政局，追加帮扶资金至砀山县财政局。"
    found = report(title, "一、资金使用情况", text)
    assert (found.organisation, found.city, found.county) == ("", "宣城市", "广德市")
    found = report("帮扶资金跟踪审计的结果报告", "一、资金使用情况", text)
    assert found.organisation == "砀山县财政局"


def test_a_date_above_the_title_is_no_part_of_it() -> None:
    found = report("清沅市水利局", "2022年12月30日", "绩效目标自评表", "（2022年度）", [["项目名称", "河道保洁"]])
    assert (found.title, found.organisation, found.project) == ("绩效目标自评表", "清沅市水利局", "河道保洁")


def test_labels_of_a_transfer_and_codes_of_the_budget_system() -> None:
    rows = [
        ["转移支付（项目）名称", "53012324T000010263357-农村公路补助资金", "<", "<"],
        ["中央主管部门", "财政部", "<", "<"],
        ["地方主管部门", "清沅市交通运输局部门", "资金使用单位", "清沅市公路养护中心"],
    ]
    found = report("农村公路补助资金绩效目标自评", "（2021年度）", rows)
    assert (found.title, found.report_type) == ("农村公路补助资金绩效目标自评", "绩效目标自评")
    assert (found.organisation, found.project) == ("清沅市公路养护中心", "农村公路补助资金")


def test_a_list_of_projects_is_no_cover() -> None:
    rows = [
        ["项目名称", "预算数", "执行数"],
        ["甲项目", "5", "5"],
        ["单位名称", "收入合计", "支出合计"],
        ["局机关", "1", "1"],
    ]
    found = report(TITLE, *TEXT, rows)
    assert (found.project, found.organisation) == ("", "")


def test_the_head_of_a_list_is_no_cover_whatever_stands_beside_the_name() -> None:
    rows = [["项目名称", "建设地点", "预算金额（万元）", "执行率"], ["泵站改造", "望川镇", "120", "98%"]]
    assert report("清沅市2023年度专项资金绩效自评报告", *TEXT, rows).project != "建设地点"
    form = [["项目名称", "泵站改造", "预算数", "120"], ["执行数", "118", "执行率", "98%"]]
    assert report(TITLE, form).project == "泵站改造"
    form = [["项目名称", "泵站改造", "年度", "2023年", "单位", "万元"], ["执行数", "118", "执行率", "98%", "<", "<"]]
    assert report(TITLE, form).project == "泵站改造"


@pytest.mark.parametrize(
    "rows",
    [
        [["项目名称", "实施地点", "下达金额（万元）", "受益户数"], ["泵站改造", "望川镇", "320", "214"]],
        [["项目名称", "实施地点", "金额（万元）"], ["泵站改造", "望川镇", "320"]],
        [["项目名称", "下达金额（万元）", "已支付（元）"], ["泵站改造", "320", "2986400"]],
        [["序号", "项目名称", "建设内容", "投资", "户数"], ["1", "泵站改造", "泵房2座", "320", "2986400"]],
    ],
)
def test_labels_above_columns_of_figures_are_no_fields(rows: list[list[str]]) -> None:
    assert report("清沅市2023年度专项资金支付进度表", rows).project == ""


def test_fields_above_a_row_of_figures_are_fields() -> None:
    form = [
        ["项目名称", "泵站改造", "<", "<", "项目类型", "延续项目"],
        ["资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "得分"],
        ["^", "320", "320", "310", "10", "9.7"],
    ]
    assert report(TITLE, form).project == "泵站改造"
    form = [["项目名称", "泵站改造（二期）", "主管部门", "水利局（公章）"], ["资金总额", "320", "财政资金", "300"]]
    assert report(TITLE, form).project == "泵站改造(二期)"


@pytest.mark.parametrize("label", ["项目编码及名称", "项目名称及代码"])
def test_a_project_beside_its_code(label: str) -> None:
    rows = [[label, "530421-河道保洁补助", "<", "<"], ["主管部门", "清沅市水利局", "预算单位", "清沅市河道所"]]
    assert report(TITLE, rows).project == "河道保洁补助"


def test_grade_and_total_in_cells() -> None:
    rows = [["评价内容", "绩效目标", "完成情况"], ["质量", "指标1：合格率", "50"], ["质量", "指标2：到位率", "46"]]
    found = report(TITLE, *TEXT, [*rows, ["自评综合得分", "96", ""], ["评价等次", "优秀", ""]])
    assert (found.self_score, found.grade) == (Decimal(96), "优秀")


def test_the_full_mark_beside_the_given_one_is_not_the_reports() -> None:
    assert report(TITLE, *TEXT, [["评价机构", "清沅市财政局", ""], ["总分", "100", "96.35"]]).self_score == Decimal(
        "96.35"
    )


def test_an_annexed_form_belongs_to_the_report_and_another_projects_form_does_not() -> None:
    def form(project: str) -> list[list[str]]:
        return [["项目名称", project], ["主管部门", "平洛县农业农村局"]]

    lines = ("平洛县2021年高标准农田建设项目绩效自评报告", *TEXT, "项目支出绩效自评表")
    assert len(parse(document(*lines, form("高标准农田建设项目")))) == 1
    found = parse(document(*lines, form("农机购置补贴"), "项目支出绩效自评表", form("良种补贴")))
    assert [one.project for one in found] == ["高标准农田建设项目", "农机购置补贴", "良种补贴"]


# Places


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("昆明市东川区医疗保障局", "云南省 昆明市 东川区 530113"),
        ("临湘市医疗保障局", "湖南省 岳阳市 临湘市 430682"),
        ("宿州市重特大疾病医疗保险和救助工程", "安徽省 宿州市  341300"),
        ("仙桃市财政局", "湖北省  仙桃市 429004"),
        ("北京市朝阳区教育委员会", "北京市  朝阳区 110105"),
        ("鼓楼区教育局", "  鼓楼区 320106|320302|350102|410204"),
        ("望川县民政局", "  望川县 "),
        ("清沅市水利局", " 清沅市  "),
        ("社区卫生服务中心", "   "),
        ("某局", "   "),
        ("清沅州民政局", " 清沅州  "),
        ("望宁县水利局", "  望宁县 "),  # not 宁县 in 甘肃
        ("昆明市望宁县水利局", "云南省 昆明市 望宁县 "),
        ("云南省清沅市水利局", "云南省 清沅市  "),
        ("新大姚县水利局", "  新大姚县 "),
        ("清沅市东川区水利局", " 清沅市 东川区 "),  # the known one lies in 昆明市
        ("昆明市大姚县水利局", "云南省 昆明市 大姚县 "),  # the known one lies in another prefecture
        ("中共大姚县委", "云南省 楚雄彝族自治州 大姚县 532326"),
        ("中共和县委办公室", "安徽省 马鞍山市 和县 340523"),  # not 共和县
        ("关于拨付大姚县2021年补助", "云南省 楚雄彝族自治州 大姚县 532326"),
        ("安徽宿州埇桥区财政局", "安徽省 宿州市 埇桥区 341302"),
        ("昆明市所辖县水利局", "云南省 昆明市  530100"),
    ],
)
def test_the_place_of_a_unit(name: str, place: str) -> None:
    found = locate("2021", [name], "", "")
    assert " ".join((found.province, found.city, found.county, found.code)) == place


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("苏/南京/鼓楼区.docx", "", "320106"),
        ("", "福州市教育局下达资金，南京市前来考察，福州市财政局拨付。", "350102"),
        ("a/安徽省/b.docx", "", "320106|320302|350102|410204"),
    ],
)
def test_path_and_text_settle_a_name_that_several_bear(file: str, text: str, code: str) -> None:
    assert locate("2021", ["鼓楼区教育局"], file, text).code == code


@pytest.mark.parametrize("file", ["皖/宿州市/埇桥区/a.docx", "安徽/宿州/埇桥/a.docx", "D:\\皖\\宿州\\埇桥区.docx"])
def test_the_path_alone_tells_the_place(file: str) -> None:
    assert locate("2021", [""], file, "").code == "341302"


def test_a_code_is_that_of_the_reports_year() -> None:
    assert locate("1990", ["宿州市财政局"], "", "").code == "342201"
    assert locate("2021", ["宿州市财政局"], "", "").code == "341300"
    assert gazetteer("2999").year == gazetteer("").year


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("埇桥区城乡医疗救助", "埇桥区"),
        ("安徽省宿州市埇桥区医疗", "安徽省宿州市埇桥区"),
        ("淮清县学前教育", "淮清县"),
        ("城镇老旧小区改造", ""),
        ("城市社区建设", ""),
        ("县区财政", ""),
        ("医疗救助", ""),
    ],
)
def test_a_place_at_the_head_of_a_name(text: str, place: str) -> None:
    assert text[: place_end(text, "2021")] == place


@pytest.mark.parametrize(
    ("line", "score"),
    [
        ("评价总分为100分，项目自评得分92.5分。", "92.5"),
        ("总分为100分，等级分为四档。最终得分81分。", "81"),
        ("绩效评价总分100分。", "100"),
        ("项目自评总分100分，其中投入20分。", "100"),
    ],
)
def test_what_can_be_had_is_the_mark_only_where_no_other_is_stated(line: str, score: str) -> None:
    assert report("2023年度项目绩效自评报告", line).self_score == Decimal(score)


LISTED = ["目  录", "一、项目基本情况\t1", "二、绩效评价结论\t5", "三、有关建议\t8", "附件1：指标体系\t9"]
PAGED = [line.replace("\t", " ") for line in LISTED]
TITLES = ["项目基本情况", "绩效评价结论", "有关建议"]
CHAPTERS = [
    *("一、项目基本情况", "本项目由县交通运输局实施，资金管理规范。"),
    *("二、绩效评价结论", "项目自评得分92分。", "三、有关建议", "加强日常管护，及时拨付资金。"),
]


@pytest.mark.parametrize("listed", [LISTED, PAGED, [line.split("\t")[0] for line in LISTED]])
def test_the_title_once_more_behind_the_contents_begins_no_report(listed: list[str]) -> None:
    title = "望川县2023年农村公路养护项目支出绩效评价报告"
    found = report(title, *listed, title, *CHAPTERS)
    assert (found.title, found.self_score) == (title, Decimal(92))
    assert [section.title for section in found.sections] == TITLES


def test_another_title_behind_the_contents_begins_a_report() -> None:
    whole, one, other = (f"望川县2023年{name}项目支出绩效评价报告" for name in ("", "农村公路养护", "危桥改造"))
    found = parse(document(whole, "目录", "一、农村公路养护\t1", "二、危桥改造\t9", one, *CHAPTERS, other, *CHAPTERS))
    assert [each.title for each in found][-2:] == [one, other]


def test_an_abstract_before_the_report_is_not_in_its_title() -> None:
    title = "清沅市2023年泵站改造项目绩效评价报告"
    assert report(title, "摘要", BODY, *TEXT).title == title
    assert report(title, "摘要", *TEXT, "二、评价结论", BODY).title == f"{title}摘要"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("清沅市2023年度项目支出绩效自评结果汇总表", "绩效自评结果汇总表"),
        ("2023年度部门决算公开表", "部门决算公开表"),
        ("收入支出决算总表", "收入支出决算总表"),
    ],
)
def test_the_title_of_a_list_in_its_first_row(title: str, kind: str) -> None:
    rows = [[title, "<", "<"], ["科目", "预算数", "决算数"], ["林业", "120", "118.5"]]
    found = report("表一", rows)
    assert (found.title, found.report_type) == (title, kind)


def test_a_list_of_results_and_a_form_are_two_reports() -> None:
    listed = [
        ["清沅市2023年度项目支出绩效自评结果汇总表", "<", "<"],
        ["填报单位：清沅市水利局", "<", "<"],
        ["项目名称", "执行数", "自评得分"],
        ["泵站改造", "118.5", "97"],
    ]
    form = [
        ["项目支出绩效自评表", "<", "<", "<"],
        ["项目名称", "泵站改造", "实施单位", "清沅市泵站所"],
        ["指标", "目标值", "完成值", "得分"],
        ["改造泵站", "7座", "7座", "97"],
    ]
    found = parse(document("汇总", listed, "泵站", form))
    assert [(one.organisation, one.project) for one in found] == [("清沅市水利局", ""), ("清沅市泵站所", "泵站改造")]


@pytest.mark.parametrize("label", ["专项（项目）名称", "专项资金（项目）名称"])
def test_the_project_behind_a_label_with_a_bracket(label: str) -> None:
    assert report(TITLE, [[label, "泵站改造补助"], ["主管部门", "清沅市水利局"]]).project == "泵站改造补助"


# The page around a report

PAGE = ("来源：财务科", "发布时间：2024-07-03 10:20", "浏览量：35")


def test_below_the_lines_of_a_page_stands_the_title_of_the_report() -> None:
    page = "清沅市公路养护中心2022绩效自评报告及评分表"
    found = report(page, *PAGE, "清沅市2022年度部门整体支出", "绩效评价自评报告", *TEXT)
    assert found.title == "清沅市2022年度部门整体支出绩效评价自评报告"
    assert found.span.start == 0


def test_a_title_that_says_less_than_the_pages_is_none() -> None:
    page = "清沅市水利局2022年度河道保洁项目绩效自评报告"
    assert report(page, *PAGE, "项目支出绩效自评报告", *TEXT).title == page


def test_the_title_of_an_annex_below_the_text_is_not_the_reports() -> None:
    page = "清沅市水利局2022年度河道保洁项目绩效自评报告"
    assert report(page, *PAGE, BODY, "临江市2022年度项目支出绩效自评表", "填报单位：清沅市水利局").title == page


def test_a_second_title_right_below_the_first_is_none() -> None:
    title = "清沅市水利局2022年度河道保洁项目绩效自评报告"
    assert report(title, "临江市2022年度绩效自评报告", *TEXT).title == title


def test_the_way_to_a_page_is_no_title() -> None:
    found = report("首页 > 财政信息 > 项目绩效自评报告", "2021年渡口维修项目绩效自评报告", *TEXT)
    assert found.title == "2021年渡口维修项目绩效自评报告"


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        ((TITLE, *PAGE, "（2022年度）", *TEXT), "2022"),
        ((TITLE, "评价年度：2021", "填报日期：2022年5月18日", *TEXT, "2022年安排资金5万元。2022年完工。"), "2021"),
        ((TITLE, *TEXT, "2021年资金到位5万元。", "清沅市水利局", "2022年5月18日"), "2021"),
        ((TITLE, *TEXT, "2021年资金到位5万元。", "下一篇：2023年部门预算、2023年部门决算"), "2021"),
        ((TITLE, *TEXT, "清沅市水利局", "2022年5月18日"), "2022"),
        ((TITLE, "评价年度：2019-2021", *TEXT, "2020年资金到位5万元。"), "2020"),
    ],
)
def test_the_year_is_not_that_of_a_day_or_of_another_page(lines: tuple[str, ...], year: str) -> None:
    assert report(*lines).year == year


@pytest.mark.parametrize("above", [[TITLE.replace("报告", "表"), "<", "<", "<"], None])
def test_the_year_in_a_row_of_its_own_is_the_forms(above: list[str] | None) -> None:
    rows = [
        ["（2025年度）", "<", "<", "<"],
        ["项目名称", "牧场改造", "项目期", "2024年—2026年"],
        ["中期目标（2024—2026年）", "改造牧场120户，2026年10月底前完工", "完工时间", "2026年"],
    ]
    found = report(*([] if above else ["项目支出绩效自评表"]), [above, *rows] if above else rows)
    assert (found.title, found.year) == ("项目支出绩效自评表", "2025")


def test_a_report_without_a_year_has_that_of_the_one_before() -> None:
    first = ("2021年渡口维修项目绩效自评报告", *TEXT)
    found = parse(document(*first, "桥梁检测项目绩效自评报告", *TEXT, "清沅市交通局", "2022年3月28日"))
    assert [each.year for each in found] == ["2021", "2021"]


@pytest.mark.parametrize(
    ("date", "iso"),
    [("2023年8月", "2023-08"), ("二〇二三年八月", "2023-08"), ("2023年8月15日", "2023-08-15"), ("2023-08-15", "")],
)
def test_a_date_alone_on_the_cover(date: str, iso: str) -> None:
    lines = [f"（{number}）完成第{number}批任务，资金拨付及时。" for number in "一二三四五六七八九"]
    assert report("2022年渡口维修项目绩效评价报告", "青岚会计师事务所", date, *TEXT, *lines).report_date == iso


@pytest.mark.parametrize(
    ("rows", "organisation"),
    [
        ([["省级主管部门", "青岚省水利厅"], ["资金使用单位", "清沅市水利局"]], "清沅市水利局"),
        ([["省级主管部门", "青岚省水利厅"]], "青岚省水利厅"),
        ([["主管部门", "清沅市水利局"], ["实施单位", "清沅市河道管理所"]], "清沅市河道管理所"),
        ([["实施单位", "清沅市河道管理所"], ["主管部门", "清沅市水利局"]], "清沅市河道管理所"),
        ([["实施单位", "清沅市河道管理所"], ["填报单位", "清沅市水库中心"]], "清沅市水库中心"),
        ([["主管部门", "清沅市水利局"], ["实施单位", "各乡镇人民政府"]], "清沅市水利局"),
        ([["主管部门", "清沅市教育局"], ["实施单位", "清沅市二中"]], "清沅市二中"),
        ([["主管部门", "清沅市水利局[318]"]], "清沅市水利局"),
        ([["主管部门", "清沅市水利局"], ["实施单位", "清沅市河道管理所、清沅市水库中心"]], "清沅市水利局"),
        ([["一级预算单位", "清沅市水利局"], ["二级预算单位", "清沅市河道管理所"]], "清沅市河道管理所"),
        ([["单位（盖章）", "清沅市水利局"]], "清沅市水利局"),
        ([["市级预算部门名称", "清沅市水利局"]], "清沅市水利局"),
    ],
)
def test_who_is_above_the_unit(rows: list[list[str]], organisation: str) -> None:
    assert report(TITLE, "（2022年度）", [["项目名称", "河道保洁"], *rows]).organisation == organisation


@pytest.mark.parametrize(
    ("line", "organisation"),
    [
        ("预算部门单位（公章）：清沅市水利局", "清沅市水利局"),
        ("实施单位：各乡镇", ""),
        ("自评部门（单位）：清沅市水利局", "清沅市水利局"),
    ],
)
def test_units_on_lines(line: str, organisation: str) -> None:
    assert report(TITLE, line, *TEXT).organisation == organisation


@pytest.mark.parametrize(
    ("title", "project"),
    [
        ("清沅市财政局2021年度机关整体支出绩效评价报告", ""),
        ("城区信号灯维护项目2021年绩效评价报告", "城区信号灯维护项目"),
        ("中央对地方专项转移支付区域绩效目标自评表", ""),
        ("清沅市财政局2021年投资评审经费绩效自评报告", "投资评审经费"),
    ],
)
def test_what_a_title_names_is_no_place_organ_or_year(title: str, project: str) -> None:
    assert report(title, *TEXT).project == project


def test_the_own_offices_projects_are_no_project() -> None:
    assert report(TITLE, "一、概况", "我们对本部门项目资金开展了绩效自评。").project == ""


def test_a_name_of_the_transfer() -> None:
    rows = [["转移支付名称", "渡口维修资金"], ["主管部门", "清沅市交通局"]]
    assert report(TITLE, "（2022年度）", rows).project == "渡口维修资金"


def test_a_rating_is_a_grade() -> None:
    assert report(TITLE, *TEXT, "项目总得分83.75分，绩效评级为“良”。").grade == "良"


@pytest.mark.parametrize(
    ("line", "project"),
    [
        ("项目名称\t渡口维修", "渡口维修"),
        ("项目名称\t预算数", ""),
        ("项目名称\t渡口维修\t5万元", ""),
        ("项目名称渡口维修", ""),
    ],
)
def test_a_row_of_two_cells_that_kept_its_tab(line: str, project: str) -> None:
    assert report(TITLE, line, *TEXT).project == project


def test_the_place_is_that_of_who_is_above_a_unit_that_names_none() -> None:
    rows = [["主管部门", "大姚县教育局"], ["实施单位", "县二中"]]
    found = report(TITLE, "（2022年度）", rows)
    assert (found.organisation, found.county, found.region_code) == ("县二中", "大姚县", "532326")


@pytest.mark.parametrize(
    ("line", "organisation"),
    [
        ("部门：清沅市林业局　金额单位：万元", "清沅市林业局"),
        ("单位（盖章）：清沅市疾控中心    金额单位：元", "清沅市疾控中心"),
        ("单位：万元", ""),
        ("牵头部门：清沅市林业局", ""),
        ("部门：各乡镇政府", ""),
    ],
)
def test_a_bare_label_before_the_name_of_an_organ(line: str, organisation: str) -> None:
    rows = [[line, "<", "<"], ["科目", "预算数", "决算数"], ["林业", "120", "118.5"]]
    assert report(TITLE, "（2022年度）", line, *TEXT).organisation == organisation
    assert report(TITLE, "（2022年度）", rows).organisation == organisation


def test_fields_with_their_values_in_one_row_of_gaps() -> None:
    line = "主管部门 清沅市水利局 实施单位 清沅市河道管理所"
    found = report(TITLE, "项目名称 渡口维修", line, *TEXT)
    assert (found.project, found.organisation) == ("渡口维修", "清沅市河道管理所")
    assert report(TITLE, "项目名称 主管部门 实施单位 联系人", *TEXT).organisation == ""


def test_a_mark_of_the_whole_in_other_words() -> None:
    assert report(TITLE, *TEXT, "总评分89.6分，自评等次为良。").self_score == Decimal("89.6")


def test_forms_one_after_another_a_cell_a_line() -> None:
    def form(project: str, reached: str) -> tuple[str, ...]:
        head = ("二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
        lines = (
            "项目名称",
            project,
            "主管部门",
            "清沅市交通局",
            *head,
            "数量指标",
            "渡口数",
            "≥12处",
            reached,
            "50",
            "50",
        )
        return (*lines, "质量指标", "完好率", "100%", "100%", "50", "48", "总分", "100", "98")

    title = ("项目支出绩效自评表", "（2023年度）")
    found = parse(document(*title, *form("渡口维修", "12处"), *title, *form("航道巡查", "15处")))
    assert [(each.project, each.self_score) for each in found] == [("渡口维修", Decimal(98)), ("航道巡查", Decimal(98))]


def test_a_title_that_runs_into_the_text() -> None:
    found = report("附件3青岚省临江县2022年渡口维修补助绩效自评报告为进一步规范资金管理，" + BODY * 2)
    assert (found.title, found.year) == ("青岚省临江县2022年渡口维修补助绩效自评报告", "2022")
    assert report("我局按时报送了绩效自评报告，为进一步规范资金管理，" + BODY * 2).title == ""
