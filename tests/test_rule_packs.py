"""Rules of a user's own: read, tried on their own sentences, and in force in a run and over a finished one."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jixiao
from jixiao.findings import Verdict
from jixiao.packs import failures, load, rule_failures
from jixiao.tables import Row, rows
from parsers.packs import PackError, default_packs, load_pack
from patterns.rules import Rules, default_rules, identities, merged, using
from tests.conftest import ROOT, Cli

PACK = """
[[identity]]
id = "roads"
zh = "养护支出＝小修＋大修"
en = "maintenance = minor + major"
total = '养护(?:支出|经费)'
parts = ['小修', '大修']
holds = "公路养护支出500万元，小修支出200万元，大修支出300万元。"
fails = "公路养护支出500万元，小修支出200万元，大修支出310万元。"

[[rate]]
id = "good-roads"
zh = "优良路率＝优良路里程÷列养里程"
en = "good roads = good ÷ maintained"
rate = '优良路率'
part = '优良'
base = '列养'
kinds = "other"
holds = "列养里程500公里，优良路里程400公里，优良路率80%。"
fails = "列养里程500公里，优良路里程400公里，优良路率90%。"

[[limit]]
id = "good-roads"
zh = "优良路率不应超过99.5%"
en = "good roads cannot exceed 99.5 per cent"
name = '优良路率'
most = 99.5
severity = "low"
holds = "优良路率80%。"
fails = "优良路率99.8%。"

[[placeholder]]
id = "draft"
zh = "征求意见稿字样未删"
en = "marked as a draft"
regex = '征求意见稿'
holds = "全年养护支出500万元。"
fails = "（征求意见稿）"
"""
REPORT = """2023年度农村公路养护项目绩效自评报告（征求意见稿）
一、资金情况
公路养护支出580万元，小修支出200万元，大修支出300万元。
二、产出情况
列养里程500公里，优良路里程400公里，优良路率85%。
"""
OWN = ["limit.good-roads", "rate.good-roads", "sum.parts.roads"]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "roads.toml"
    path.write_text(PACK, encoding="utf-8")
    return path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def wrong(found: list[Row]) -> list[str]:
    return sorted(row["check_id"] for row in found if row["verdict"] == Verdict.INCONSISTENT)


# Reading


def test_a_pack_of_rules_needs_no_head(pack: Path) -> None:
    read = load(pack)
    assert (read.id, read.indicators) == ("roads", ())
    assert [rule.id for rule in (*read.rules.identities, *read.rules.rates)] == ["roads", "good-roads"]
    assert str(read.rules.limits[0].most) == "99.5"


def test_a_pack_may_hold_indicators_and_rules(pack: Path) -> None:
    pack.write_text(
        """
