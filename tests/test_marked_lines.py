"""Score tables a cell a line with rules between the marks: read where they add up, left alone where they do not."""

from __future__ import annotations

import pytest

from jixiao.tables import plain
from tests.small_documents import report

TITLE = "2022年渡口维修项目绩效自评报告"
HEAD = ("指标", "分值", "评分标准", "得分")
ROWS = (
    *("立项规范性", "20", "程序完整得20分，缺一项扣5分", "20"),
    *("资金到位率", "30", "到位率100%得30分，每低1个百分点扣1分", "28"),
    *("渡口完好率", "50", "完好率95%以上得50分", "45.5"),
)


def scores(*lines: str) -> list[tuple[str, str, str]]:
    found = report(TITLE, "一、评价结论", *lines, "二、有关建议", "加强管护。").scores
    return [(" > ".join(s.path), *("" if m is None else plain(m) for m in (s.full, s.awarded))) for s in found]


EXPECTED = [("立项规范性", "20", "20"), ("资金到位率", "30", "28"), ("渡口完好率", "50", "45.5")]


def test_a_table_that_adds_up() -> None:
    assert scores(*HEAD, *ROWS, "合计", "100", "93.5") == [*EXPECTED, ("合计", "100", "93.5")]


def test_a_table_without_a_total_whose_marks_make_a_hundred() -> None:
    assert scores(*HEAD, *ROWS) == EXPECTED


@pytest.mark.parametrize(
    "lines",
    [
        (*HEAD, *ROWS, "合计", "100", "95"),
        (*HEAD, *ROWS[4:]),
        (*HEAD, *ROWS[:3], *ROWS[4:], "合计", "100", "93.5"),
        (*HEAD, *ROWS[:8], "合计", "50", "48"),
    ],
    ids=["another total", "a row lost", "a mark lost", "too few rows"],
)
def test_what_does_not_add_up_is_no_table(lines: tuple[str, ...]) -> None:
    assert [score for score in scores(*lines) if score in EXPECTED] == []


def test_levels_go_on_below_the_row_that_names_them() -> None:
    head = ("一级指标", "二级指标", "三级指标", "分值", "评分标准", "得分")
    rows = (
        *("过程", "资金管理", "到位率", "20", "到位率100%得20分", "20", "使用合规性", "20", "出现挪用的不得分", "20"),
        *("组织实施", "制度健全性", "10", "制度健全得10分；", "执行有效得满分", "8"),
        *("产出", "产出数量", "维修渡口数", "50", "完成12处得50分", "50", "总分", "100", "98"),
    )
    assert scores(*head, *rows) == [
        *(("过程 > 资金管理 > 到位率", "20", "20"), ("过程 > 资金管理 > 使用合规性", "20", "20")),
        *(
            ("过程 > 组织实施 > 制度健全性", "10", "8"),
            ("产出 > 产出数量 > 维修渡口数", "50", "50"),
            ("总分", "100", "98"),
        ),
    ]


def test_rules_before_the_marks_and_remarks_behind_them() -> None:
    before = ("指标名称", "评价标准", "分值", "得分", "扣分原因")
    rows = (
        *("到位率", "到位率100%得40分", "40", "40", "完好率", "完好率95%以上得30分", "30", "25"),
        *("两处渡口未验收，扣5分", "满意度", "满意度90%以上得30分", "30", "30"),
    )
    expected = [("到位率", "40", "40"), ("完好率", "30", "25"), ("满意度", "30", "30")]
    assert scores(*before, *rows) == expected


@pytest.mark.parametrize("remark", [("两处渡口未验收，扣5分",), ("验收滞后",), ("无",)])
def test_a_remark_behind_a_mark_is_its_reason_and_no_name(remark: tuple[str, ...]) -> None:
    head = (*HEAD, "扣分原因")
    lines = (*head, *ROWS[:8], *remark, *ROWS[8:], "个别渡口破损", "合计", "100", "93.5")
    found = report(TITLE, "一、评价结论", *lines).scores
    assert [(s.path[-1], s.reason) for s in found] == [
        *(("立项规范性", ""), ("资金到位率", remark[0]), ("渡口完好率", "个别渡口破损"), ("合计", "")),
    ]


def test_a_short_line_that_may_be_a_remark_or_a_name_makes_no_table() -> None:
    head = ("一级指标", "二级指标", "三级指标", "分值", "评分标准", "得分", "扣分原因")
    rows = (
        *("过程", "资金管理", "到位率", "20", "到位率100%得20分", "15", "资金滞后", "合规性", "30", "挪用不得分", "30"),
        *("产出", "数量", "渡口数", "50", "完成得50分", "50"),
    )
    assert scores(*head, *rows) == []


def test_marks_of_the_table_are_facts_under_its_heads() -> None:
    found = report(TITLE, "一、评价结论", *HEAD, *ROWS, "合计", "100", "93.5").facts
    marks = [(fact.quote, fact.role) for fact in found if fact.kind == "score" and "资金到位率" in fact.metric]
    assert ("30", "full") in marks and ("28", "awarded") in marks
