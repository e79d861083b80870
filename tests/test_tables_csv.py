"""CSV files: open in Excel, run no formulas, are never half written, come back as they went."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.columns import Column, tables
from jixiao.result import FileResult, Result, Status
from jixiao.tables import rows
from jixiao.writers import FORMULA_STARTS, guarded, write_csv
from parsers.model import Section
from tests.test_tables import CONTRACT, FILE, full_report

TEXT = Column("text", "string", "", "", "")
EXACT = Column("quote", "string", "", "", "", exact=True)
NUMBER = Column("value", "number", "", "", "")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_table_is_written_and_reads_back(tmp_path: Path) -> None:
    written = Result((FILE,)).write(tmp_path / "deep" / "out")
    assert [path.name for path in written] == [f"{name}.csv" for name in (*CONTRACT, "panel")]
    for path in written:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert b"\r\n" in path.read_bytes()
        back = read(path)
        assert path.stem == "panel" or len(back) == len(list(rows(path.stem, [FILE])))
    facts = read(tmp_path / "deep" / "out" / "facts.csv")
    assert facts == list(rows("facts", [FILE]))


def test_same_input_same_bytes(tmp_path: Path) -> None:
    for out in ("one", "two"):
        Result((FILE, replace(FILE, file="b.txt"))).write(tmp_path / out)
    for name in CONTRACT:
        assert (tmp_path / "one" / f"{name}.csv").read_bytes() == (tmp_path / "two" / f"{name}.csv").read_bytes()


def test_chinese_headers(tmp_path: Path) -> None:
    Result((FILE,)).write(tmp_path, header="zh")
    assert list(read(tmp_path / "facts.csv")[0])[6:8] == ["指标名", "主体"]


def test_people_can_be_left_out(tmp_path: Path) -> None:
    Result((FILE,)).write(tmp_path)
    assert read(tmp_path / "contacts.csv")[0]["filled_by"] == "某人"
    written = Result((FILE,)).write(tmp_path, contacts=False)
    assert "contacts.csv" not in {path.name for path in written}
    for path in tmp_path.rglob("*"):
        assert "某人" not in path.read_text("utf-8")


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_formulas_are_disarmed_in_text_only(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    assert guarded(text, TEXT) == f"'{text}"
    assert guarded(text, EXACT) == text


@pytest.mark.parametrize("text", ["-5", "+3.2", "-0.5%", "普通文本", "", "3=2+1", "'=1"])
def test_harmless_text_stays(text: str) -> None:
    assert guarded(text, TEXT) == text
    assert guarded("-12.5", NUMBER) == "-12.5"


@given(st.text())
def test_no_text_cell_begins_a_formula(text: str) -> None:
    cell = guarded(text, TEXT)
    assert cell.removeprefix("'") == text.removeprefix("'") or cell == text
    assert not cell.startswith(FORMULA_STARTS) or cell.strip("+-%").replace(".", "").isdigit()


def test_the_exact_columns_are_those_of_figures_and_places() -> None:
    """Whoever adds one has to say so in the codebook, and has to know why no text of a user's can start with =."""
    exact = {(table.name, column.name) for table in tables().values() for column in table.columns if column.exact}
    assert exact == {("facts", "quote"), ("facts", "bbox"), ("unread", "quote")}


def test_titles_cannot_run_in_a_spreadsheet() -> None:
    report = full_report()
    evil = replace(report, sections=(Section(1, "", "=HYPERLINK(1)", report.span, report.span),), facts=(), grids=())
    stream = io.StringIO()
    write_csv("sections", rows("sections", [replace(FILE, reports=(evil,))]), stream)
    assert ",'=HYPERLINK(1)," in stream.getvalue()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str) -> None:
    """Quotes, commas, line ends and NUL survive the format."""
    stream = io.StringIO(newline="")
    file = FileResult("a.txt", Status.FAILED, error=text)
    write_csv("files", rows("files", [file]), stream)
    (back,) = csv.DictReader(io.StringIO(stream.getvalue(), newline=""))
    assert back["error"] in (text, f"'{text}")


def test_half_a_character_loses_no_table(tmp_path: Path) -> None:
    Result((replace(FILE, error="cut \udc81 here"),)).write(tmp_path)
    assert read(tmp_path / "files.csv")[0]["error"] == "cut \\udc81 here"


def test_a_broken_write_leaves_the_old_tables_whole(tmp_path: Path) -> None:
    """The last table fails: none of the nine before it may have taken its place."""
    Result((FILE,)).write(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    broken = replace(FILE, file="new.txt", reports=(replace(full_report(), unread=("no numeral",)),))  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        Result((FILE, broken)).write(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
