"""What public reports say that is no contradiction, though figures stand side by side: each a class met more than once.

Beside each stands what has to be told still.
"""

from __future__ import annotations

import pytest

from tests.checking import contradictions, told
from tests.small_documents import Rows

# Budget lines with codes


UNIT = "单位：万元"
LINES: Rows = [
    ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
    ["", "合计", "940.05", "836.91", "103.14"],
    ["201", "一般公共服务支出", "606.66", "503.52", "103.14"],
    ["20106", "财政事务", "606.66", "503.52", "103.14"],
    ["2010601", "行政运行", "511.89", "503.52", "8.37"],
    ["2010607", "信息化建设", "94.77", "", "94.77"],
    ["208", "社会保障和就业支出", "333.39", "333.39", ""],
    ["20805", "行政事业单位养老支出", "333.39", "333.39", ""],
]
HALVES: Rows = [
    ["科目编码", "<", "科目名称", "决算数", "科目编码", "<", "科目名称", "决算数"],
    ["301", "", "工资福利支出", "282.85", "302", "", "商品和服务支出", "71.07"],
    ["301", "01", "基本工资", "262.33", "302", "01", "办公费", "61.21"],
    ["301", "02", "津贴补贴", "20.52", "302", "02", "印刷费", "9.86"],
    ["303", "", "对个人和家庭的补助", "69.41", "310", "", "资本性支出", "13.58"],
    ["303", "01", "离休费", "69.41", "310", "02", "办公设备购置", "13.58"],
    ["人员经费合计", "<", "<", "352.26", "公用经费合计", "<", "<", "84.65"],
]


def changed(rows: Rows, old: str, new: str) -> Rows:
    """Return ``rows`` with the first cell that reads ``old`` changed."""
    at = next((r, c) for r, line in enumerate(rows) for c, cell in enumerate(line) if cell == old)
    return [[new if (r, c) == at else cell for c, cell in enumerate(line)] for r, line in enumerate(rows)]


@pytest.mark.parametrize("rows", [LINES, HALVES])
def test_lines_with_codes_add_up_level_by_level(rows: Rows) -> None:
    found = told(UNIT, rows, about="sum")
    assert not found["inconsistent"]
    assert len(found["consistent"]) >= 6


def test_a_line_is_the_sum_of_those_right_under_it() -> None:
    sums = told(UNIT, LINES, about="sum")["consistent"]
    assert "511.89 + 94.77 = 606.66万元" in sums
    assert "606.66 + 333.39 = 940.05万元" in sums


@pytest.mark.parametrize(
    ("rows", "old", "new"),
    [
        (LINES, "511.89", "517.89"),
        (LINES, "940.05", "904.05"),
        (HALVES, "262.33", "226.33"),
        (HALVES, "84.65", "84.56"),
    ],
)
def test_a_slip_among_the_lines_is_told(rows: Rows, old: str, new: str) -> None:
    assert "sum.parts.table" in contradictions(UNIT, changed(rows, old, new))


def test_a_table_in_which_no_total_adds_up_is_of_another_build() -> None:
    rows: Rows = [
        ["乡镇", "户数（户）", "金额（万元）"],
        ["东山镇", "12", "30.55"],
        ["其中东一村", "5", "20.55"],
        ["东二村", "7", "10.00"],
        ["合计", "12", "30.55"],
    ]
    assert contradictions("发放情况表", rows) == []


# Sums in prose


def test_what_was_before_a_change_is_no_part() -> None:
    sentence = (
        "政府性基金预算由年初的80000万元调整为50000万元，其中：土地出让收入由65000万元调整为{}万元，"
        "城市建设配套费10000万元、专项收入5000万元。"
    )
    assert told(sentence.format(35000), about="sum")["consistent"] == ["35000 + 10000 + 5000 = 50000万元"]
    assert not told(sentence.format(35000), about="sum")["inconsistent"]


def test_a_list_without_figures_is_over_at_its_semicolon() -> None:
    sentence = "其中：人员经费96.98万元，主要包括：基本工资、津贴补贴；公用经费480.66万元，主要包括：办公费、差旅费。"
    assert contradictions("基本支出577.64万元。" + sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "油料产量14.5万吨，增长8.8%，其中：油菜籽产量11.1万吨，增长10.1%；蔬菜产量49.9万吨，增长4.0%。",
        "成都平原区29523.3亿元，其中环成都圈11806.7亿元；川南区7883.7亿元；川东北区7595.5亿元；攀西区2774.0亿元。",
        "粮食面积43907公顷。其中，小麦21500公顷；玉米11118公顷；油料6284.3公顷；烟叶3087公顷；蔬菜10168公顷。",
    ],
)
def test_a_list_that_goes_on_past_its_total_is_not_accused(sentence: str) -> None:
    assert contradictions(sentence) == []


