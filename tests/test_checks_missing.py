"""What is missing or stands apart: grades, contents, annexes, empty tables, sums of products, implausible values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from jixiao.checks import check
from jixiao.findings import Finding, Severity, Verdict
from parsers import parse
from parsers.packs import default_packs, with_indicators
from parsers.report.grades import stated_scale
from tests.checking import contradictions, findings
from tests.small_documents import Rows, document


def of(check_id: str, *parts: str | Rows) -> list[Finding]:
    return [found for found in findings(*parts) if found.check_id == check_id]


# Grades

SCALES = [
    "90分（含）以上为优，80分（含）—90分为良，60分（含）—80分为中，60分以下为差。",
    "绩效评价结果分为优（90-100分）、良（80-89分）、中（60-79分）、差（0-59分）四个档次。",
    "优秀：90分（含90分）以上；良好：75分至90分；合格：60至75分；不合格：60分以下。",
    "等级标准：得分≥90分为优，80≤得分<90为良，60≤得分<80为中，得分<60为差。",
    "等级分为四档：100-90（含）分为优、90-80（含）分为良、80-60（含）分为中、60分以下为差。",
    "等级分为优（S≥90）、良（90>S≥80）、中（80>S≥60）、差（S<60）。",
    "90-100分（含90分）的，绩效等级为优；80-90分（含80分）的，为良；60-80分（含60分）的，为中；60分以下的，为差。",
    "优等 90 分以上，良等 80 分以上 90 分以下，中等 60 分以上 80 分以下，差等 60 分以下。",
    "评价得分在90分以上的为优秀，80-90分（含80分）的为良好，60-80分（含60分）的为合格，60分以下的为不合格。",
]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(
    ("score", "grade", "verdict"),
    [
        ("92.5", "优", Verdict.CONSISTENT),
        ("92.5", "良", Verdict.INCONSISTENT),
        ("81", "优秀", Verdict.INCONSISTENT),
        ("81", "良好", Verdict.CONSISTENT),
        ("59", "合格", Verdict.INCONSISTENT),
    ],
)
def test_a_grade_is_that_of_its_mark_on_the_scale_stated(scale: str, score: str, grade: str, verdict: Verdict) -> None:
    (found,) = of("marks.grade", scale, "二、自评结论", f"项目自评得分{score}分，评价等级为“{grade}”。")
    assert found.verdict is verdict
    assert found.severity is (Severity.NONE if verdict is Verdict.CONSISTENT else Severity.HIGH)
    assert "报告所列标准" in found.message_zh


def test_the_mark_beside_the_scale_is_no_step_of_it() -> None:
    scale = "按90分以上为优、80-90分为良、60-80分为中、60分以下为差的标准，项目自评得分{}分，评价等级为良。"
    (found,) = of("marks.grade", "一、结论", "评价等级为良。", scale.format("92"))
    assert found.verdict is Verdict.INCONSISTENT
    assert found.computed == "92分 → 优（优≥90，良≥80，中≥60，差≥0）"


def test_a_scale_of_its_own_decides() -> None:
    own = "等级划分：95分以上为优，85-95分为良，60-85分为中，60分以下为差。"
    stated = "项目自评得分92分，评价等级为“{}”。"
    assert contradictions(own, "二、结论", stated.format("优")) == ["marks.grade"]
    assert contradictions(own, "二、结论", stated.format("良")) == []


def test_what_was_recognised_says_that_it_may_be_misread() -> None:
    lines = (
        "2023年度项目绩效自评报告",
        SCALES[0],
        "二、结论",
        "项目自评得分92.5分，评价等级为良。",
        CLASSES.format("105.17"),
    )
    read = replace(document(*lines), ocr_pages=1)
    (report,) = parse(read)
    report = replace(report, facts=tuple(fact._replace(ocr_score=0.9) for fact in report.facts))
    found = {f.check_id: f for f in check(read, report) if f.check_id in ("marks.grade", "price.sum")}
    assert len(found) == 2
    for one in found.values():
        assert (one.verdict, one.severity) == (Verdict.INCONSISTENT, Severity.LOW)
        assert "图像识别" in one.message_zh
        assert "recognised from an image" in one.message


def test_a_grade_that_fits_another_mark_of_the_report_is_left_alone() -> None:
    scale = "总分为100分，等级分为四档：100-90（含）分为优、90-80（含）分为良、80-60（含）分为中、60分以下为差。"
    assert contradictions(scale, "二、结论", "项目自评得分81分，评价等级为良。") == []


@pytest.mark.parametrize(
    "line",
    [
        "优良率达到95%，良好率80%，中等以上60%，差评率3%。",
        "优质服务90分以上单位3个，良好80分以上单位5个，中等60分以上单位7个。",
        "水质优良断面比例90%以上为优，75%以上为良，60%以上为中，60%以下为差。",
        "优90分，良好80分，合格60分。",
        "优秀90分以上，良好95分以上，合格60分以上。",
        "优（90-100分）、良（80-89分）。",
    ],
)
def test_what_is_no_scale_of_grades_is_taken_for_none(line: str) -> None:
    assert stated_scale(line) is None


def test_without_a_scale_the_usual_one_confirms_and_never_accuses() -> None:
    (agrees,) = of("marks.grade", "项目自评得分92分，评价等级为优。")
    (differs,) = of("marks.grade", "项目自评得分92分，评价等级为良。")
    assert (agrees.verdict, differs.verdict) == (Verdict.CONSISTENT, Verdict.UNCHECKABLE)
    assert differs.severity is Severity.LOW
    assert "未列等级标准" in differs.message_zh


@pytest.mark.parametrize("score", ["90", "80", "60"])
def test_a_mark_on_the_boundary_may_go_either_way_where_the_scale_does_not_say(score: str) -> None:
    scale = "90-100分为优，80-90分为良，60-80分为中，60分以下为差。"
    for grade in {"90": "优良", "80": "良中", "60": "中差"}[score]:
        (found,) = of("marks.grade", scale, "二、结论", f"项目自评得分{score}分，评价等级为{grade}。")
        assert found.verdict is Verdict.CONSISTENT


@pytest.mark.parametrize(
    "line", ["项目自评得分92分。", "评价等级为优。", "项目自评得分112分，评价等级为良。", "得分92分，评价等级为A级。"]
)
def test_half_of_it_or_another_scale_says_nothing(line: str) -> None:
    assert of("marks.grade", line) == []


# Contents and annexes

BODY = "本项目由县财政局牵头实施，资金管理办法健全，程序合规，按计划完成了各项任务。" * 3
CONTENTS = [
    "目  录",
    "一、项目基本情况\t1",
    "二、绩效评价工作开展情况\t3",
    "三、综合评价情况及评价结论\t5",
    "四、存在的问题\t7",
]
CHAPTERS = ["一、项目基本情况", BODY, "二、绩效评价工作开展情况", BODY, "三、综合评价情况及结论", BODY]


def test_a_chapter_that_the_contents_name_and_the_body_lacks_is_told() -> None:
    (found,) = of("blank.section", *CONTENTS, *CHAPTERS)
    assert found.quotes == ("四、存在的问题",)
    assert (found.verdict, found.severity) == (Verdict.UNCHECKABLE, Severity.LOW)
    assert "四、存在的问题" in found.message
    assert of("blank.section", *CONTENTS, *CHAPTERS, "四、存在的主要问题", BODY) == []


@pytest.mark.parametrize("lead", ["……", "." * 90, "·" * 40, " ", "\t", ""])
def test_pages_stand_behind_points_or_a_gap_or_nothing(lead: str) -> None:
    listed = [line.replace("\t", lead) for line in CONTENTS]
    (found,) = of("blank.section", *listed, *CHAPTERS)
    assert found.quotes == ("四、存在的问题",)


def test_contents_without_page_numbers_end_where_the_first_chapter_comes_again() -> None:
    bare = [line.split("\t")[0] for line in CONTENTS]
    (found,) = of("blank.section", *bare, *CHAPTERS)
    assert found.quotes == ("四、存在的问题",)
    assert of("blank.section", *bare, *CHAPTERS, "四、存在的问题", BODY) == []


def test_an_annex_that_the_contents_name_may_be_a_table() -> None:
    listed = [*CONTENTS[:4], "附件1：项目支出绩效自评表\t9"]
    (found,) = of("blank.annex", *listed, *CHAPTERS)
    assert "另行成文" in found.message_zh
    table: Rows = [["项目支出绩效自评表", "<"], ["项目名称", "道路养护"], ["实施单位", "县交通局"]]
    assert of("blank.annex", *listed, *CHAPTERS, table) == []


@pytest.mark.parametrize(
    "contents",
    [
        ["目录", "县财政局关于项目绩效评价工作的说明，共分三个部分。", "一、项目基本情况"],
        ["医保目录", *CONTENTS[1:]],
        ["目录"],
        ["目录", "一、项目基本情况"],
    ],
)
def test_what_is_no_table_of_contents_promises_nothing(contents: list[str]) -> None:
    assert of("blank.section", *contents, *CHAPTERS) == []


def test_contents_of_another_text_are_left_alone() -> None:
    other = [
        "目录",
        "一、项目基本情况\t1",
        "二、社会保障\t2",
        "三、农林水事务\t3",
        "四、教育支出\t4",
        "五、其他事项说明\t5",
    ]
    assert of("blank.section", *other, *CHAPTERS[:2]) == []


SIGNED = ["县财政局", "2024年3月18日"]


def test_annexes_that_a_letter_lists_and_the_file_lacks_are_told() -> None:
    (found,) = of("blank.annex", BODY, "附件：1.项目支出绩效自评表", "2.佐证材料清单", *SIGNED)
    assert found.quotes == ("项目支出绩效自评表", "佐证材料清单")
    (sole,) = of("blank.annex", BODY, "附件：项目支出绩效自评表", *SIGNED)
    assert sole.quotes == ("项目支出绩效自评表",)


def test_annexes_that_are_there_or_are_only_headed_so_are_not_told() -> None:
    annexed = ["附件1", "项目支出绩效自评表", BODY, "附件2", "佐证材料清单", BODY]
    assert of("blank.annex", BODY, "附件：1.项目支出绩效自评表", "2.佐证材料清单", *SIGNED, *annexed) == []
    assert (
        of("blank.annex", BODY, "附件：1.项目支出绩效自评表", "2.佐证材料清单", *SIGNED, "附件1", BODY, "附件二", BODY)
        == []
    )
    assert of("blank.annex", BODY, "附件：项目支出绩效自评表", BODY * 2) == [], "the annex itself"
    assert of("blank.annex", BODY, "附件", BODY) == []
    assert of("blank.annex", "附件1：", "项目支出绩效自评报告", BODY) == []


# Empty tables

EMPTY: Rows = [["项目", "预算数", "支出数"], ["", "", ""], ["", "", ""]]


def test_an_empty_table_without_a_word_why_is_told() -> None:
    (found,) = of("blank.table", "政府采购情况表", EMPTY)
    assert "项目、预算数、支出数" in found.message_zh
    assert (found.verdict, found.severity) == (Verdict.UNCHECKABLE, Severity.LOW)
    (labelled,) = of("blank.table", "支出情况表", [EMPTY[0], ["办公费", "", ""], ["差旅费", "", ""]])
    assert labelled.check_id == "blank.table"


@pytest.mark.parametrize(
    "parts",
    [
        ["本单位无政府采购。", EMPTY],
        ["采购情况表", EMPTY, "本年度未发生政府采购，故本表为空表。"],
        ["采购情况表", [EMPTY[0], ["", "", ""], ["合计", "0", "0"]]],
        ["采购情况表", [EMPTY[0], ["桌椅", "—", ""], ["", "", ""]]],
        ["采购情况表", [["项目名称", "道路养护"], ["实施单位", ""]]],
    ],
)
def test_a_table_with_a_word_in_it_or_beside_it_is_not(parts: list[str | Rows]) -> None:
    assert of("blank.table", *parts) == []


# Sums of products

CLASSES = "资助小学生512人，每人每年1000元；初中生403人，每人每年1250元，共计发放{}万元。"


@pytest.mark.parametrize("amount", ["101.5", "101.57", "101.575", "101.58"])
def test_a_sum_of_products_holds_within_its_rounding(amount: str) -> None:
    (found,) = of("price.sum", CLASSES.format(amount))
    assert (found.verdict, found.tolerance is not None) == (Verdict.CONSISTENT, True)
    assert contradictions(CLASSES.format(amount)) == [], "the amount is not the last product"


def test_a_sum_of_products_that_is_near_and_not_met_is_told() -> None:
    (found,) = of("price.sum", CLASSES.format("105.17"))
    assert (found.verdict, found.severity) == (Verdict.INCONSISTENT, Severity.MEDIUM)
    assert found.difference == Decimal(35950)
    assert "512人 × 1000元/人·年 + 403人 × 1250元/人·年 = 101.575万元" in found.computed


def test_yuan_for_ten_thousand_yuan_is_seen_in_a_sum_of_products() -> None:
    (found,) = of("price.sum", CLASSES.replace("万元", "元").format("101.58"))
    assert found.verdict is Verdict.INCONSISTENT
    assert "可能系单位之误" in found.message_zh
    assert contradictions(CLASSES.format("350.2")) == [], "too far off to be meant"


def test_twelve_months_make_a_year() -> None:
    line = "80岁以上1200人，每人每月50元；90岁以上300人，每人每月100元，全年共发放108万元。"
    (found,) = of("price.sum", line)
    assert found.computed.startswith("(1200人 × 50元/人·月 + 300人 × 100元/人·月) × 12")
    assert contradictions(line.replace("108万", "103万")) == [], "persons come and go in a year"


@pytest.mark.parametrize(
    "line",
    [
        "资助小学生512人，每人每年1000元；初中生403人，每人每月1250元，共计发放101.57万元。",
        "资助小学生512人，每人每年1000元；初中生不少于403人，每人每年1250元，共计发放101.57万元。",
        "资助小学生512人，每人每年1000元；初中生403人，每人每年1250元，其余支出105.17万元。",
        "资助小学生512人，每人每年1000元；初中生403人，每人每年1250元，项目总投资900万元。",
    ],
)
def test_products_that_need_not_be_the_amount_accuse_nothing(line: str) -> None:
    assert contradictions(line) == []


# Ranges of the indicator packs

HEAD = ("（2022年度）", "项目单位：新丰县医疗保障局", "一、概况")


def ranged(line: str, *head: str) -> list[Finding]:
    packs = default_packs()
    read = document("项目支出绩效自评报告", *(head or HEAD), line)
    reports = tuple(with_indicators(report, packs) for report in parse(read))
    found = [finding for report in reports for finding in check(read, report, reports, packs)]
    return [finding for finding in found if finding.check_id.startswith("range.")]


def test_a_value_that_a_larger_unit_would_bring_into_its_range_says_so() -> None:
    (found,) = ranged("全县基本医疗保险参保人数21.13人。")
    assert (found.verdict, found.severity) == (Verdict.UNCHECKABLE, Severity.LOW)
    assert "21.13人 → 21.13万人" in found.message_zh
    assert "21.13万人" in found.message


def test_a_rate_left_as_a_fraction_says_so() -> None:
    (found,) = ranged("基本医疗保险参保率0.97%。")
    assert "→ 97%" in found.message_zh


def test_what_is_usual_or_told_elsewhere_or_of_a_whole_nation_is_not_told() -> None:
    assert ranged("全县基本医疗保险参保人数211300人，参保率97%。") == []
    assert ranged("目标：基本医疗保险参保率0.97%。") == []
    assert ranged("群众满意度103%。") == [], "a limit by nature says it"
    assert ranged("截至年底，全国基本医疗保险参保人数134592万人。") == []
    assert ranged("基本医疗保险参保人数134592万人。", "一、概况") == [], "no place is known"


def lying(*rows: list[str]) -> Rows:
    return [["一级指标", "投入", "过程", "产出", "效果", "合计"], *rows]


FULL = ["标准分", "10", "20", "40", "30", "100"]


def test_marks_of_a_table_on_its_side_add_up_in_their_row() -> None:
    given = ["自评分", "10", "18.5", "39", "28", "95.5"]
    assert contradictions(lying(FULL, given)) == []
    assert "sum.parts.table" in contradictions(lying(FULL, [*given[:-1], "97.5"]))


SPENT: Rows = [
    ["年度", "工资福利（万元）", "商品服务（万元）", "个人家庭（万元）", "合计（万元）"],
    ["预算", "312.40", "86.20", "14.60", "413.20"],
    ["决算", "318.10", "80.30", "15.20", "413.60"],
]


def test_one_of_two_rows_shows_what_a_total_adds_up() -> None:
    wrong = [*SPENT[:2], [*SPENT[2][:-1], "418.60"]]
    assert contradictions(SPENT) == []
    assert contradictions(wrong) == ["sum.parts.table"]


@pytest.mark.parametrize(
    "rows",
    [
        [SPENT[0], ["预算", "312.40", "100.80", "0", "413.20"], ["决算", "318.10", "95.50", "15.20", "413.60"]],
        [SPENT[0], ["预算", "312.40", "86.20", "14.60", "433.20"], ["决算", "318.10", "80.30", "15.20", "443.60"]],
        [["村", "户数", "人数", "劳力", "合计"], ["东村", "3", "5", "2", "10"], ["西村", "4", "6", "3", "9"]],
    ],
)
def test_a_column_that_no_row_shows_to_be_the_total_accuses_nothing(rows: Rows) -> None:
    assert contradictions(rows) == []
