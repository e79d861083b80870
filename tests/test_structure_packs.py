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