def test_a_result_may_be_cut_off_after_its_last_place() -> None:
    cut = "月发低保金877.74万元，其中：城市373.9052万元，农村503.8417万元。"
    assert not told(cut, about="sum")["inconsistent"]
    assert told(cut.replace("877.74", "877.73"), about="sum")["inconsistent"]
    survey = "收回有效问卷300份，满意200份，满意度66.66%。"
    assert contradictions(survey) == []
    assert contradictions(survey.replace("66.66", "66.65")) != []


# Rates, changes, targets


@pytest.mark.parametrize(
    "sentence",
    [
        "安置下岗失业人员2391人；年末城镇登记失业3863人，登记失业率3.72%。",
        "地区生产总值由9323.1亿元提高到13697.5亿元，增长33.6%。",
        "地区生产总值突破3万亿元，净增1万亿元，年均增长5.2%。",
        "在世界500强排名由369位上升到235位。",
        "居民人均可支配收入分别增长7.4%和6%，居民消费价格涨幅控制在5%以内。",
        "“三公”经费支出比上年减少0.15万元，其中：因公出国（境）费0万元，公务用车购置费0万元，公务接待费0.39万元。",
    ],
)
def test_figures_that_only_stand_side_by_side(sentence: str) -> None:
    assert contradictions(sentence) == []


def test_two_values_of_one_name_are_told_where_a_slip_lies_between_them() -> None:
    one, other = "保障事实无人抚养儿童{}人。", "全年共保障事实无人抚养儿童{}人。"
    assert contradictions(one.format(2416), other.format(2461)) == ["repeat.same"]
    assert contradictions(one.format(2416), other.format(2380)) == []


# Round figures


def test_a_round_figure_beside_finer_ones_is_as_exact_as_they() -> None:
    sentence = "新增债务限额2.39亿元，其中一般债务1.39亿元，专项债务{}亿元。"
    assert told(sentence.format("1"), about="sum")["consistent"] == ["1.39 + 1 = 2.39亿元"]
    rounded = told(sentence.format("0.7"), about="sum")
    assert not rounded["consistent"]
    assert told("投资7.86亿元，其中一期3亿元、二期5亿元。", about="sum") == {
        "consistent": [],
        "inconsistent": [],
        "uncheckable": ["3 + 5 = 8亿元"],
    }


def test_nothing_is_nothing() -> None:
    assert not told("差值为0.9万元，其中：出国费0万元，购车费0万元，接待费0万元。", about="sum")["consistent"]


def test_a_round_figure_does_not_confirm_another_of_its_name() -> None:
    one, other = "基建工程设计支出{}万元。", "全年基建工程设计支出{}万元。"
    assert not told(one.format("30"), other.format("29.99"), about="repeat")["consistent"]
    assert told(one.format("1234.6"), other.format("1234.56"), about="repeat")["consistent"]


# Identities


def test_an_identity_is_told_once_of_a_total_and_once_of_its_parts() -> None:
    nested = (
        "“三公”经费决算总额2771万元。其中：因公出国（境）费120万元；公务接待费1033万元；"
        "公务用车购置及运行费1618万元，其中：公务用车购置费414万元，公务用车运行费1204万元。"
    )
    assert contradictions(nested) == []
    two_years = (
        "2022年“三公”经费预算总计21.8万元，其中：因公出国（境）费0万元，公务接待费11.8万元，公务用车运行费10万元。",
        "2021年“三公”经费合计支出20.12万元，其中：因公出国（境）费0万元，公务接待费12.39万元，公务用车运行费7.73万元。",
    )
    assert contradictions(*two_years) == []


# Lists that are whole by their names


@pytest.mark.parametrize(
    ("sentence", "old", "new"),
    [
        ("一般公共预算收入76138万元（税收收入47008万元、非税收入29130万元）。", "47008", "57008"),
        ("收入316580万元，其中：税收收入238998万元，列第五；非税收入77582万元；基金收入1616万元。", "77582", "97582"),
        ("粮食产量20.2万吨，增长2.5%。其中，夏粮产量10.5万吨，增长1.9%；秋粮产量9.7万吨，增长3.2%。", "10.5", "15.5"),
        ("债务限额5.73亿元，其中一般债务4.68亿元，专项债务1.05亿元。", "5.73", "8.73"),
        ("一批投资3374.3万元，二批投资2069.51万元，三批投资778.59万元，合计总投资6222.4万元。", "778.59", "778.29"),
        ("纳入低保8957户24835人。其中：一类3167户8112人；二类5790户16723人。", "8112", "8132"),
    ],
)  # fmt: skip
def test_a_list_that_is_whole_by_its_names_is_held_to_its_total(sentence: str, old: str, new: str) -> None:
    assert contradictions(sentence) == []
    assert "sum.parts" in contradictions(sentence.replace(old, new))


def test_a_share_is_of_the_total_that_it_names() -> None:
    sentences = (
        "全市总人口为545597人。",
        "全市共有家庭户146772户，家庭户人口为529243人。",
        "汉族人口为456550人，占总人口的{}%。",
    )
    assert contradictions(*(sentence.format("83.68") for sentence in sentences)) == []
    assert contradictions(*(sentence.format("85.68") for sentence in sentences)) == ["rate.share"]


