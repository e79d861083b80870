"""``jixiao check OUT``: ranks what the checks of a finished run found, in every form, with exit codes to script by."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

import jixiao
from jixiao.check_names import NAMES
from tests.conftest import Cli

WRONG = """2023年度困难群众救助项目绩效自评报告
一、资金情况
2023年预算5万元，实际支出24451.35元，预算执行率为95.71%。
支出合计500万元，其中基本支出300万元，项目支出200万元。
项目投入500万元，其中宣传费120万元、差旅费80万元。
"""
RIGHT = WRONG.replace("95.71%", "48.90%")


@pytest.fixture
def out(cli: Cli, tmp_path: Path) -> Path:
    """Return the folder of a run over one report that contradicts itself once."""
    (tmp_path / "report.txt").write_text(WRONG, "utf-8")
    assert cli("extract", tmp_path / "report.txt", "-o", tmp_path / "out", "-q").code == 0
    return tmp_path / "out"


def test_a_contradiction_is_shown_and_is_the_exit_code(cli: Cli, out: Path) -> None:
    shown = cli("check", out)
    assert shown.code == 3
    assert "[high] rate.execution" in shown.out
    assert "24451.35" in shown.out
    assert "sum.parts" not in shown.out, "what agrees is not shown unless asked for"
    assert "1 矛盾" in shown.err


def test_without_a_contradiction_the_exit_code_is_zero(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(RIGHT, "utf-8")
    cli("extract", tmp_path / "report.txt", "-o", tmp_path / "out", "-q")
    shown = cli("check", tmp_path / "out")
    assert (shown.code, shown.out) == (0, "")


def test_all_shows_what_agrees_and_what_cannot_be_checked(cli: Cli, out: Path) -> None:
    lines = [line for line in cli("check", out, "--all").out.splitlines() if line.startswith("  [")]
    assert [line.split("]")[0].strip(" [") for line in lines] == ["high", "low", "none"]


def test_doubtful_shows_what_cannot_be_checked_and_not_what_agrees(cli: Cli, out: Path) -> None:
    plain, doubtful = cli("check", out), cli("check", out, "--doubtful")
    lines = [line for line in doubtful.out.splitlines() if line.startswith("  [")]
    assert [line.split("]")[0].strip(" [") for line in lines] == ["high", "low"]
    assert "--doubtful" in plain.err
    assert "--doubtful" not in doubtful.err
    only = cli("check", out, "--doubtful", "--only", "sum")
    assert (only.code, only.out.count("[low]")) == (0, 1), "what cannot be checked is no contradiction"


def test_only_and_severity_narrow(cli: Cli, out: Path) -> None:
    assert cli("check", out, "--only", "sum").code == 0
    assert cli("check", out, "--only", "rate").code == 3
    assert cli("check", out, "--only", "rate.execution", "--only", "date").code == 3
    refused = cli("check", out, "--only", "rat")
    assert refused.code == 2, "a name counts whole"
    assert "marks (tree" in refused.err
    assert "sum.parts" not in cli("check", out, "--all", "--severity", "high", "--only", "sum").out.replace(
        "[none] sum.parts", ""
    )


def test_messages_are_in_chinese_or_english(cli: Cli, out: Path) -> None:
    assert "所述" in cli("check", out).out
    english = cli("check", out, "--lang", "en").out
    assert "is stated" in english
    assert "所述" not in english


def test_data_goes_to_standard_output_in_every_form(cli: Cli, out: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(cli("check", out, "--to", "csv").out))
    (entry,) = json.loads(cli("check", out, "--to", "json").out)
    assert row == entry
    assert row["check_id"] == "rate.execution"
    table = cli("check", out, "--to", "md", "--lang", "en").out.splitlines()
    assert table[0] == "| file | check | severity | finding |"
    assert len(table) == 3


def test_chinese_columns_are_read_too(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(WRONG, "utf-8")
    cli("extract", tmp_path / "report.txt", "-o", tmp_path / "out", "-q", "--header", "zh")
    assert cli("check", tmp_path / "out").code == 3


def test_a_folder_without_findings_is_a_usage_error_with_the_remedy(cli: Cli, tmp_path: Path) -> None:
    shown = cli("check", tmp_path)
    assert shown.code == 2
    assert "jixiao extract" in shown.err


@pytest.mark.parametrize("name", ["nosuch", "rate.nosuch", "sum.parts.nosuch", "sum.parts.table.more"])
def test_a_check_that_there_is_not_is_refused(cli: Cli, out: Path, name: str) -> None:
    refused = cli("check", out, "--only", "sum", "--only", name)
    assert (refused.code, refused.out) == (2, "")
    assert name in " ".join(refused.err.split())


@pytest.mark.parametrize("name", ["rate.satisfaction", "sum.parts.budget-left", "limit.share", "blank.field", "across"])
def test_a_check_that_found_nothing_may_be_asked_for(cli: Cli, out: Path, name: str) -> None:
    shown = cli("check", out, "--only", name)
    assert (shown.code, shown.out) == (0, "")


def test_every_check_of_the_code_is_known_by_its_name() -> None:
    folders = [Path(jixiao.__file__).parent / part for part in ("checks", "across")]
    text = "\n".join(path.read_text("utf-8") for folder in folders for path in folder.glob("*.py"))
    named = re.findall(r'check_id="([a-z.-]+)"|statements\(case, "[a-z]+", "([a-z.-]+)"', text)
    assert {one or other for one, other in named} <= set(NAMES)
