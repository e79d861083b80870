"""Headings where reports have them: in forms, run into their text, in damaged numbers; and what is none."""

from __future__ import annotations

import pytest

from tests.small_documents import report

BODY = "本年度项目按计划推进，资金拨付及时，各项任务均已完成，群众反映良好，未发现违规使用资金的情况。"


def outline(*parts: str | list[list[str]]) -> list[str]:
    """Return numbers and titles indented by their levels."""
    return ["  " * (s.level - 1) + s.number + s.title for s in report(*parts).sections]


@pytest.mark.parametrize(
    "numbers",
    [
        ("㈠", "㈡"),
        ("（一）", "（二）"),
        ("(一）", "（二)"),
        ("（一、", "（二、"),
        ("一）", "二）"),
        ("【一】", "【二】"),
        ("Ⅰ、", "Ⅱ、"),
        ("第一节", "第二节"),
    ],
)
def test_numbers_in_every_dress(numbers: tuple[str, str]) -> None:
    first, second = numbers
    assert outline("一、概况", f"{first}项目背景", BODY, f"{second}绩效目标", BODY, "二、结论", BODY) == [
        *("一、概况", f"  {first}项目背景", f"  {second}绩效目标", "二、结论"),
    ]


def test_rows_of_a_form_are_headings() -> None:
    rows = [["一、部门基本概况", "<"], ["联系人", "张三"], ["二、部门收支情况", "<"], ["收入合计", "5万元"]]
    found = report("2022年度部门整体支出绩效自评报告", rows, "三、评价结论", BODY)
    assert [section.title for section in found.sections] == ["部门基本概况", "部门收支情况", "评价结论"]
    (fact,) = found.facts
    assert fact.section.startswith("部门收支情况")
    assert fact.section_index == 1


def test_a_report_inside_one_cell() -> None:
    text = f"一、项目概况\n{BODY}\n二、绩效分析\n（一）产出\n{BODY}"
    assert outline([["自评报告", "<"], [text, "<"]]) == ["一、项目概况", "二、绩效分析", "  （一）产出"]


def test_a_number_that_goes_on_in_another_dress() -> None:
    assert outline("一、效果", "1.社会效益。" + BODY, "2.可持续影响。" + BODY, "(3)满意度情况。" + BODY) == [
        *("一、效果", "  1.社会效益", "  2.可持续影响", "  (3)满意度情况"),
    ]


def test_headings_without_numbers_inside_a_section_that_goes_on() -> None:
    assert outline(
        *("一、概况", "（一）项目概况", BODY, "工作完成情况", "（一）资助参保。" + BODY, "（二）门诊救助。" + BODY),
        *("资金使用情况", BODY, "（二）绩效目标", BODY, "二、结论", BODY),
    ) == [
        *("一、概况", "  （一）项目概况", "    工作完成情况", "      （一）资助参保", "      （二）门诊救助"),
        *("    资金使用情况", "  （二）绩效目标", "二、结论"),
    ]


def test_headings_whose_numbers_were_lost() -> None:
    assert outline(
        *("一、概况", BODY, "二、组织", "（一）分工情况", BODY, "管理情况分析", BODY),
        *("整体绩效情况", BODY, "存在的问题", BODY, "五、改进措施", BODY),
    ) == [
        *("一、概况", "二、组织", "  （一）分工情况", "  管理情况分析", "整体绩效情况", "存在的问题", "五、改进措施"),
    ]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (
            "（一）资助困难群众参加医疗保险对具有本县户籍的低保对象、特困人员给予全额资助，确保应保尽保。",
            "资助困难群众参加医疗保险",
        ),
        ("（一）门诊救助1.对年满60周岁的低保对象，每人每年给予门诊补助，由县医保局按月发放到人到户。", "门诊救助"),
        (
            "（一）资金使用情况2022年我局严格执行财务制度，资金全部用于项目支出，没有发现挤占挪用的情形。",
            "资金使用情况",
        ),
        ("（一）加强领导，落实责任。" + BODY, "加强领导，落实责任"),
    ],
)
def test_a_title_that_runs_into_its_text(line: str, title: str) -> None:
    assert [section.title for section in report("一、概况", line).sections] == ["概况", title]


@pytest.mark.parametrize(
    "line",
    [
        "1.专项资金名称：公路养护资金",
        "(1) 数量指标: 救助对象覆盖低保、特困和孤儿。",
        "一、项目概况……………………1",
        "一、项目概况\t3",
        "一、履行职责，做好重点工作。一是强化参保。二、织密监管网络，整治违规行为。三、完善制度。",
    ],
)
def test_fields_contents_and_running_lists_are_no_headings(line: str) -> None:
    assert outline(line, BODY) == []


