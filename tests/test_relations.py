"""Which figures belong together: totals and their parts in prose and tables, and the column ``part_of``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import parse
from parsers.model import Fact
from parsers.relate.relate import relate
from parsers.relate.relations import FORMULAS, Relation, with_parts
from parsers.relate.stretches import stretches
from tests.small_documents import Rows, document, facts

COVER = "2023年度某项目绩效自评报告"


def parts_of(total: str, *lines: str | Rows) -> list[str]:
    """Return the quotes of the facts whose ``part_of`` is the first fact with the quote ``total``."""
    found = facts(COVER, *lines)
    index = next(i for i, fact in enumerate(found) if fact.quote == total)
    return [fact.quote for fact in found if fact.part_of == index]


LISTS = {
    "其中 and commas": (
        "项目总投资862万元，其中土建工程费690万元，设备费98万元，其他费用74万元。",
        "862万元",
        "690 98 74",
    ),
    "ends at the comma": ("在园幼儿1584人，其中公办园823人、民办园761人；教师120人。", "1584人", "823 761"),
    "brackets": ("到位资金330万元（中央198万元、省级66万元、县级66万元）。", "330万元", "198 66 66"),
    "a new sentence": ("支出合计500万元，执行率98%。其中：基本支出300万元；项目支出200万元。", "500万元", "300 200"),
    "by purpose": ("累计支出486万元。按用途分：施工费432万元，监理费54万元。", "486万元", "432 54"),
    "包括": ("路长共124名，包括县级26名、乡级98名。", "124名", "26 98"),
    "nested": (
        "到位709万元，其中中央504万元（其中彩票公益金33万元），省级105万元，区级100万元。",
        "709万元",
        "504 105 100",
    ),
    "the nested part": ("到位709万元，其中中央504万元（其中彩票公益金33万元），省级205万元。", "504万元", "33"),
    "a named total": (
        "支出500万元，其中基本支出300万元，项目支出200万元。基本支出中，人员经费240万元，公用经费60万元。",
        "300万元",
        "240 60",
    ),
    "a total behind": ("道路维修20万元、桥梁加固30万元；两项合计50万元。", "50万元", "20 30"),
    "means between": (
        "经费73万元，较上年的65万元增长12.3%。其中：接待费14万元，人均88元；购车费18万元；运行费41万元。",
        "73万元",
        "14 18 41",
    ),
    "what is left is no total": ("项目支出271万元，结余8万元。其中城市90万元、农村181万元。", "271万元", "90 181"),
}


@pytest.mark.parametrize("name", LISTS)
def test_parts_of_a_total_in_prose(name: str) -> None:
    sentence, total, parts = LISTS[name]
    assert [quote.rstrip("万元人名") for quote in parts_of(total, sentence)] == parts.split()


@pytest.mark.parametrize(
    "sentence",
    [
        "收入100万元，同比增长12%。其中：税收增长8%，非税增长20%。",
        "项目444项（打包项目拆分后共569项）。",
        "开展检查46次，检查单位320家次，约谈12家。",
        "资助标准由280元提高到320元。",
        "预算100万元，支出95万元。",
    ],
)
def test_figures_that_are_no_parts(sentence: str) -> None:
    assert all(fact.part_of is None for fact in facts(COVER, sentence))


TABLE: Rows = [
    ["乡镇", "户数（户）", "金额（万元）"],
    ["东山镇", "12", "30.5"],
    ["西河镇", "18", "40.2"],
    ["合计", "30", "70.7"],
]


def test_parts_of_a_total_in_a_table() -> None:
    assert parts_of("70.7", "各乡镇情况表", TABLE) == ["30.5", "40.2"]
    assert parts_of("30", "各乡镇情况表", TABLE) == ["12", "18"]


def test_a_total_row_may_stand_first() -> None:
    rows = [TABLE[0], TABLE[3], TABLE[1], TABLE[2]]
    assert parts_of("70.7", "各乡镇情况表", rows) == ["30.5", "40.2"]


FORM: Rows = [
    ["单位名称", "支出合计", "其中：", "<", "<", "年末结余"],
    ["^", "^", "基本支出", "其中：", "<", "^"],
    ["^", "^", "^", "人员经费", "公用经费", "^"],
    ["局机关", "100.50", "80.50", "60.00", "20.50", "3.00"],
]


def test_columns_under_among_are_parts_of_the_column_beside_it() -> None:
    found = facts(COVER, "收支情况表（单位：万元）", FORM)
    by_quote = {fact.quote: fact for fact in found}
    assert [found[by_quote[q].part_of or 0].quote for q in ("60.00", "20.50")] == ["80.50", "80.50"]
    assert by_quote["3.00"].part_of is None


def test_every_kind_of_relation_has_its_formula_and_names_known_facts() -> None:
    read = document(
        COVER,
        "预算80万元，支出76万元，执行率95%，结余4万元。",
        "补助标准为320元/人，共补助1000人，补助金额32万元。",
        "由720元提高到768元，增长6.67%。",
        "省级资金441万元、县级资金294万元，分担比例为3:2。",
        "各乡镇情况表",
        TABLE,
    )
    (report,) = parse(read)
    relations = relate(read, report, stretches(read, report))
    assert {"sum", "rate", "product", "growth", "ratio"} <= {relation.kind for relation in relations}
    for relation in relations:
        assert relation.kind in FORMULAS
        assert all(0 <= index < len(report.facts) for index in (relation.stated, *relation.terms))
        assert relation.stated not in relation.terms


# Sums may overlap: whatever they claim, no figure becomes a part of itself.

SUM = st.tuples(st.integers(0, 5), st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True))


@given(st.lists(SUM, max_size=8))
def test_part_of_never_runs_in_circles(claims: list[tuple[int, list[int]]]) -> None:
    base = facts(COVER, "甲1人、乙2人、丙3人、丁4人、戊5人、己6人。")
    assert len(base) == 6
    relations = [Relation("sum", total, tuple(parts), "decides", "") for total, parts in claims]
    found: tuple[Fact, ...] = with_parts(base, relations)
    for start in range(len(found)):
        at, steps = found[start].part_of, 0
        while at is not None:
            at, steps = found[at].part_of, steps + 1
            assert steps <= len(found)
