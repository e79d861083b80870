"""Layouts of forms that offices use beside the Ministry's: what stands where, told by the labels alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jixiao.tables import plain
from parsers import parse
from parsers.model import Fact
from tests.small_documents import Rows, document, report
from tests.small_documents import facts as small_facts

TITLE = "项目支出绩效自评表"


def scores(rows: Rows) -> list[tuple[str, ...]]:
    """Return the score tree of a form: path, target, result, full marks, marks."""
    found = report(TITLE, "（2023年度）", rows).scores
    marks = [tuple("" if mark is None else plain(mark) for mark in (one.full, one.awarded)) for one in found]
    return [(" > ".join(one.path), one.target, one.actual, *given) for one, given in zip(found, marks, strict=True)]


def facts(rows: Rows) -> dict[str, list[Fact]]:
    """Return the facts of a form by their quotes."""
    found: dict[str, list[Fact]] = {}
    for fact in report(TITLE, "（2023年度）", rows).facts:
        found.setdefault(fact.quote, []).append(fact)
    return found


INDICATORS = [
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
    ["产出指标", "数量指标", "巡查河段数", "≥40段", "43段", "50", "50"],
]


# Heads of marks that say what they are of


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (["分值（10分）", "执行率"], ["9.6", "96%"]),
        (["执行率", "得分（10分*执行率）"], ["96%", "9.6"]),
        (["执行率", "得分（执行率×10）"], ["96%", "9.6"]),
        (["分值（10分）", "得分（B）"], ["10", "9.6"]),
    ],
)
def test_a_head_of_marks_may_say_what_they_are_of(heads: list[str], row: list[str]) -> None:
    rows = [["项目资金（万元）", "", "全年预算数", "全年执行数", *heads], ["^", "年度资金总额", "50", "48", *row]]
    (found,) = scores(rows)
    assert (found[0], found[4]) == ("年度资金总额", "9.6")
    assert found[3] == ("" if "执行率×10" in heads[1] else "10")
    (fact,) = facts(rows)["9.6"]
    assert (fact.kind, fact.unit) == ("score", "分")


# Several targets side by side


LONGER = [
    ["总体目标", "中期目标（2023年—2025年）", "<", "<", "年度目标", "<"],
    ["^", "三年改造泵站24座，惠及村庄60个。", "<", "<", "当年改造泵站7座，惠及村庄18个。", "<"],
]


def test_the_years_targets_stand_beside_those_of_a_longer_time() -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "指标值", "三级指标", "指标值"],
        ["产出指标", "数量指标", "改造泵站", "24座", "改造泵站", "7座"],
        ["效益指标", "社会效益", "惠及村庄", "≥60个", "惠及村庄", "≥18个"],
    ]
    found = [(path, target) for path, target, *_ in scores([*LONGER, *rows])]
    assert found[2:] == [
        ("中期目标 > 产出指标 > 数量指标 > 改造泵站", "24座"),
        ("产出指标 > 数量指标 > 改造泵站", "7座"),
        ("中期目标 > 效益指标 > 社会效益 > 惠及村庄", "≥60个"),
        ("效益指标 > 社会效益 > 惠及村庄", "≥18个"),
    ]


def test_two_targets_of_one_indicator_are_told_by_their_heads() -> None:
    rows = [["一级指标", "三级指标", "实施期指标值", "年度指标值"], ["产出指标", "改造泵站", "24座", "7座"]]
    found = [(path, target) for path, target, *_ in scores(rows)]
    assert found == [("实施期目标 > 产出指标 > 改造泵站", "24座"), ("产出指标 > 改造泵站", "7座")]


def test_of_a_changed_target_the_later_counts() -> None:
    rows = [
        ["三级指标", "年初目标值", "调整目标值", "实际完成值", "分值", "得分"],
        ["改造泵站", "9座", "7座", "7座", "10", "10"],
        ["惠及村庄", "18个", "", "18个", "10", "10"],
    ]
    assert [target for _, target, *_ in scores(rows)] == ["7座", "18个"]


def test_of_two_targets_under_one_head_the_later_counts() -> None:
    rows = [
        ["三级指标", "年度指标值", "<", "实际完成值", "得分"],
        ["^", "年初", "调整后", "^", "^"],
        ["改造泵站", "9座", "7座", "7座", "10"],
        ["完好率", "≥", "90%", "93%", "10"],
    ]
    assert [target for _, target, *_ in scores(rows)] == ["7座", "≥90%"]


# Rows that are no indicators


@pytest.mark.parametrize("label", ["存在问题", "原因分析", "其他需要说明的问题：", "整改措施"])
def test_a_remark_over_all_columns_is_no_indicator(label: str) -> None:
    rows = [
        ["三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["改造泵站", "7座", "7座", "90", "90"],
        [label, "1座泵站因汛期推迟，追加8万元。", "<", "<", "<"],
        ["总分", "", "", "90", "90"],
    ]
    assert [one[0] for one in scores(rows)] == ["改造泵站", "总分"]


def test_an_indicator_called_like_a_goal_is_none() -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "分值", "得分"],
        ["决策（10分）", "绩效目标（10分）", "绩效目标明确性", "10", "8"],
    ]
    assert [one[0] for one in scores(rows)] == ["决策", "决策 > 绩效目标", "决策 > 绩效目标 > 绩效目标明确性"]


def test_heads_beside_one_another_state_no_goal() -> None:
    rows = [["项目名称", "绩效目标", "实际完成情况", "得分"], ["泵站改造", "改造7座泵站", "完成7座", "95"]]
    assert [one[0] for one in scores(rows)] == ["泵站改造"]


@pytest.mark.parametrize("other", ["项目单位", "实施地点", "主管部门"])
def test_a_list_of_projects_names_them_and_not_their_units(other: str) -> None:
    rows = [
        ["序号", "项目名称", other, "年初预算", "执行数", "自评得分"],
        ["1", "泵站改造", "水务站", "120", "118.5", "97"],
        ["2", "渠道清淤", "水务站", "60", "60", "99"],
    ]
    assert [one[0] for one in scores(rows)] == ["泵站改造", "渠道清淤"]


def test_a_unit_that_begins_with_a_figure_is_kept_from_its_target() -> None:
    rows = [
        ["一级指标", "三级指标", "指标性质", "指标值", "度量单位", "实际完成值", "得分"],
        ["效益指标", "溺水死亡率", "≤", "4", "1/10万", "3.1", "10"],
    ]
    assert scores(rows)[0][1] == "≤4 1/10万"


@pytest.mark.parametrize("head", ["1-8月完成情况", "上半年完成值", "1月至9月完成情况"])
def test_what_was_reached_by_some_month(head: str) -> None:
    rows = [
        ["一级指标", "三级指标", "年度指标值", head, "全年预计完成情况"],
        ["产出指标", "改造泵站", "7座", "4座", "7座"],
    ]
    assert scores(rows) == [("产出指标 > 改造泵站", "7座", "4座", "", "")]


# Goals


GOALS = [
    ["项目名称", "<", "河道保洁", "<", "<", "<", "<"],
    ["年度总体目标", "预期目标", "<", "<", "实际完成情况", "<", "<"],
    ["^", "清理河道62公里，补助每村3万元。", "<", "<", "完成河道清理65公里。", "<", "<"],
]


def test_goals_stand_in_the_tree_with_what_became_of_them() -> None:
    assert scores([*GOALS, *INDICATORS])[0] == (
        "年度总体目标",
        "清理河道62公里，补助每村3万元。",
        "完成河道清理65公里。",
        "",
        "",
    )


def test_figures_of_goals_are_planned_or_reached_as_their_column_says() -> None:
    found = facts([*GOALS, *INDICATORS])
    assert found["62公里"][0].role == "target"
    assert found["65公里"][0].role == "actual"


def test_several_goals_are_counted() -> None:
    rows = [*GOALS, ["^", "新建垃圾房6座。", "<", "<", "建成垃圾房5座。", "<", "<"], *INDICATORS]
    assert [row[0] for row in scores(rows)][:2] == ["年度总体目标 > 目标1", "年度总体目标 > 目标2"]


def test_goals_of_a_longer_time_are_told_from_the_years() -> None:
    rows = [
        ["绩效目标", "长期目标", "<", "年度目标", "<"],
        ["^", "五年内河道全部达到三类水质。", "<", "年内整治河道12条。", "<"],
        ["长期绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["^", "产出指标", "数量指标", "整治河道条数", "60条"],
        ["^", "^", "质量指标", "三类水质达标率", "100%"],
        ["年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["^", "产出指标", "数量指标", "整治河道条数", "12条"],
        ["^", "^", "质量指标", "三类水质达标率", "80%"],
    ]
    assert [row[:2] for row in scores(rows)] == [
        ("长期目标", "五年内河道全部达到三类水质。"),
        ("年度总体目标", "年内整治河道12条。"),
        ("长期绩效指标 > 产出指标 > 数量指标 > 整治河道条数", "60条"),
        ("长期绩效指标 > 产出指标 > 质量指标 > 三类水质达标率", "100%"),
        ("年度绩效指标 > 产出指标 > 数量指标 > 整治河道条数", "12条"),
        ("年度绩效指标 > 产出指标 > 质量指标 > 三类水质达标率", "80%"),
    ]


def test_a_goal_beside_its_label() -> None:
    rows = [["年度目标", "年内整治河道12条，新增绿地3公顷。", "<", "<", "<", "<", "<"], *INDICATORS]
    assert ("年度总体目标", "年内整治河道12条，新增绿地3公顷。", "", "", "") in scores(rows)


def test_a_list_of_two_columns_of_goals_is_no_form() -> None:
    assert scores([["年度目标", "完成情况"], ["年内整治河道12条", "整治河道12条"]]) == []


# Budgets


def test_a_budget_whose_column_of_names_bears_the_unit() -> None:
    rows = [
        [
            "预算执行情况（10分）",
            "年度预算数（万元）",
            "年初预算",
            "调整后预算数",
            "预算执行数",
            "预算执行率",
            "权重",
            "得分",
        ],
        ["^", "总额", "120.00", "96.50", "96.50", "100.00%", "10", "10"],
        ["^", "其中：财政资金", "120.00", "96.50", "96.50", "100.00%", "/", "/"],
        ["^", "单位资金", "0.00", "0.00", "0.00", "0.00%", "/", "/"],
        ["^", "其他资金", "", "", "", "", "/", "/"],
        ["绩效指标", "一级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重"],
        ["^", "产出指标", "巡查河段数", "≥", "40", "段", "43", "90"],
    ]
    assert scores(rows)[0] == ("总额", "96.50", "96.50", "10", "10")
    found = facts(rows)
    assert {fact.unit for fact in found["96.50"]} == {"元"}
    assert found["96.50"][0].value == 965000
    assert found["10"][0].role == "full"
    assert found["10"][1].role == "awarded"
    assert [fact.metric for fact in found["120.00"]] == ["总额年初预算", "财政资金年初预算"]


def test_a_budget_without_marks_counts_with_its_whole_sum() -> None:
    rows = [
        ["资金情况（万元）", "", "全年预算数（A）", "全年执行数（B）", "执行率（B/A）"],
        ["^", "年度资金总额：", "58.2", "57.9", "99.5%"],
        ["^", "其中：省级补助", "40", "40", "100%"],
        ["^", "县级资金", "18.2", "17.9", "98.4%"],
        ["绩效指标", "一级指标", "三级指标", "年度指标值", "全年完成值"],
        ["^", "产出指标", "巡查河段数", "40段", "43段"],
        ["^", "效益指标", "水质达标率", "90%", "92%"],
    ]
    assert scores(rows)[0] == ("年度资金总额", "58.2", "57.9", "", "")
    assert [fact.metric for fact in facts(rows)["18.2"]] == ["县级资金全年预算数(A)"]


def test_sources_of_money_side_by_side() -> None:
    rows = [
        ["项目名称", "河道保洁", "<", "<", "项目实施单位", "清沅市水利局", "<"],
        ["项目属性", "1、常年性□ 2、延续性□ 3、一次性☑", "<", "<", "<", "<", "<"],
        ["资金来源", "中央（万元）", "省级（万元）", "本级（万元）", "合计（万元）", "执行数（万元）", "执行率"],
        ["^", "", "12.5", "7.5", "20", "19", "95%"],
    ]
    found = facts(rows)
    assert (found["12.5"][0].metric, found["12.5"][0].value) == ("省级(万元)", 125000)
    assert found["20"][0].metric == "合计(万元)"


def test_sums_behind_labels_inside_a_cell_take_the_unit_of_their_row() -> None:
    rows = [
        ["年度预算申请（万元）", "", "预算数", "执行数", "执行率", "得分"],
        ["^", "资金总额", "800", "760", "95%", "9.5"],
        ["^", "按收入性质分：", "<", "<", "按支出性质分：", "<"],
        ["^", "其中：一般公共预算：750.5", "<", "<", "其中：基本支出：500", "<"],
        ["^", "政府性基金拨款：49.5", "<", "<", "在职人数：25", "<"],
        ["一级指标", "二级指标", "三级指标", "目标值", "完成值", "权重（%）"],
        ["履职效能", "重点工作", "水库除险座数", "6座", "6座", "40"],
    ]
    found = facts(rows)
    assert {quote: (found[quote][0].metric, found[quote][0].value) for quote in ("750.5", "500", "49.5")} == {
        "750.5": ("一般公共预算", 7505000),
        "500": ("基本支出", 5000000),
        "49.5": ("政府性基金拨款", 495000),
    }
    assert "25" not in found  # people, not money
    assert (found["40"][0].role, found["40"][0].unit) == ("full", "%")


# Indicators


def test_target_operator_and_unit_under_one_head() -> None:
    rows = [
        ["绩效指标", "<", "<", "年度指标值", "<", "<", "实际完成值", "分值", "得分"],
        ["一级\n指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "^", "^", "^"],
        ["产出指标", "数量指标", "巡查河段数", "≥", "40", "段", "43", "50", "50"],
        ["^", "质量指标", "巡查记录规范", "﹦", "100", "%", "97", "20", "19.4"],
    ]
    assert scores(rows) == [
        ("产出指标 > 数量指标 > 巡查河段数", "≥40段", "43", "50", "50"),
        ("产出指标 > 质量指标 > 巡查记录规范", "﹦100%", "97", "20", "19.4"),
    ]
    found = facts(rows)
    assert (found["40"][0].metric, found["40"][0].bound, found["40"][0].unit) == ("巡查河段数指标值", "ge", "段")
    assert (found["97"][0].metric, found["97"][0].unit) == ("巡查记录规范实际完成值", "%")
    assert found["19.4"][0].metric == "巡查记录规范得分"


def test_a_result_in_words_does_not_name_the_marks_beside_it() -> None:
    rows = [*INDICATORS, ["^", "质量指标", "巡查记录", "记录完整规范", "达成预期指标", "20", "18"]]
    (mark,) = facts(rows)["18"]
    assert (mark.metric, mark.subject) == ("巡查记录得分", "产出指标 质量指标")


def test_figures_in_words_take_the_role_of_their_column() -> None:
    rows = [
        ["一级指标", "三级指标", "指标值", "实施进度"],
        ["产出指标", "宣传次数", "至少全年完成2次宣传", "已完成100%"],
        ["效益指标", "整治河道条数", "不少于12条", "13条"],
    ]
    found = facts(rows)
    assert found["2次"][0].role == "target"
    assert (found["100%"][0].role, found["100%"][0].metric) == ("actual", "宣传次数实施进度")


def test_a_figure_in_an_indicators_name_is_planned() -> None:
    rows = [*INDICATORS, ["^", "^", "新建公路32.1公里", "按期完成", "建成32.1公里", "20", "20"]]
    assert [fact.role for fact in facts(rows)["32.1公里"]] == ["target", "actual"]


def test_marks_in_the_words_of_a_rule_are_neither_given_nor_full() -> None:
    rows = [
        ["评价内容", "分值", "自评分", "评价标准及依据"],
        ["组织机构5分", "5", "4", "有专人负责计2分，缺一项扣1分。"],
        ["财务制度（满分6分，自评5.5分）", "6", "6", "有制度计3分。"],
        ["合计", "11", "10", ""],
    ]
    found = facts(rows)
    assert [found[quote][0].role for quote in ("5分", "2分", "1分", "3分")] == ["full", "norm", "norm", "norm"]
    assert found["5.5分"][0].role == "awarded"
    assert scores(rows)[-1] == ("合计", "", "", "11", "10")


def test_names_and_their_marks_in_turn_and_a_row_that_sounds_like_a_head() -> None:
    rows = [
        ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "得分"],
        ["项目决策", "20", "项目目标", "4", "目标内容", "4", "3.5"],
        ["^", "^", "决策过程", "16", "决策依据", "16", "16"],
    ]
    assert [(row[0], *row[3:]) for row in scores(rows)] == [
        ("项目决策", "20", ""),
        ("项目决策 > 项目目标", "4", ""),
        ("项目决策 > 项目目标 > 目标内容", "4", "3.5"),
        ("项目决策 > 决策过程", "16", ""),
        ("项目决策 > 决策过程 > 决策依据", "16", "16"),
    ]


def test_a_column_of_names_that_no_word_tells() -> None:
    rows = [
        ["项目权重", "评价内容", "分值", "自评分"],
        ["项目管理13分", "财务制度", "3", "3"],
        ["^", "组织机构", "10", "9"],
    ]
    assert [row[0] for row in scores(rows)] == ["项目管理", "项目管理 > 财务制度", "项目管理 > 组织机构"]


def test_what_lies_across_the_columns_ends_the_block() -> None:
    rows = [
        *INDICATORS,
        ["合计", "<", "<", "<", "<", "100", "50"],
        ["存在问题", "巡查人手不足", "<", "<", "<", "<", "<"],
        ["负责人：甲", "<", "<", "<", "财务负责人：乙", "<", "<"],
    ]
    assert [row[0] for row in scores(rows)] == ["产出指标 > 数量指标 > 巡查河段数", "合计"]


def test_a_head_repeated_on_the_next_page_goes_on() -> None:
    rows = [
        *INDICATORS,
        INDICATORS[0],
        ["", "", "巡查人次", "900人次", "912人次", "10", "10"],
        ["效益指标", "社会效益", "群众满意度", "≥90%", "95%", "40", "40"],
    ]
    assert [row[0] for row in scores(rows)][1:] == [
        "产出指标 > 数量指标 > 巡查人次",
        "效益指标 > 社会效益 > 群众满意度",
    ]


def test_fields_above_a_form_are_no_head_of_its_columns() -> None:
    rows = [
        ["项目名称", "<", "2021年河道保洁", "<", "<", "<"],
        ["主管部门", "<", "清沅市水利局", "<", "实施单位", "清沅市河道所"],
        ["项目资金（万元）", "<", "", "全年预算数", "全年执行数", "得分"],
        ["^", "<", "年度资金总额", "50", "48", "9.6"],
    ]
    (found,) = facts(rows)["48"]
    assert (found.metric, found.period) == ("年度资金总额全年执行数", "")


def test_a_level_left_blank_in_a_flattened_form_is_none_above_the_next() -> None:
    words = (
        "项目支出绩效自评表 （2022年度） 项目名称 河道保洁 项目资金 （万元） 年初预算数 全年预算数 全年执行数 分值",
        "执行率 得分 年度资金总额 90 90 89 10 98.9% 9.9 绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值",
        "分值 得分 产出指标(50分) 数量指标 清理河道条数 ≥50条 52条 50 50 效益指标(30分) 社会效益指标 河道整洁 90% 90%",
        "30 30 经济效益指标 满意度指标(10分) 满意度指标 公众满意度 ≥90% 90% 10 10",
    )
    paths = [" > ".join(one.path) for one in report(" ".join(words)).scores]
    assert paths[-2:] == ["满意度指标", "满意度指标 > 公众满意度"]


def test_names_with_their_marks_in_turn_a_piece_a_line() -> None:
    lines = (
        *(
            "服务项目绩效自评表",
            "联系电话",
            "地址",
            "海口市国兴大道",
            "一级指标",
            "分值",
            "二级指标",
            "分值",
            "三级指标",
            "分值",
        ),
        *("得分", "项目决策", "20", "项目目标", "4", "目标内容", "4", "3", "决策过程", "16", "决策依据", "6", "6"),
        *("决策程序", "10", "9.5", "项目管理", "80", "资金到位", "80", "到位率", "80", "80", "合计", "100", "98.5"),
        *("存在问题", "无"),
    )
    found = report(*lines)
    rows = [(" > ".join(s.path), *("" if m is None else plain(m) for m in (s.full, s.awarded))) for s in found.scores]
    assert rows == [
        ("项目决策", "20", ""),
        ("项目决策 > 项目目标", "4", ""),
        ("项目决策 > 项目目标 > 目标内容", "4", "3"),
        ("项目决策 > 决策过程", "16", ""),
        ("项目决策 > 决策过程 > 决策依据", "6", "6"),
        ("项目决策 > 决策过程 > 决策程序", "10", "9.5"),
        ("项目管理", "80", ""),
        ("项目管理 > 资金到位", "80", ""),
        ("项目管理 > 资金到位 > 到位率", "80", "80"),
        ("合计", "100", "98.5"),
    ]
    assert (found.phone, found.self_score) == ("", Decimal("98.5"))
    assert [item.quote for item in found.unread] == []


# Several forms in one table


def test_a_table_of_two_forms_is_two_reports() -> None:
    rows: list[list[str]] = []
    for project, marks in (("河道保洁", "48"), ("泵站维修", "45")):
        rows += [[TITLE, *["<"] * 6], ["（2023年度）", *["<"] * 6], ["项目名称", project, *["<"] * 5]]
        rows += [INDICATORS[0], ["产出指标", "数量指标", "完成数量", "≥40", "43", "50", marks]]
    for parts in ([rows], [rows[:5], rows[5:]]):  # in one table, and in two that touch
        first, second = parse(document(*parts))
        assert [one.project for one in (first, second)] == ["河道保洁", "泵站维修"]
        assert [plain(one.scores[0].awarded or 0) for one in (first, second)] == ["48", "45"]
        assert [one.title for one in (first, second)] == [TITLE, TITLE]
        assert [one.year for one in (first, second)] == ["2023", "2023"]


def test_a_title_inside_a_row_cuts_no_table() -> None:
    rows = [["附表", "名称", "份数"], ["1", TITLE, "3"], ["2", "部门整体支出绩效自评表", "1"]]
    assert len(parse(document("2023年度绩效自评报告", "一、概况", rows))) == 1


def lines(text: str) -> dict[str, list[Fact]]:
    """Return the facts of a form a piece a line, by the words that they stand in."""
    found: dict[str, list[Fact]] = {}
    for fact in small_facts(*text.split("|")):
        found.setdefault(fact.quote, []).append(fact)
    return found


def test_running_numbers_of_rows_are_no_figures() -> None:
    found = lines(
        "2023年度水利资金安排表|单位:万元|序号|乡镇|项目名称|金额|备注|1|东乡镇|上河村渠道修复|20|2|西乡镇|下河村河堤修复|15"
        "|3|南乡镇|前山村管网改造|18|4|北乡镇|后山村水池新建|12|合计|65"
    )
    assert set(found) == {"20", "15", "18", "12", "65"}
    assert found["20"][0].value == 200000


def test_the_caption_of_a_block_is_no_column() -> None:
    found = lines(
        "2023年度项目支出绩效自评表|年度绩效指标完成情况|一级指标|二级指标|三级指标|年度指标值|实际完成指标值|50"
        "|产出指标|质量指标|指标1:案件查办率|95%|97%|4|指标2:投诉处置率|90%|92%|3|指标3:抽检合格率|96%|98%|5"
    )
    assert [(found[quote][0].role) for quote in ("95%", "97%", "90%", "92%")] == ["target", "actual"] * 2
    assert not {"4", "3", "5"} & set(found)


def test_a_label_with_a_blank_before_its_unit_gives_it() -> None:
    found = lines(
        "2023年度项目支出绩效自评表|一级指标|二级指标|三级指标|年初目标值(A)|实际完成值(B)|得分|产出指标|数量指标"
        "|新建栏舍(≥**平方米)|180|182|3|新建料房(≥**平方米)|54|55|2|蓄水池(≥**立方米)|63|64|1"
    )
    assert [(fact.unit, fact.role) for quote in ("180", "182", "3") for fact in found[quote]] == [
        ("平方米", "target"),
        ("平方米", "actual"),
        ("分", "awarded"),
    ]
    assert [found[quote][0].bound for quote in ("180", "182")] == ["ge", "eq"]


def test_a_row_that_slipped_to_the_side_keeps_its_bare_figures_out() -> None:
    rows = [
        ["三级指标", "分值", "年度指标值", "全年实际值", "得分"],
        ["供养人数", "5", "≥470人", "482人", "5"],
        ["供养标准(元/人)", "≥570元/人", "758元/人", "6", ""],
    ]
    found = {fact.quote: fact for fact in small_facts("2023年度项目支出绩效自评表", rows)}
    assert found["470人"].role == "target"
    assert found["570元/人"].role == "target"
    assert "6" not in found


def test_the_full_marks_under_other_heads() -> None:
    rows = [
        ["二级指标", "三级指标", "参考分值", "指标值", "实际完成值", "得分"],
        ["数量指标", "渡口数", "15", "12处", "12处", "14"],
    ]
    assert scores(rows) == [("数量指标 > 渡口数", "12处", "12处", "15", "14")]
