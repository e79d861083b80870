"""The score tree: marks stated in prose, and the blocks of forms in the layouts that offices use."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.document import Block, Cell, Document, Place, assemble
from parsers import parse
from parsers.model import Score
from tests.small_documents import report

PLACE = Place("body")


def prose(*lines: str) -> list[Score]:
    return scored([Block("paragraph", line, PLACE) for line in lines])


def scored(blocks: list[Block]) -> list[Score]:
    document: Document = assemble(blocks, file="a", sha256="0" * 64, media_type="text/plain")
    return [score for report in parse(document) for score in report.scores]


def table(*rows: str, spans: dict[tuple[int, int], tuple[int, int]] | None = None) -> list[Score]:
    """Read a table written a row a line, cells parted by ``|``; ``spans`` are (rows, columns) of merged cells."""
    covered: set[tuple[int, int]] = set()
    cells = []
    for r, line in enumerate(rows):
        texts = iter(line.split("|"))
        c = 0
        while (text := next(texts, None)) is not None:
            while (r, c) in covered:
                c += 1
            high, wide = (spans or {}).get((r, c), (1, 1))
            covered |= {(r + i, c + j) for i in range(high) for j in range(wide)}
            cells.append(Cell(r, c, text.strip(), PLACE, high, wide))
            c += wide
    return scored([Block("table", "", PLACE, cells=tuple(cells))])


def brief(found: list[Score]) -> list[tuple[str, str, str]]:
    return [(" > ".join(s.path), *("" if n is None else format(n, "f") for n in (s.full, s.awarded))) for s in found]


@pytest.mark.parametrize(
    ("line", "full", "awarded"),
    [
        ("1.组织管理（满分10分，自评9.5分）", "10", "9.5"),
        ("1.组织管理。（满分10分，得9.5分）资料齐全。", "10", "9.5"),
        ("（一）组织管理(10分)自评得9.5分。资料缺一份，扣0.5分。", "10", "9.5"),
        ("一、组织管理（10分", "10", ""),
        ("评价结果如下：组织管理10分，自评9.5分；", "10", "9.5"),
        ("自评得分95分，其中：组织管理9.5分（满分10分）。", "10", "9.5"),
        ("二级指标“组织管理”满分10分，评价得分为9.5分。", "10", "9.5"),
        ("评价得分95分，其中组织管理9.5/10分。", "10", "9.5"),
        ("组织管理分值10分，经评定得分9.5分。", "10", "9.5"),
        ("组织管理：满分10分，得分9.5分，得分率95%；", "10", "9.5"),
    ],
)
def test_marks_in_prose(line: str, full: str, awarded: str) -> None:
    assert brief(prose(line)) == [("组织管理", full, awarded)]


@pytest.mark.parametrize(
    "line",
    [
        "项目自评得分95分（满分100分）。",
        "综合得分95分，总分100分。",
        "每缺一项扣1分，扣完为止。",
        "资金到位率100%（5万元）。",
        "培训50人（3次）。",
        "其中新生儿死亡率4.5/10万，市级补助62/60、县级补助20/20。",
    ],
)
def test_what_is_no_indicator(line: str) -> None:
    assert prose(line) == []


def test_headings_make_the_tree() -> None:
    found = prose(
        "一、投入（满分20分，自评19分）",
        "（一）项目立项（满分10分，自评10分）",
        "正文内容若干字，没有别的数字，只是为了成为一段话而已。",
        "（二）资金落实（满分10分，自评9分）",
        "1.到位率（满分5分，自评5分）",
        "2.及时性（满分5分，自评4分）",
        "二、产出（满分80分，自评80分）",
    )
    assert [path for path, _, _ in brief(found)] == [
        "投入",
        "投入 > 项目立项",
        "投入 > 资金落实",
        "投入 > 资金落实 > 到位率",
        "投入 > 资金落实 > 及时性",
        "产出",
    ]


def test_levels_that_the_text_names_make_the_tree() -> None:
    found = prose(
        "1.一级指标管理包含制度、执行2个二级指标，管理满分20分，经评分本项得分18分。",
        "（1）二级指标“制度”满分8分，评价得分8分。",
        "（2）二级指标“执行”满分12分，评价得分为10分。",
        "2.一级指标产出包含数量1个二级指标。部门产出满分30分，经评分本项得分30分。",
    )
    assert brief(found) == [
        ("管理", "20", "18"),
        ("管理 > 制度", "8", "8"),
        ("管理 > 执行", "12", "10"),
        ("产出", "30", "30"),
    ]


def test_an_award_may_follow_its_name_later() -> None:
    found = prose("三、产出（23分）", "新增学位1170个，完成率104%。自评得22分。", "综上，自评总分97分。")
    assert brief(found) == [("产出", "23", "22")]


def test_marks_given_in_a_list_without_full_marks() -> None:
    found = prose("自评得分97.5分，其中投入19分、过程24.5分、产出54分。")
    assert brief(found) == [("投入", "", "19"), ("过程", "", "24.5"), ("产出", "", "54")]


NATIONAL = (
    "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施",
    "产出指标（50分）|数量指标|指标1：培训人次|≥100人次|98人次|20|19|报名不足",
    "指标2：培训期数|4期|4期|30|30|",
    "满意度指标（10分）|服务对象满意度|学员满意度|≥90%|95%|10|10|",
    "总分|100|99|",
)
MERGED = {(1, 0): (2, 1), (1, 1): (2, 1), (4, 0): (1, 5)}


def test_indicator_block_of_the_national_form() -> None:
    found = table(*NATIONAL, spans=MERGED)
    assert brief(found) == [
        ("产出指标", "50", ""),
        ("产出指标 > 数量指标 > 培训人次", "20", "19"),
        ("产出指标 > 数量指标 > 培训期数", "30", "30"),
        ("满意度指标", "10", ""),
        ("满意度指标 > 服务对象满意度 > 学员满意度", "10", "10"),
        ("总分", "100", "99"),
    ]
    assert (found[1].target, found[1].actual, found[1].reason) == ("≥100人次", "98人次", "报名不足")


def test_blank_cells_below_a_name_carry_it_on() -> None:
    found = table(
        "一级指标|二级指标|三级指标|分值|得分",
        "产出|数量|培训人次|20|19",
        "|| 培训期数|10|10",
        "|质量|合格率|10|10",
        "效益|社会效益||10|9",
    )
    assert [path for path, _, _ in brief(found)] == [
        "产出 > 数量 > 培训人次",
        "产出 > 数量 > 培训期数",
        "产出 > 质量 > 合格率",
        "效益 > 社会效益",
    ]


def test_target_with_operator_value_and_unit_in_columns_of_their_own() -> None:
    found = table(
        "一级指标|三级指标|指标性质|指标值|度量单位|全年完成值|权重|得分",
        "产出指标|建设里程|≥|35|公里|36|40|40",
        "产出指标|验收合格率|＝|100|%|100|20|20",
    )
    assert [(s.target, s.actual, s.full) for s in found] == [
        ("≥35公里", "36", Decimal(40)),
        ("＝100%", "100", Decimal(20)),
    ]


def test_head_of_two_rows() -> None:
    found = table(
        "指标名称|年度指标值|完成情况|分值",
        "符号|目标值|单位",
        "参训人数|≥|100|人|102|50",
        spans={(0, 0): (2, 1), (0, 1): (1, 3), (0, 2): (2, 1), (0, 4): (2, 1), (0, 5): (2, 1)},
    )
    assert [(s.path, s.target, s.actual, s.full) for s in found] == [(("参训人数",), "≥100人", "102", Decimal(50))]


def test_budget_rows_that_carry_marks() -> None:
    found = table(
        "项目资金（万元）||年初预算数|全年预算数（A）|全年执行数（B）|分值|执行率|得分",
        "年度资金总额|50|45|44.6|10|99.11%|9.9",
        "其中：财政拨款|50|45|44.6|—|99.11%|—",
        spans={(0, 0): (3, 1)},
    )
    assert brief(found) == [("年度资金总额", "10", "9.9")]
    assert (found[0].target, found[0].actual) == ("45", "44.6")


def test_marks_in_the_result_column_where_none_is_called_so() -> None:
    found = table(
        "评价内容|绩效目标|完成情况",
        "产出目标|质量指标|指标1：供养控制率|5",
        "产出目标|质量指标|指标2：变动率|3",
        "自评综合得分|8||",
        spans={(0, 0): (1, 2)},
    )
    assert brief(found) == [
        ("产出目标 > 质量指标 > 供养控制率", "", "5"),
        ("产出目标 > 质量指标 > 变动率", "", "3"),
        ("自评综合得分", "", "8"),
    ]


def test_a_table_without_indicators_has_no_scores() -> None:
    assert table("单位名称|收入合计|支出合计", "局机关|100|90", "合计|100|90") == []


def test_a_flattened_form_whose_targets_are_words() -> None:
    line = (
        "附件: 项目支出绩效自评表 (2022年度) 项目名称 委托业务 "
        "主管部门 青禾县水利局 绩效指标 一级指标 二级指标 三级指标 年度指标值 "
        "实际完成值 分值 得分 偏差原因分析及改进措施 产出指标(50分) 数量指标 "
        "报告数量 ≥50个 50 20 20 质量指标 报告合格率 ≥98% 100% 10 10 "
        "支出合规性 严格执行制度 达成预期 10 10 时效指标 提交及时性 按计划完成 达成预期 10 9"
    )
    found = prose(line)
    assert brief(found)[1:] == [
        ("产出指标 > 数量指标 > 报告数量", "20", "20"),
        ("产出指标 > 质量指标 > 报告合格率", "10", "10"),
        ("产出指标 > 质量指标 > 支出合规性", "10", "10"),
        ("产出指标 > 时效指标 > 提交及时性", "10", "9"),
    ]
    assert (found[3].target, found[3].actual) == ("严格执行制度", "达成预期")


def test_the_last_of_numbered_siblings_is_no_child() -> None:
    found = prose(
        "二、自评情况",
        "1、组织管理（满分20分，得分20分）。",
        "2、实施过程（满分30分，得分29分）。其中，预算执行满分10分，得9分。",
        "3、项目产出（满分50分，得分48分）。",
    )
    assert brief(found) == [
        ("组织管理", "20", "20"),
        ("实施过程", "30", "29"),
        ("实施过程 > 预算执行", "10", "9"),
        ("项目产出", "50", "48"),
    ]


def test_dotted_numbers_nest() -> None:
    found = prose(
        "绩效评价",
        "1.项目产出（50分），得48分。",
        "1.1数量指标（20分），得20分。",
        "1.2质量指标（30分），得28分。",
        "2.项目效益（50分），得49分。",
    )
    assert [row[1:] for row in brief(found)] == [("50", "48"), ("20", "20"), ("30", "28"), ("50", "49")]
    assert brief(found)[-1][0] == "项目效益"


def test_marks_of_this_indicator_are_those_of_its_heading() -> None:
    found = prose("二、自评情况", "1.组织管理情况。该指标满分10分，得9.5分。", "2.资料保存。该指标满分10分，得10分。")
    assert brief(found) == [("组织管理", "10", "9.5"), ("资料保存", "10", "10")]


@pytest.mark.parametrize(
    ("text", "awarded"),
    [
        ("在职人员控制率达标，得5分；公用经费控制率达标，得4分。", None),
        ("在职人员控制率达标，得5分；公用经费控制率达标，得4分，自评得9分。", Decimal(9)),
        ("自评得9分。其中在职人员控制率得5分，公用经费控制率得4分。", Decimal(9)),
        ("在职人员控制率达标，得9分。", Decimal(9)),
    ],
)
def test_the_marks_of_several_parts_are_not_the_wholes(text: str, awarded: Decimal | None) -> None:
    (score,) = prose("一、绩效分析", "（一）预算配置（10分）", text)[:1]
    assert (score.path, score.full, score.awarded) == (("预算配置",), Decimal(10), awarded)


BUDGET = [
    ["预算执行", "预算资金", "年初预算", "调整后预算", "实际支出", "预算执行率", "得分"],
    ["^", "合计", "52", "50", "47.5", "95%", "9.5"],
    ["^", "财政拨款", "50", "50", "47.5", "95%", ""],
]
MARKED = [
    ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
    ["产出指标", "数量指标", "巡查河段", "≥40段", "43段", "90", "88.5"],
]


@pytest.mark.parametrize("total", [["总分", "", "", "", "", "100", "98"], ["综合得分", "", "", "", "", "", "98"]])
def test_the_sum_of_a_budget_is_not_the_whole_mark(total: list[str]) -> None:
    found = report("2024年度项目绩效自评表", [*BUDGET, *MARKED, total])
    assert found.self_score == Decimal(98)
    assert report("2024年度项目绩效自评表", [*BUDGET, *MARKED]).self_score is None


@pytest.mark.parametrize("remark", ["无", "桥面断行2次"])
def test_a_total_behind_the_last_remark_of_a_flattened_form(remark: str) -> None:
    row = "满意度指标 服务对象满意度 群众满意度 ≥95% 96% 10 10"
    lines = (
        *("项目支出绩效自评表", "（2023年度）", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值"),
        *("得分", "偏差原因分析", "产出指标", "时效指标", "故障响应时间", "≤30分钟", "22分钟", "90", "86.3", "无"),
        *(*row.split(), remark, "总分", "100", "96.3"),
    )
    found = report(*lines)
    assert found.self_score == Decimal("96.3")
    assert brief(list(found.scores))[-1] == ("总分", "100", "96.3")
    assert found.scores[-2].reason == remark.replace("无", "")


def test_a_column_of_marks_ends_where_another_list_begins() -> None:
    rows = [
        ["部门预算", "项目", "年初预算数", "调整预算数", "决算数", "执行率", "得分"],
        ["^", "合计", "510", "500", "480", "96%", "9.6"],
        ["主要任务", "任务名称", "主要内容", "<", "预算（万元）", "决算（万元）", "完成率"],
        ["^", "校舍维修", "维修校舍4栋", "<", "300", "290", "96.67%"],
        ["^", "营养改善", "供餐2万人", "<", "200", "190", "95%"],
    ]
    form = [*rows, *MARKED, ["总分", "", "", "", "", "100", "98.1"]]
    found = brief(list(report("2024年度部门整体支出绩效自评表", form).scores))
    assert [name for name, *_ in found] == ["合计", "产出指标 > 数量指标 > 巡查河段", "总分"]


@pytest.mark.parametrize(
    "signed",
    [
        ["填报人：周某", "", "", "联系电话：0873-6625118", "", "填报日期：2025年1月16日", ""],
        ["单位负责人：吴某", "", "填表人", "周某", "联系电话", "0873-6625118", ""],
    ],
)
def test_who_signs_a_form_is_no_indicator(signed: list[str]) -> None:
    found = report("2024年度项目绩效自评表", [*MARKED, ["总分", "", "", "", "", "90", "88.5"], signed])
    assert [score.path[-1] for score in found.scores] == ["巡查河段", "总分"]


def test_a_form_that_goes_on_in_another_table_goes_on_under_its_names() -> None:
    head = ["一级指标", "二级指标", "三级指标", "分值", "评分标准", "得分"]
    first = [head, ["过程（25分）", "资金管理（15分）", "资金到位率", "15", "按比例得分", "15"]]
    second = [
        head,
        ["", "组织实施（10分）", "制度健全性", "10", "健全得10分", "8"],
        ["产出", "数量", "巡查", "75", "", "75"],
    ]
    found = report("2024年度项目绩效评价评分表", first, "", second)
    assert brief(list(found.scores)) == [
        ("过程", "25", ""),
        ("过程 > 资金管理", "15", ""),
        ("过程 > 资金管理 > 资金到位率", "15", "15"),
        ("过程 > 组织实施", "10", ""),
        ("过程 > 组织实施 > 制度健全性", "10", "8"),
        ("产出 > 数量 > 巡查", "75", "75"),
    ]