def test_title_letterhead_and_captions_are_no_headings() -> None:
    parts = (
        "#怀阳县农村公路养护项目",
        "#绩效自评报告",
        "#怀阳县财政局（制）",
        "一、概况",
        BODY,
        "#表1 资金情况",
        [["a", "b"]],
    )
    assert outline(*parts) == ["一、概况"]


def test_several_headings_in_one_line() -> None:
    line = "3.预期目标情况；绩效指标；总投入情况（包括人、财、物等方面）。"
    assert outline("一、基本情况", line, BODY) == ["一、基本情况", "  " + line.rstrip("。")]


def test_a_table_of_contents_is_no_tree() -> None:
    contents = ("第一部分 单位概况", "一、职能简介", "第二部分 决算说明", "一、收支情况", "第三部分 名词解释")
    body = (
        "第一部分 单位概况",
        "一、职能简介",
        BODY,
        "第二部分 决算说明",
        "一、收支情况",
        BODY,
        "第三部分 名词解释",
        BODY,
    )
    assert outline(*contents, *body) == [
        *("第一部分单位概况", "  一、职能简介", "第二部分决算说明", "  一、收支情况", "第三部分名词解释"),
    ]
    assert report(*contents, *body).sections[0].span.start > 20


def test_an_item_that_follows_its_heading_without_a_stop() -> None:
    first = "一、救助工作扎实有力1.低保政策落实到位。全市14035户享受城乡低保。"
    assert outline(first, "2.特困供养规范。全市供养1675人。") == [
        "一、救助工作扎实有力",
        "  1.低保政策落实到位",
        "  2.特困供养规范",
    ]


def test_the_opening_of_a_sentence_is_no_title() -> None:
    opening, following = "一、截至2023年8月底，收入完成5亿元。", "二、支出情况为：全市支出完成5亿元。"
    assert outline(opening, following) == ["二、支出情况"]
    duty = "（一）贯彻执行国家、自治区和我区有关建设、交通、水务和人民防空工作的方针、政策、法规和技术标准规范。"
    assert outline(duty) == []


def test_contents_that_end_in_their_pages() -> None:
    listed = ("目 录", "摘要 1", "一、项目概况 3", "（一）项目背景 3", "二、评价结论 12")
    own = ("一、项目概况", "（一）项目背景", BODY, "二、评价结论", BODY)
    assert outline("渡口维修项目绩效评价报告", *listed, *own) == ["一、项目概况", "  （一）项目背景", "二、评价结论"]
    assert outline("一、项目概况", BODY, "二、更换渡船 12", BODY) == ["一、项目概况", "二、更换渡船12"]


def test_an_abstract_that_counts_itself() -> None:
    abstract = ("摘要", "一、项目概况", BODY, "二、评价结论", BODY)
    own = ("一、项目基本情况", "（一）项目概况", BODY, "二、评价结论", BODY)
    assert outline("渡口维修项目绩效评价报告", "2023年8月", *abstract, *own) == [
        *("摘要", "  一、项目概况", "  二、评价结论", "一、项目基本情况", "  （一）项目概况", "二、评价结论"),
    ]


def test_an_abstract_of_prose() -> None:
    own = ("一、项目概况", BODY, "二、评价结论", BODY)
    assert outline("渡口维修项目绩效评价报告", "2023年8月", "摘 要", BODY, *own) == [
        *("摘要", "一、项目概况", "二、评价结论"),
    ]


def test_a_part_stands_above_what_it_ends_and_not_above_its_own_annex() -> None:
    title = "渡口维修项目绩效评价报告"
    own = ("一、项目概况", "（一）项目背景", BODY, "二、评价结论", BODY)
    assert outline("第四部分 附件", title, *own, "第五部分 附表", BODY) == [
        *("一、项目概况", "  （一）项目背景", "二、评价结论", "第五部分附表"),
    ]
    assert outline("第一部分 概况", "一、职责", BODY, "第二部分 决算", "一、收入", BODY) == [
        *("第一部分概况", "  一、职责", "第二部分决算", "  一、收入"),
    ]


def test_items_in_one_paragraph_are_no_headings() -> None:
    assert outline("一、概况", "1.修缮渡口码头。2.更换渡船。3.巡查航道。", "二、结论", BODY) == ["一、概况", "二、结论"]
    text = "1.资金到位情况。" + BODY + "2.资金执行情况。" + BODY
    assert outline("一、概况", text, "二、结论", BODY)[:2] == ["一、概况", "  1.资金到位情况"]