[pack]
id = "roads"
[[indicator]]
id = "roads_maintained"
zh = "列养里程"
kind = "other"
unit = "公里"
names = ["列养里程"]
low = 0
high = 100000
examples = [{ metric = "列养里程" }]
counterexamples = [{ metric = "绿化里程" }]
"""
        + PACK,
        encoding="utf-8",
    )
    read = load(pack)
    assert [one.id for one in read.indicators] == ["roads_maintained"]
    assert read.rules.identities
    assert list(failures(read)) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[[identity]]", "[[identities]]", "unknown: identities; known are pack, indicator, rate, identity"),
        ("[[limit]]", "[limit]", r"write \[\[limit\]\]"),
        ("parts = ['小修', '大修']", "parts = ['小修']", "identity roads: parts is a list of at least two"),
        ("parts = ['小修', '大修']", "parts = ['小修', '(']", "identity roads: parts is no regular expression"),
        ("total = '养护(?:支出|经费)'", "", "identity roads: lacks total"),
        ('kinds = "other"', 'kinds = "length"', "rate good-roads: kinds is"),
        ('kinds = "other"', 'kinds = ["other"]', "rate good-roads: kinds is"),
        ('severity = "low"', 'severity = "grave"', "limit good-roads: severity is high, medium or low"),
        ("most = 99.5", 'most = "many"', "limit good-roads: most is a number"),
        ("base = '列养'", "base = '列养'\nbases = '列养'", "rate good-roads: unknown bases; known are"),
        ('id = "roads"', 'id = "Roads"', "identity Roads: an id is made of small letters"),
        ("regex = '征求意见稿'", "regex = 3", "placeholder draft: regex is no regular expression"),
        ('zh = "征求意见稿字样未删"', "zh = 3", "placeholder draft: zh has to be text"),
    ],
)
def test_what_is_no_rule_is_refused_by_file_and_name(pack: Path, old: str, new: str, problem: str) -> None:
    assert old in PACK
    pack.write_text(PACK.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError, match=r"^roads.toml") as refused:
        load(pack)
    assert re.search(problem, str(refused.value))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "大修支出300万元。",
            "大中修支出300万元。",
            r"identity roads: .*\(holds\) should be consistent and is not looked at",
        ),
        (
            "大修支出310万元。",
            "大修支出300万元。",
            r"identity roads: .*\(fails\) should be inconsistent and is consistent",
        ),
        ("优良路率90%", "优良路率80%", r"rate good-roads: .*\(fails\) should be inconsistent"),
        ('fails = "优良路率99.8%。"', 'fails = "优良路率98%。"', r"limit good-roads: .*\(fails\)"),
        ('fails = "（征求意见稿）"', 'fails = "（草稿）"', "placeholder draft: regex is not found"),
    ],
)
def test_a_rule_that_does_not_keep_its_word_is_refused(pack: Path, old: str, new: str, problem: str) -> None:
    assert old in PACK
    pack.write_text(PACK.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError, match=problem):
        load(pack)
    load_pack(pack)  # it reads well: it is the sentence that is not met


def test_the_refusal_says_what_was_read_in_the_sentence(pack: Path) -> None:
    pack.write_text(PACK.replace("大修支出300万元。", "大中修支出300万元。"), encoding="utf-8")
    with pytest.raises(PackError, match=r"Figures read there: .*大中修支出300万元 \(amount\)"):
        load(pack)


def test_the_rules_that_come_with_jixiao_keep_their_word_alone() -> None:
    assert list(rule_failures(default_rules())) == []


INDICATOR = """
[pack]
id = "own"
[[indicator]]
id = "roads"
zh = "里程"
en = "roads"
kind = "other"
unit = "公里"
names = ["养护里程"]
endings = ["列养里程"]
context = "公路"
unless = "计划"
low = 0
high = 9.5
examples = [{ metric = "养护里程" }]
counterexamples = [{ metric = "绿化里程" }]
"""
LINES = [line for line in (INDICATOR + PACK).splitlines() if " = " in line]
VALUES = st.sampled_from(
    ["3", "true", '"("', '""', "[]", "[3]", '["("]', "[{}]", "{}", "2020-01-01", "nan", '"x"', "-1.5"]
)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.sampled_from(LINES), VALUES)
def test_a_wrong_value_anywhere_is_a_pack_error_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, line: str, value: str
) -> None:
    path = tmp_path_factory.mktemp("pack") / "own.toml"
    path.write_text((INDICATOR + PACK).replace(line, f"{line.split(' = ')[0]} = {value}", 1), encoding="utf-8")
    try:
        list(failures(load_pack(path)))
    except PackError as refused:
        assert str(refused).startswith("own.toml")


@pytest.mark.parametrize("text", ["pack = 3", "indicator = 3", "[indicator]", "rate = 3", "", "[pack]\nid = 3"])
def test_what_is_no_pack_at_all_is_a_pack_error(pack: Path, text: str) -> None:
    pack.write_text(text, encoding="utf-8")
    with pytest.raises(PackError):
        load(pack)


# In force


def test_own_rules_come_first_and_replace_those_of_their_name(pack: Path) -> None:
    own = load_pack(pack).rules
    both = merged([own])
    assert both.identities == (*own.identities, *default_rules().identities)
    renamed = Rules(identities=tuple(default_rules().identities[:1]))
    assert merged([renamed]).identities == default_rules().identities
    assert merged([]) is default_rules()


def test_rules_are_in_force_inside_alone(pack: Path) -> None:
    own = load_pack(pack).rules
    with using(own):
        assert identities() == own.identities
    assert identities() == default_rules().identities


def test_a_run_is_held_against_own_rules(report: Path, pack: Path) -> None:
    without = list(rows("findings", jixiao.extract(report).files))
    with_pack = list(rows("findings", jixiao.extract(report, packs=[pack]).files))
    assert wrong(without) == ["rate"], "good roads by their name alone"
    assert wrong(with_pack) == OWN[1:]
    assert "blank.placeholder.draft" in {row["check_id"] for row in with_pack}


def test_extract_and_check_say_the_same(cli: Cli, report: Path, pack: Path, tmp_path: Path) -> None:
    cli("extract", report, "-o", tmp_path / "plain", "-q")
    cli("extract", report, "-o", tmp_path / "own", "-q", "--pack", pack)
    before = (tmp_path / "plain" / "findings.csv").read_bytes()
    later = cli("check", tmp_path / "plain", "--pack", pack, "--to", "json")
    at_once = cli("check", tmp_path / "own", "--to", "json")
    assert (later.code, at_once.code) == (3, 3)
    assert "jixiao extract --pack" in later.err, "the rule about text needs the text"
    told = [
        sorted((row["check_id"], row["fact_ids"], row["computed"], row["message"]) for row in json.loads(shown.out))
        for shown in (later, at_once)
    ]
    assert told[0] == told[1]
    assert (tmp_path / "plain" / "findings.csv").read_bytes() == before, "nothing is written"


def test_check_over_a_run_with_the_pack_tells_nothing_twice(cli: Cli, report: Path, pack: Path, tmp_path: Path) -> None:
    cli("extract", report, "-o", tmp_path / "own", "-q", "--pack", pack, "--header", "zh")
    found = json.loads(cli("check", tmp_path / "own", "--pack", pack, "--to", "json").out)
    assert wrong(found) == OWN[1:]


def test_a_bad_pack_is_a_usage_error_before_anything_is_read(
    cli: Cli, report: Path, pack: Path, tmp_path: Path
) -> None:
    pack.write_text(PACK.replace("大修支出310万元。", "大修支出300万元。"), encoding="utf-8")
    refused = cli("extract", report, "-o", tmp_path / "out", "--pack", pack)
    assert refused.code == 2
    assert "identity roads" in refused.err
    assert not (tmp_path / "out").exists()


def test_patterns_test_tells_of_every_entry_of_a_pack(cli: Cli, pack: Path) -> None:
    assert cli("patterns", "test", "--pack", pack).code == 0
    broken = PACK.replace("大修支出310万元。", "大修支出300万元。").replace("优良路率90%", "优良路率80%")
    pack.write_text(broken, encoding="utf-8")
    told = cli("patterns", "test", "--pack", pack)
    assert told.code == 1
    assert [line.split("\t")[1] for line in told.out.splitlines()] == ["rate good-roads", "identity roads"]
    assert "4 entries, 2 do not hold" in told.err


def test_patterns_test_holds_indicators_to_their_examples(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        '[pack]\nid = "own"\n[[indicator]]\nid = "roads"\nzh = "里程"\nkind = "other"\nunit = "公里"\n'
        'names = ["养护里程"]\nlow = 0\nhigh = 9\n'
        'examples = [{ metric = "绿化里程" }]\ncounterexamples = [{ metric = "养护里程" }]\n',
        encoding="utf-8",
    )
    told = cli("patterns", "test", "--pack", path)
    assert told.code == 1
    assert len(told.out.splitlines()) == 2
    assert all("indicator roads" in line for line in told.out.splitlines())


# Over a finished run


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the rules that come with jixiao under names of their own, as a user's pack."""
    files = ("identities", "rates", "limits")
    text = "\n".join((ROOT / "patterns" / "checks" / f"{name}.toml").read_text("utf-8") for name in files)
    path = tmp_path_factory.mktemp("pack") / "shipped.toml"
    path.write_text(re.sub(r'^id = "', 'id = "x-', text, flags=re.MULTILINE), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["civil-affairs-2023.docx", "rural-roads-2023.docx", "farmland-2021.txt"])
