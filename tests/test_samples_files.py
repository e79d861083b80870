"""The samples are what ``samples/make_samples.py`` makes, and their hand-written truth fits them."""

from __future__ import annotations

import ast
import io
import json
import operator
import re
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import extract
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
TRUTH = SAMPLES / "truth"
sys.path.insert(0, str(SAMPLES))  # the script's own packages, as when it is run

from make_samples import SAMPLES as MAKERS  # noqa: E402
from make_samples import true_text  # noqa: E402

NAMES = sorted(MAKERS)
WORD = [name for name in NAMES if name.endswith(".docx")]
WITH_TEXT = [name for name in NAMES if not name.endswith(("-scan.pdf", ".jpg"))]
LARGEST = 1_500_000

KINDS = {"amount", "count", "rate", "score", "duration", "other"}
ROLES = {"actual", "target", "norm", "full", "awarded"}
BOUNDS = {"eq", "ge", "gt", "le", "lt", "approx"}
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def truth(name: str) -> str:
    return (TRUTH / f"{Path(name).stem}.txt").read_text(encoding="utf-8")


def facts(name: str) -> list[dict[str, Any]]:
    lines = (TRUTH / f"{Path(name).stem}.facts.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def findings(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((TRUTH / f"{Path(name).stem}.findings.json").read_text(encoding="utf-8"))
    return found


def dense(text: str) -> str:
    return re.sub(r"\s", "", text)


def worth(expression: str) -> Decimal:
    """Return the value of sums and products of plain figures, exactly."""

    def walk(node: ast.expr) -> Decimal:
        if isinstance(node, ast.BinOp):
            result: Decimal = OPERATORS[type(node.op)](walk(node.left), walk(node.right))
            return result
        return Decimal(ast.get_source_segment(expression, node) or "")

    return walk(ast.parse(expression, mode="eval").body)


def to_places_of(value: Decimal, printed: Decimal) -> Decimal:
    return round(value, max(0, -int(printed.as_tuple().exponent)))


def test_worth_is_exact_and_can_fail() -> None:
    assert worth("(0.1 + 0.2) * 3 - 1 / 4") == Decimal("0.65")
    assert to_places_of(worth("2 / 3 * 100"), Decimal("66.67")) == Decimal("66.67")
    assert to_places_of(worth("2 / 3 * 100"), Decimal("66.66")) != Decimal("66.66")


def test_every_file_has_its_maker_and_its_line_in_the_readme() -> None:
    kept = {path.name for path in SAMPLES.iterdir() if path.suffix in {".docx", ".jpg", ".pdf", ".txt"}}
    assert kept == set(NAMES)
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"| `{name}` |" not in readme] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_file_is_large(name: str) -> None:
    assert 1_000 < (SAMPLES / name).stat().st_size < LARGEST


@pytest.mark.parametrize("name", WORD)
def test_word_files_are_what_the_script_makes(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(MAKERS[name][0]())) as made, zipfile.ZipFile(SAMPLES / name) as kept:
        assert made.namelist() == kept.namelist()
        assert [part for part in made.namelist() if made.read(part) != kept.read(part)] == []


def test_the_plain_text_is_gb18030_with_a_character_beyond_gbk() -> None:
    kept = (SAMPLES / "farmland-2021.txt").read_bytes()
    assert kept == MAKERS["farmland-2021.txt"][0]()
    with pytest.raises(UnicodeDecodeError):
        kept.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        kept.decode("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_true_text_is_what_the_script_writes(name: str) -> None:
    assert truth(name) == true_text(name)


@pytest.mark.parametrize("name", WITH_TEXT)
def test_a_reader_gets_the_true_text(name: str) -> None:
    """Word's numbers, tracked changes, content controls and merged cells, a table over two pages: all in place."""
    assert dense(extract.load(SAMPLES / name).text) == dense(truth(name))


@pytest.mark.parametrize("name", NAMES)
def test_facts_align_with_the_text_and_cut_no_figure(name: str) -> None:
    text, at = truth(name), 0
    assert len(facts(name)) > 50
    for fact in facts(name):
        start = text.find(fact["quote"], at)
        assert start >= 0, f"{fact['quote']} ({fact['metric']}) does not stand after the fact before it"
        at = start + len(fact["quote"])
        assert not (text[start - 1].isdecimal() and fact["quote"][0].isdecimal()), fact
        assert not (text[at : at + 1].isdecimal() and fact["quote"][-1].isdecimal()), fact


@pytest.mark.parametrize("name", NAMES)
def test_facts_keep_to_the_vocabulary(name: str) -> None:
    for fact in facts(name):
        assert fact["kind"] in KINDS
        assert fact["role"] in ROLES
        assert fact.get("bound", "eq") in BOUNDS
        assert fact["metric"]
        assert 1 <= len(fact["must"]) <= 4
        if fact["value"] is None:
            assert Decimal(fact["low"]) < Decimal(fact["high"])
        else:
            assert Decimal(fact["value"]).is_finite()
        assert (fact["kind"] == "amount") == (fact["unit"] == "元"), fact
        assert (fact["kind"] == "score") == (fact["unit"] == "分"), fact
        assert (fact["kind"] == "rate") == (fact["unit"] in {"%", "百分点", "ratio"}), fact
        assert re.fullmatch(r"(20\d\d(-\d\d(-\d\d)?)?)(/20\d\d-\d\d)?", fact.get("period", "2020")), fact


@pytest.mark.parametrize("name", NAMES)
def test_stated_arithmetic_is_true_except_where_it_was_planted(name: str) -> None:
    text = truth(name)
    for finding in findings(name):
        assert [claim for claim in finding["claim"] if claim not in text] == []
        statement, _, stated = finding["computed"].partition("; stated ")
        if statement:
            left, _, right = statement.rpartition(" = ")
            assert to_places_of(worth(left), Decimal(right)) == Decimal(right), finding
        assert (finding["verdict"] == "disagrees") == finding["note"].startswith("planted"), finding
        assert bool(stated) <= (finding["verdict"] == "disagrees"), finding
        assert stated != right if stated else True


@pytest.mark.parametrize("name", NAMES)
def test_something_is_planted_and_more_is_true(name: str) -> None:
    verdicts = [finding["verdict"] for finding in findings(name)]
    assert verdicts.count("disagrees") >= 1
    assert verdicts.count("agrees") > 2 * verdicts.count("disagrees")