def test_a_sentence_about_an_office_is_no_heading() -> None:
    assert outline(
        *("一、绩效目标", "（一）清沅市水利局2023年河道保洁资金共下达260万元（清财农〔2022〕8号），用于清理河道。"),
        *("（二）清沅市水利局2023年河道保洁项目绩效目标为清理河道12条，改善水质。", "二、结论", BODY),
    ) == ["一、绩效目标", "二、结论"]
    assert outline("一、各单位情况", "（一）清沅市水利局", BODY, "二、结论", BODY)[1] == "  （一）清沅市水利局"


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        (
            ("1.产出指标完成情况分析。", "（1）项目完成数量。", "维修渡口2处。"),
            ["1.产出指标完成情况分析", "（1）项目完成数量"],
        ),
        (("1.满意度指标完成情况。", "群众满意度96%。"), ["1.满意度指标完成情况"]),
        (("1.开展社会调查。", "2.整理调查资料。", "3.撰写报告。"), []),
        (("1.质量指标：合格率100%，全部通过验收。",), []),
    ],
)
def test_titles_with_a_stop_before_short_text(lines: tuple[str, ...], titles: list[str]) -> None:
    assert [line.strip() for line in outline("一、概况", *lines, "二、结论", BODY)] == ["一、概况", *titles, "二、结论"]


def test_numbers_without_a_point_above_decimal_ones() -> None:
    first = ("1基本情况", "1.1项目概况", "1.1.1项目背景", BODY, "1.1.2项目资金", BODY, "1.2绩效目标", BODY)
    assert outline("渡口维修项目绩效评价报告", *first, "2 评价结论", BODY, "3存在的问题", "3.1管护不到位", BODY) == [
        *("1基本情况", "  1.1项目概况", "    1.1.1项目背景", "    1.1.2项目资金", "  1.2绩效目标"),
        *("2评价结论", "3存在的问题", "  3.1管护不到位"),
    ]
    assert outline("一、概况", "1个渡口已经维修", BODY, "二、结论", BODY) == ["一、概况", "二、结论"]


def test_marks_before_a_colon_belong_to_a_title() -> None:
    text = "1.立项依据充分性（5分）：政策依据充分，得5分。"
    assert outline("一、绩效分析", text, "2.资金来源：县级财政安排。", "二、结论", BODY) == [
        *("一、绩效分析", "  1.立项依据充分性", "二、结论"),
    ]


def test_a_heading_behind_a_table_with_bars() -> None:
    rows = ("| 一级指标 | 权重 | 得分 |", "| 决策 | 20 | 19 |", "| 过程 | 30 | 28 |", "| 产出 | 50 | 50 |")
    found = report("渡口维修项目绩效评价报告", "一、评价结论", *rows, "1.1管护责任不清", "个别渡口没有管护人员。")
    assert [section.title for section in found.sections] == ["评价结论", "管护责任不清"]
    assert [(score.path[-1], score.awarded) for score in found.scores] == [("决策", 19), ("过程", 28), ("产出", 50)]


def test_what_a_list_names_is_no_heading() -> None:
    items = ("1.《渡口管理办法》（清交〔2021〕8号）；", "2.项目实施方案及批复文件；", "3.会计凭证及验收资料。")
    assert outline(
        "一、评价依据", *items, "二、结论", BODY, "附件：1.得分情况", "2.满意度调查情况", "清沅市交通局"
    ) == [
        *("一、评价依据", "二、结论"),
    ]


def test_headings_of_a_report_that_lost_its_line_ends() -> None:
    text = (
        "现将有关情况报告如下：一、绩效目标分解下达情况（一）资金下达情况，2022年下达渡口维修资金4.6万元，上年结转1.2万元。"
        "二、绩效目标完成情况分析（一）资金投入情况分析，资金到位率100%，全部用于更换渡船。（二）绩效目标完成情况分析，巡查航道160次，"
        "群众满意度98%。三、下一步改进措施我局将加强管护，落实渡口管理的责任，按时发放补助。"
    )
    assert outline(text) == [
        *("一、绩效目标分解下达情况", "  （一）资金下达情况", "二、绩效目标完成情况分析"),
        *("  （一）资金投入情况分析", "  （二）绩效目标完成情况分析", "三、下一步改进措施"),
    ]


def test_items_of_running_text_stay_items() -> None:
    assert outline(BODY * 4 + "一、加强管理。二、强化落实。三、提高绩效。") == []
    assert outline(BODY * 4 + "一、更换渡船3艘，维修码头2处。二、巡查航道情况，全年共160次，未见险情。") == []
