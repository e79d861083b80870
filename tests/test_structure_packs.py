"""Indicator packs: their own examples, what they name, and the panel made of them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import jixiao
from jixiao.panel import panel_rows, panel_table, year_of
from jixiao.result import FileResult, Status
from jixiao.tables import Row
from parsers import parse
from parsers.packs import Pack, PackError, default_packs, indicator_of, indicators, load_pack, plain, with_indicators
from tests.conftest import ROOT
from tests.small_documents import document

PACKS = default_packs()
KNOWN = indicators(PACKS)
EXAMPLES = [
    pytest.param(name, example, wanted, id=f"{name}-{example['metric']}-{wanted}")
    for pack in PACKS
    for name, example, wanted in pack.examples
]


@pytest.mark.parametrize(("name", "example", "wanted"), EXAMPLES)
def test_an_indicator_names_its_examples(name: str, example: dict[str, str], wanted: bool) -> None:
    around = (example.get("subject", ""), "", example.get("section", ""), "")
    found = indicator_of(KNOWN[name].kind, KNOWN[name].unit, example["metric"], around, PACKS)
    assert (found == name) == wanted, found


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_a_pack_says_both_what_it_is_and_is_not(pack: Pack) -> None:
    for one in pack.indicators:
        told = {wanted for name, _, wanted in pack.examples if name == one.id}
        assert told == {True, False}, one.id
        assert one.low < one.high
        assert one.zh and one.en


def test_ids_are_unique_over_the_packs() -> None:
    ids = [one.id for pack in PACKS for one in pack.indicators]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("metric", "name"),
    [
        ("全市基本医疗保险参保人数", "基本医疗保险参保人数"),
        ("“三公”经费合计2022年决算数", "三公经费合计决算数"),
        ("年度资金总额执行率（B/A）", "资金总额执行率"),
        ("沿线群众满意度实际完成值", "沿线群众满意度"),
        ("其中：人员支出", "人员支出"),
        ("", ""),
    ],
)
def test_the_plain_name_of_a_measure(metric: str, name: str) -> None:
    assert plain(metric) == name


PACK = """
[pack]
id = "roads"
[[indicator]]
id = "roads_maintained"
zh = "列养里程"
kind = "other"
unit = "公里"
endings = ["养护里程"]
low = 0
high = 100000
examples = [{ metric = "县道养护里程" }]
counterexamples = [{ metric = "绿化里程" }]
"""


def test_a_pack_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "roads.toml"
    path.write_text(PACK, encoding="utf-8")
    pack = load_pack(path)
    assert indicator_of("other", "公里", "乡道日常养护里程", (), (pack, *PACKS)) == "roads_maintained"
    assert panel_table((pack,)).names[-3:] == ("roads_maintained", "roads_maintained_fact", "roads_maintained_differs")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('id = "roads_maintained"', 'id = "Roads"', "small letters"),
        ('kind = "other"', 'kind = "length"', "kind is one of"),
        ('kind = "other"', 'kind = "other"\nof = "town"', "of is one of"),
        ("low = 0\n", "", "missing: low"),
        ('endings = ["养护里程"]', 'ending = ["养护里程"]', "unknown: ending"),
        ('endings = ["养护里程"]', "", "names or endings"),
        ('[pack]\nid = "roads"', "", r"table \[pack\]"),
        ("low = 0", "low = ", "no TOML"),
    ],
)
def test_a_pack_that_breaks_the_rules_says_how(tmp_path: Path, old: str, new: str, problem: str) -> None:
    path = tmp_path / "roads.toml"
    path.write_text(PACK.replace(old, new), encoding="utf-8")
    with pytest.raises(PackError, match=problem):
        load_pack(path)


# The panel


def files(*texts: str) -> list[FileResult]:
    done = []
    for number, text in enumerate(texts):
        reports = tuple(with_indicators(report, PACKS) for report in parse(document(*text.split("\n"))))
        done.append(FileResult(f"{number}.txt", Status.OK, sha256=f"{number}" * 64, reports=reports))
    return done


def panel(*texts: str) -> list[Row]:
    return list(panel_rows(files(*texts), PACKS))


HEAD = "项目支出绩效自评报告\n（2022年度）\n项目单位：新丰县医疗保障局\n一、概况\n"


def test_a_row_for_a_place_and_year() -> None:
    (row,) = panel(HEAD + "全县城乡居民医保参保人数为18.5万人，群众满意度96%。")
    assert (row["region_code"], row["county"], row["year"]) == ("440233", "新丰县", "2022")
    assert (row["insured_residents"], row["satisfaction"]) == ("185000", "96")
    assert row["insured_residents_fact"].startswith("000000000000-1-f")
    assert row["insured_residents_differs"] == ""


def test_figures_that_differ_are_marked_and_those_that_agree_are_not() -> None:
    text = HEAD + "全县城乡居民医保参保人数为18.5万人。"
    (row,) = panel(text, text.replace("18.5万人", "185020人"), text.replace("18.5万人", "181000人"))
    assert (row["insured_residents"], row["reports"]) == ("185000", "3")
    assert [fact.split("-")[0] for fact in row["insured_residents_differs"].split()] == ["222222222222"]


FORM = """{project}绩效自评报告
（2022年度）
项目单位：{unit}
一、概况
项目年初预算{budget}万元。全县城乡居民医保参保人数为{insured}万人。“三公”经费支出{three}万元。"""


def form(project: str, unit: str, budget: str, insured: str = "18.5", three: str = "3") -> str:
    return FORM.format(project=project, unit=unit, budget=budget, insured=insured, three=three)


def test_budgets_of_two_projects_are_two_rows_and_no_contradiction() -> None:
    bureau = "新丰县医疗保障局"
    first, second = panel(form("医疗救助补助资金", bureau, "120"), form("参保资助资金", bureau, "80"))
    assert [row["project"] for row in (first, second)] == ["医疗救助补助资金", "参保资助资金"]
    assert [row["budget_initial"] for row in (first, second)] == ["1200000", "800000"]
    assert [row["budget_initial_differs"] for row in (first, second)] == ["", ""]
    assert [row["insured_residents"] for row in (first, second)] == ["185000", "185000"]
    assert {row["organisation"] for row in (first, second)} == {bureau}


def test_what_is_the_places_is_compared_over_its_reports_and_a_units_over_the_units() -> None:
    texts = (
        form("医疗救助补助资金", "新丰县医疗保障局", "120"),
        form("参保资助资金", "新丰县医疗保障局", "80", insured="17.9", three="6"),
        form("农村公路养护资金", "新丰县交通运输局", "60", three="5"),
    )
    rows = panel(*texts)
    assert len(rows) == 3
    assert all(row["insured_residents"] == "185000" and row["insured_residents_differs"] for row in rows)
    bureau = [row for row in rows if row["organisation"] == "新丰县医疗保障局"]
    assert {row["three_public"] for row in bureau} == {"30000"}
    assert all(row["three_public_differs"] for row in bureau)
    (roads,) = [row for row in rows if row["organisation"] == "新丰县交通运输局"]
    assert (roads["three_public"], roads["three_public_differs"]) == ("50000", "")


UNNAMED = """新丰县2022年{project}绩效自评报告
一、概况
{project}年初预算{budget}万元。“三公”经费支出{three}万元。"""


def test_a_report_without_a_unit_keeps_its_units_figures_to_itself() -> None:
    first = UNNAMED.format(project="医疗救助补助资金", budget="120", three="3")
    second = UNNAMED.format(project="参保资助资金", budget="80", three="5")
    rows = panel(first, second)
    assert [(row["organisation"], row["three_public"], row["three_public_differs"]) for row in rows] == [
        ("", "30000", ""),
        ("", "50000", ""),
    ]


def test_figures_of_units_that_nothing_tells_apart_are_left_out() -> None:
    title = "新丰县2022年度部门整体支出绩效自评报告\n一、概况\n"
    text = title + "“三公”经费支出{three}万元。全县城乡居民医保参保人数为18.5万人。"
    (row,) = panel(text.format(three="3"))
    assert row["three_public"] == "30000"
    (row,) = panel(text.format(three="3"), text.format(three="5"))
    assert (row["three_public"], row["insured_residents"], row["reports"]) == ("", "185000", "2")


def test_beside_the_whole_the_other_rows_of_a_table_are_parts() -> None:
    rows = [
        ["科目", "基本支出", "项目支出"],
        ["行政运行", "120", "0"],
        ["小额贴息", "15", "60"],
        ["合计", "135", "60"],
    ]
    text = ("新丰县财政局2022年度部门决算说明", "一、支出情况", "单位：万元")
    reports = tuple(with_indicators(one, PACKS) for one in parse(document(*text, rows)))
    (row,) = panel_rows([FileResult("a.docx", Status.OK, sha256="0" * 64, reports=reports)], PACKS)
    assert (row["basic_expenditure"], row["basic_expenditure_differs"]) == ("1350000", "")
    assert (row["project_expenditure"], row["project_expenditure_differs"]) == ("600000", "")


def test_the_budget_of_one_line_is_not_the_units() -> None:
    text = (
        HEAD.replace("一、概况", "一、财政拨款支出决算情况") + "行政运行（项）。年初预算为820万元，支出决算为815万元。"
    )
    assert [row["budget_initial"] for row in panel(text)] in ([], [""])


def test_a_report_that_says_nothing_of_its_own_adds_no_row() -> None:
    bare = HEAD + "全县城乡居民医保参保人数为18.5万人。"
    (row,) = panel(form("医疗救助补助资金", "新丰县医疗保障局", "120"), bare)
    assert (row["project"], row["insured_residents"]) == ("医疗救助补助资金", "185000")
    (row,) = panel(bare, bare.replace("新丰县医疗保障局", "新丰县统计局"))
    assert (row["organisation"], row["reports"]) == ("", "2")


def test_targets_and_reports_without_a_place_are_left_out() -> None:
    assert panel(HEAD + "目标：群众满意度不低于95%。") == []
    assert panel("项目支出绩效自评报告\n一、概况\n群众满意度96%。") == []


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("", "2023"),
        ("2021", "2021"),
        ("2021-12", "2021"),
        ("2021-12-31", "2021"),
        ("2021-01/2021-12", "2021"),
        ("2021-03", ""),
        ("2021-01/2021-06", ""),
    ],
)
def test_the_year_that_a_fact_is_of(period: str, year: str) -> None:
    ((report,),) = (one.reports for one in files(HEAD + "满意度96%。"))
    assert year_of(report.facts[0]._replace(period=period, year="2023")) == year


def test_the_panel_of_the_samples() -> None:
    result = jixiao.extract(ROOT / "samples" / "water-bureau-2022.pdf")
    (row,) = [row for row in panel_rows(result.files, result.packs) if row["year"] == "2022"]
    assert (row["city"], row["staff_actual"], row["basic_expenditure"]) == ("清沅市", "171", "38722900")
    assert Decimal(row["project_expenditure"]) in (Decimal(87621200), Decimal(87261200))
    assert row["project_expenditure_differs"]  # 8762.12 in the text, 8726.12 in the table
    frame = result.panel()
    assert list(frame.columns) == list(panel_table(result.packs).names)