@pytest.mark.parametrize(
    "sentence",
    [
        "税收收入45612.99亿元，比上年增收11487.11亿元，增长33.7%，占财政总收入51304.03亿元的88.9%。",
        "总人口579101人。其中，60岁及以上78366人，占13.53%，其中65岁及以上53403人，占9.22%。",
        "同上次普查的513604人相比，共增加31993人，增长6.23%。",
    ],
)
def test_what_a_share_or_a_growth_is_not_taken_of(sentence: str) -> None:
    assert contradictions(sentence) == []


def test_an_added_value_is_no_change() -> None:
    sentence = (
        "地区生产总值25002.79亿元，增长3.9%。按产业分，第一产业增加值1803.33亿元，增长4.7%；"
        "第二产业增加值9992.21亿元，增长4.9%；第三产业增加值13207.25亿元，增长2.9%。"
    )
    assert "1803.33 + 9992.21 + 13207.25 = 25002.79亿元" in told(sentence, about="sum")["consistent"]
    assert contradictions(sentence.replace("9992.21", "9929.21")) == ["sum.parts"]


def test_a_total_at_the_end_is_of_its_own_part_of_the_sentence() -> None:
    sentence = (
        "收入预算15.39亿元，完成15.39亿元，加上补助收入13.36亿元，收入合计28.75亿元；"
        "支出预算26.93亿元，实际支出24.98亿元，加上上解支出6.15亿元、还本支出0.03亿元，支出合计31.16亿元。"
    )
    assert "24.98 + 6.15 + 0.03 = 31.16亿元" in told(sentence, about="sum")["consistent"]
    assert not told(sentence, about="sum")["inconsistent"]


def test_a_part_of_another_size_is_of_another_measure() -> None:
    assert contradictions("食品抽检量超每千人6.6批次，其中抽检5万批次。") == []
    assert "sum.part" in contradictions("总投资1860万元，其中福彩公益金2200万元。")


def test_what_is_also_or_not_included_is_no_part() -> None:
    assert contradictions("境外捐赠144万元（统计数据不包含援建项目款639万元）。") == []
    assert contradictions("当年入库1516394万元。此外，还包括上年转入的1713845万元。") == []


def test_a_sum_is_shown_in_the_unit_of_its_total() -> None:
    sentence = "进出口总值22.91万亿元，其中出口12.48万亿元，进口10.43万亿元。"
    assert told(sentence, about="sum")["consistent"] == ["12.48 + 10.43 = 22.91万亿元"]


def test_the_head_of_a_code_is_no_unit() -> None:
    rows: Rows = [
        ["科目编码", "<", "<", "科目名称", "决算数"],
        ["类", "款", "项", "^", "^"],
        ["", "", "", "合计", "940.05"],
        ["201", "", "", "一般公共服务支出", "606.66"],
        ["201", "06", "", "财政事务", "606.66"],
        ["208", "", "", "社会保障和就业支出", "333.39"],
    ]
    assert "606.66 + 333.39 = 940.05万元" in told(UNIT, rows, about="sum")["consistent"]


def test_shares_of_one_base_in_words_are_of_one_figure() -> None:
    lines = (
        "本级实现财务收入279.40万元，项目收入30万元。",
        "1.公益性资金收入41.31万元，占总收入的{}%。",
        "2.政府拨款收入220.43万元，占总收入的78.89%。",
        "3.其它收入17.66万元，占总收入的6.32%。",
    )
    assert len(told(*(line.format("14.79") for line in lines), about="rate")["consistent"]) == 3
    assert contradictions(*(line.format("64.79") for line in lines)) == ["rate.share"]


# Rows with numbers

NUMBERED: Rows = [
    ["指标名称", "上年（万元）", "本年（万元）"],
    ["一、民政事业费累计支出", "534602.6", "404423.1"],
    ["1.社会福利", "56507.5", "40788.2"],
    ["2.社会救助", "413393.4", "332398.2"],
    ["（1）最低生活保障", "349123.7", "265648.9"],
    ["（2）临时救助支出", "13700.0", "26461.6"],
    ["3.其他", "64701.7", "31236.7"],
    ["二、彩票公益金支出", "5600.5", "4200.4"],
    ["支出合计", "540203.1", "408623.5"],
]


def test_rows_with_numbers_add_up_level_by_level() -> None:
    found = told("收支情况表", NUMBERED, about="sum")
    assert "40788.2 + 332398.2 + 31236.7 = 404423.1万元" in found["consistent"]
    assert "404423.1 + 4200.4 = 408623.5万元" in found["consistent"]
    assert not found["inconsistent"], "the rows under 2 are not all there is: they add up in neither year"
    assert contradictions("收支情况表", changed(NUMBERED, "31236.7", "31236.1")) == ["sum.parts.table"]
