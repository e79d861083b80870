"""``jixiao patterns``: what a person who wonders about a figure types."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from jixiao.cli import app
from patterns.catalogue import Example, Pattern, catalogue, names
from patterns.check import check, failures

RUNNER = CliRunner()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text("一、产出情况\n全年新建桥梁12座，合格率不低于95%的目标，实际98%。\n", encoding="utf-8")
    return path


def test_list_names_every_pattern_of_a_file() -> None:
    result = RUNNER.invoke(app, ["patterns", "list", "bounds"])
    assert result.exit_code == 0
    listed = [line.split("\t")[1] for line in result.stdout.splitlines()]
    assert listed == [pattern.id for pattern in catalogue("bounds")]


def test_list_of_an_unknown_file_says_which_there_are() -> None:
    result = RUNNER.invoke(app, ["patterns", "list", "nonesuch"])
    assert result.exit_code == 2
    assert "quantities" in result.stderr


def test_the_shipped_patterns_hold() -> None:
    assert {name for name, _, _ in check()} == set(names())
    result = RUNNER.invoke(app, ["patterns", "test"])
    assert result.exit_code == 0, result.stdout


def test_a_pattern_that_breaks_its_word_is_told_of() -> None:
    sound = catalogue("bounds")[0]
    broken = Pattern(
        id="broken",
        field="left",
        description="",
        regex=sound.regex,
        set={},
        examples=(Example("十个", "十个"),),
        counterexamples=("不低于",),
        known_gaps=(),
    )
    told = list(failures(broken))
    assert len(told) == 2
    assert "is not among the matches" in told[0]
    assert "'不低于' matches" in told[1]


def test_explain_names_pattern_and_words(report: Path) -> None:
    start = report.read_text(encoding="utf-8").index("95%")
    result = RUNNER.invoke(app, ["patterns", "explain", str(report), str(start)])
    assert result.exit_code == 0, result.stderr
    answers = dict(line.split(maxsplit=1) for line in result.stdout.splitlines() if len(line.split()) > 1)
    assert "quantity.single" in result.stdout
    assert "bound.left.ge" in answers["bound"]
    assert "target" in answers["role"]
    assert answers["section"] == "产出情况"


def test_explain_says_why_a_numeral_is_no_fact(report: Path) -> None:
    result = RUNNER.invoke(app, ["patterns", "explain", str(report), "0"])
    assert result.exit_code == 0
    assert "list_marker by refuse.marker-hanzi" in result.stdout


def test_explain_says_what_gave_a_bare_figure_its_unit(tmp_path: Path) -> None:
    path = tmp_path / "表.txt"
    path.write_text(
        "2023年度补助资金绩效自评报告\n乡镇|受益户数|补助资金(万元)\n东山镇|326|120.5\n西河乡|210|98\n", "utf-8"
    )
    start = path.read_text(encoding="utf-8").index("120.5")
    result = RUNNER.invoke(app, ["patterns", "explain", str(path), str(start)])
    assert result.exit_code == 0
    assert "bare figure of a table by table.bare: its header gives it the unit" in result.stdout


def test_explain_of_a_place_without_numeral_fails(report: Path) -> None:
    result = RUNNER.invoke(app, ["patterns", "explain", str(report), "3"])
    assert result.exit_code == 1
    assert "no numeral stands at 3" in result.stderr
