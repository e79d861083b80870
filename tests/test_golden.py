"""The samples' tables stay as they are: ``samples/golden/SAMPLE/TABLE.csv``.

A missing golden fails; ``make golden`` rewrites them all, and the difference is for a person to read.
"""

from __future__ import annotations

import csv
import io
import os
from functools import cache
from pathlib import Path

import pytest

import jixiao
from jixiao.columns import tables
from jixiao.result import FileResult
from jixiao.tables import Row, rows
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
GOLDEN = SAMPLES / "golden"
SWITCH = "UPDATE_GOLDEN"
FORMATS = {".docx", ".jpg", ".pdf", ".png", ".txt"}

NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix in FORMATS)

VOLATILE = {"seconds"}
"""Columns that differ from run to run."""

READ_BY_OCR = ("kind", "value", "low", "high", "unit", "per", "bound", "role")
"""What has to be the same of a scan's facts on every machine; places and scores depend on its arithmetic unit."""


@cache
def read(name: str) -> FileResult:
    """Read one sample, named without its folder."""
    before = Path.cwd()
    os.chdir(SAMPLES)
    try:
        (file,) = jixiao.extract(name).files
    finally:
        os.chdir(before)
    return file


def golden_tables(name: str) -> dict[str, list[Row]]:
    """Return the tables that are held: all with rows, of a scan only what OCR decides."""
    file = read(name)
    if file.document is not None and file.document.ocr_pages:
        return {"facts": [{column: row[column] for column in READ_BY_OCR} for row in rows("facts", [file])]}
    held = {
        table: [{key: cell for key, cell in row.items() if key not in VOLATILE} for row in rows(table, [file])]
        for table in tables()
    }
    return {table: found for table, found in held.items() if found}


def as_csv(found: list[Row]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, found[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return stream.getvalue()


def test_there_are_samples() -> None:
    assert len(NAMES) >= 6


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str) -> None:
    folder = GOLDEN / name
    found = {f"{table}.csv": as_csv(held) for table, held in golden_tables(name).items()}
    if os.environ.get(SWITCH):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.csv"):
            old.unlink()
        for file, text in found.items():
            (folder / file).write_bytes(text.encode())
    assert folder.is_dir(), f"no golden tables of {name}: look at its tables, then make golden"
    assert sorted(found) == sorted(path.name for path in folder.iterdir())
    for file, text in found.items():
        assert text == (folder / file).read_bytes().decode(), f"{name}: {file} has changed: if it is right, make golden"


def test_no_golden_without_its_sample() -> None:
    assert {path.name for path in GOLDEN.glob("*")} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_stands_where_it_says(name: str) -> None:
    """``text[char_start:char_end] == quote``, in every format, for everything that has offsets and a quote."""
    file = read(name)
    assert file.document is not None
    found = [*rows("facts", [file]), *rows("unread", [file])]
    assert found
    for row in found:
        assert file.document.text[int(row["char_start"]) : int(row["char_end"])] == row["quote"]


@pytest.mark.parametrize("name", NAMES)
def test_facts_come_in_reading_order(name: str) -> None:
    starts = [int(row["char_start"]) for row in rows("facts", [read(name)])]
    assert starts == sorted(starts)


def test_the_switch_is_off() -> None:
    """A run that rewrites what it compares with proves nothing."""
    if os.environ.get("CI"):
        assert not os.environ.get(SWITCH)
