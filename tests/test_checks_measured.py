"""How much the checks find: the samples against their truth, and real reports where they are at hand.

A statement of the truth counts as found where a finding of its verdict shares two of its figures, or its only one.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import jixiao
from jixiao.findings import Verdict
from jixiao.tables import Row, rows
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
TRUTH = SAMPLES / "truth"
SHARED = ROOT.parent / "shared"

# Statements that hold and were verified, of those in the truth. A floor may only rise.
VERIFIED = {
    "civil-affairs-2023.docx": (28, 29),
    "farmland-2021.txt": (16, 18),
    "preschool-aid-2022.docx": (16, 16),
    "rural-roads-2023.docx": (15, 16),
    "water-bureau-2022.pdf": (19, 19),
}


def numbers(text: str) -> set[Decimal]:
    """Return the figures of a text that tell it from others: not 1, 2 and 3."""
    found = re.findall(r"\d[\d,]*\.?\d*", unicodedata.normalize("NFKC", text))
    return {Decimal(number.replace(",", "").rstrip(".")) for number in found} - {Decimal(n) for n in (1, 2, 3)}


def shared(claim: set[Decimal], finding: set[Decimal]) -> bool:
    return len(claim & finding) >= min(2, max(1, len(claim)))


@cache
def found(name: str) -> tuple[Row, ...]:
    return tuple(rows("findings", jixiao.extract(SAMPLES / name).files))


def evidence(name: str, verdict: Verdict) -> list[set[Decimal]]:
    kept = [row for row in found(name) if row["verdict"] == verdict]
    return [numbers(" ".join((row["stated"], row["evidence"], row["computed"]))) for row in kept]


def truth(name: str, verdict: str) -> list[dict[str, Any]]:
    statements = json.loads((TRUTH / f"{Path(name).stem}.findings.json").read_text("utf-8"))
    return [statement for statement in statements if statement["verdict"] == verdict]


def claimed(statement: dict[str, Any]) -> set[Decimal]:
    return numbers(" ".join(statement["claim"]))


@pytest.mark.parametrize("name", VERIFIED)
def test_the_statements_that_hold_are_verified(name: str) -> None:
    known = evidence(name, Verdict.CONSISTENT)
    stated = [claim for statement in truth(name, "agrees") if len(claim := claimed(statement)) > 1]
    verified = sum(any(shared(claim, each) for each in known) for claim in stated)
    assert (verified, len(stated)) >= VERIFIED[name]


@pytest.mark.parametrize("name", VERIFIED)
def test_every_planted_contradiction_is_caught(name: str) -> None:
    known = evidence(name, Verdict.INCONSISTENT)
    told = [row["stated"] for row in found(name) if row["check_id"].startswith("copy.")]
    for statement in truth(name, "disagrees"):
        claim = claimed(statement) | numbers(statement["computed"])
        copied = any(text in quote for text in told for quote in statement["claim"])
        assert copied or any(shared(claim, each) for each in known), statement


@pytest.mark.parametrize("name", VERIFIED)
def test_nothing_else_is_called_a_contradiction(name: str) -> None:
    """Every contradiction has a figure of one that was planted."""
    planted = [claimed(statement) | numbers(statement["computed"]) for statement in truth(name, "disagrees")]
    for row, each in zip(
        (row for row in found(name) if row["verdict"] == Verdict.INCONSISTENT),
        evidence(name, Verdict.INCONSISTENT),
        strict=True,
    ):
        assert row["check_id"].startswith("copy.") or any(claim & each for claim in planted), row["message"]


@pytest.mark.corpus
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_real_reports_are_checked_as_a_careful_reader_did(corpus: Path, tmp_path: Path, form: str) -> None:
    result = jixiao.extract(sorted(corpus.glob(f"*/report.{form}")))
    result.write(tmp_path)
    scorer = SHARED / "tools" / "score_tables.py"
    if not scorer.is_file():
        pytest.skip(f"no scorer at {scorer}")
    words = [sys.executable, str(scorer), str(SHARED / "gold"), str(tmp_path)]
    printed = subprocess.run(words, capture_output=True, encoding="utf-8", check=True).stdout
    score = {
        name: (int(right), int(of)) for name, right, of in re.findall(r"^(\D+?)\s+(\d+) of\s+(\d+)", printed, re.M)
    }
    assert score["findings caught"][0] >= 18
    assert score["findings verified"][0] >= 0.95 * score["findings verified"][1]
    assert score.get("false alarms", (0, 0))[0] == 0