def test_the_tables_of_a_run_say_all_that_the_rules_need(cli: Cli, shipped: Path, tmp_path: Path, name: str) -> None:
    """Over the tables the rules find exactly what they find in the file: no more, no less."""
    cli("extract", ROOT / "samples" / name, "-o", tmp_path / "plain", "-q")
    cli("extract", ROOT / "samples" / name, "-o", tmp_path / "own", "-q", "--pack", shipped)
    later = json.loads(cli("check", tmp_path / "plain", "--pack", shipped, "--all", "--to", "json").out)
    with (tmp_path / "own" / "findings.csv").open(encoding="utf-8-sig", newline="") as stream:
        at_once = list(csv.DictReader(stream))
    own = [
        {(row["check_id"].replace("x-", ""), row["verdict"], row["fact_ids"], row["computed"]) for row in found}
        for found in (later, at_once)
    ]
    ruled = [{key for key in keys if key[0].startswith(("rate.", "sum.parts.", "limit."))} for keys in own]
    assert ruled[1] <= ruled[0]
    assert {row["check_id"] for row in later} >= {"rate.x-execution"}


def test_default_packs_bring_no_rules() -> None:
    assert not any(pack.rules for pack in default_packs())


ROADS = """
[pack]
id = "own"
[[indicator]]
id = "roads_good"
zh = "优良路率"
en = "share of good roads"
kind = "rate"
unit = "%"
names = ["优良路率"]
low = 20
high = 100
examples = [{ metric = "优良路率" }]
counterexamples = [{ metric = "危桥率" }]
"""
COUNTIES = ("新丰县", "始兴县", "仁化县", "翁源县", "连平县", "和平县", "龙川县", "紫金县", "东源县", "大埔县")
SHARES = ("85.1", "84.2", "86.3", "83.9", "85.5", "84.8", "86.0", "85.2", "41", "0.86")


