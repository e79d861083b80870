"""The twelve standard forms: every row of their budget and indicator blocks, and their fields, as annotated by hand."""

from __future__ import annotations

import csv
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from extract import load
from jixiao.tables import plain
from parsers import parse
from parsers.model import Report, Score
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
FORMS = SAMPLES / "forms"
sys.path.insert(0, str(SAMPLES))  # the script's own packages, as when it is run

from content.forms import FORMS as MADE  # noqa: E402
from content.forms import Form  # noqa: E402

EACH = [pytest.param(form, id=form.name, marks=[pytest.mark.slow] if form.kind == "scan" else []) for form in MADE]


def read(name: str) -> Report:
    (report,) = parse(load(FORMS / name))
    return report


def row(score: Score) -> tuple[str, ...]:
    marks = ("" if mark is None else plain(mark) for mark in (score.full, score.awarded))
    return (" > ".join(score.path), score.target, score.actual, *marks, score.reason)


def truth(name: str) -> list[tuple[str, ...]]:
    with (FORMS / f"{name}.scores.csv").open(encoding="utf-8", newline="") as stream:
        return [tuple(line) for line in csv.reader(stream)][1:]


@pytest.mark.parametrize("form", EACH)
def test_every_row_of_a_form(form: Form) -> None:
    report = read(form.name)
    assert [row(score) for score in report.scores] == truth(form.name)


@pytest.mark.parametrize("form", EACH)
def test_the_fields_of_a_form(form: Form) -> None:
    report = read(form.name)
    assert "".join(report.title.split()).startswith(form.titles[0][:6])
    for name, wanted in form.fields.items():
        got = getattr(report, name)
        assert (got == Decimal(wanted)) if name == "self_score" else (got == wanted), name


def test_the_truth_is_that_of_the_content() -> None:
    assert {path.name for path in FORMS.iterdir() if path.suffix != ".csv"} == {form.name for form in MADE}
    for form in MADE:
        assert truth(form.name) == [tuple(cells) for cells in form.truth]


def test_marks_add_up_in_the_forms_themselves() -> None:
    """The truth is arithmetic as well: the leaves add up to the total where a form states one."""
    for form in MADE:
        paths = [cells[0] for cells in form.truth]
        leaves = [c for c in form.truth if c[4] and not any(other.startswith(c[0] + " > ") for other in paths)]
        totals = [c for c in leaves if c[0] in ("总分", "合计", "绩效自评综合得分")]
        if totals:
            given = sum((Decimal(c[4]) for c in leaves if c not in totals), Decimal(0))
            assert given == Decimal(totals[0][4]), (form.name, given)


def test_samples_of_every_kind() -> None:
    assert {form.kind for form in MADE} == {"docx", "pdf", "scan", "xlsx", "html"}
    assert len(MADE) == 12
    assert isinstance(FORMS, Path)