def test_own_indicators_are_compared_over_the_tables_of_a_run(cli: Cli, tmp_path: Path) -> None:
    """One value stands out among the places; one is a fraction that was meant as a rate."""
    (tmp_path / "in").mkdir()
    for name, share in zip(COUNTIES, SHARES, strict=True):
        lines = [
            "项目支出绩效自评报告",
            "（2022年度）",
            f"项目单位：{name}交通运输局",
            "一、产出",
            f"优良路率{share}%。",
        ]
        (tmp_path / "in" / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
    pack = tmp_path / "own.toml"
    pack.write_text(ROADS, encoding="utf-8")
    cli("extract", tmp_path / "in", "-o", tmp_path / "plain", "-q")
    cli("extract", tmp_path / "in", "-o", tmp_path / "own", "-q", "--pack", pack)
    later = cli("check", tmp_path / "plain", "--pack", pack, "--doubtful", "--to", "json")
    at_once = cli("check", tmp_path / "own", "--doubtful", "--to", "json")
    assert (later.code, at_once.code) == (0, 0)
    found = [
        sorted((row["check_id"], row["stated"], row["message"]) for row in json.loads(shown.out))
        for shown in (later, at_once)
    ]
    assert found[0] == found[1]
    assert [each[:2] for each in found[0]] == [
        ("across.outlier.roads_good", "优良路率41%"),
        ("range.roads_good", "优良路率0.86%"),
    ]
