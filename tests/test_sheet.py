"""Spreadsheets: every cell as it shows, merged ranges, several tables in a sheet, and what is made to do harm."""

from __future__ import annotations

import struct
import time
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from extract import Document, load, sheet_model, sniff
from extract.errors import DamagedError, EmptyError, EncryptedError, ExtractError, TooLargeError
from extract.sheet_format import exact, shown
from tests.sheet_builder import Value, raw_sheet, sheet, workbook

Grid = list[tuple[int, int, int, int, str]]


def read(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(data)
    document = load(path)
    for block in document.blocks:
        assert document.text[block.span.start : block.span.end] == block.text
        for cell in block.cells:
            assert document.text[cell.span.start : cell.span.end] == cell.text
    return document


def grids(document: Document) -> list[Grid]:
    return [
        [(cell.row, cell.col, cell.rowspan, cell.colspan, cell.text) for cell in block.cells if cell.text]
        for block in document.blocks
        if block.kind == "table"
    ]


def codes(document: Document) -> list[str]:
    return [notice.code for notice in document.warnings]


# Figures as they show


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("0.95", "0%", "95%"),
        ("0.94999999999999996", "0%", "95%"),
        ("0.9534", "0.00%", "95.34%"),
        ("1200", "#,##0.00", "1,200.00"),
        ("1234567.891", "[$¥-804]#,##0.00", "¥1,234,567.89"),
        ("2.675", "0.00", "2.68"),
        ("-1234.5", r"#,##0.00_);[Red]\(#,##0.00\)", "-1,234.50"),
        ("-1234.5", "#,##0.00;[Red]#,##0.00", "-1,234.50"),
        ("-0.001", "0.00", "0.00"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("-8.5", '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "-¥8.50"),
        ("1234.5", '0.00"万元"', "1234.50万元"),
        ("1234.5", 'General"元"', "1234.5元"),
        ("1234.5", "G/通用格式", "1234.5"),
        ("12345678", "#,##0,", "12,346"),
        ("12345", "0!.0,", "12345"),
        ("0.30000000000000004", "General", "0.3"),
        ("1.1", "0.##", "1.1"),
        ("1", "0.##", "1"),
        ("7", "000", "007"),
        ("0", "#", "0"),
        ("0.25", "# ?/?", "0.25"),
        ("12000000", "0.00E+00", "12000000"),
        ("1E+25", "0.00", "1" + "0" * 25),
        ("5", '[>=10]"多"0;"少"0', "少5"),
        ("15", '[>=10]"多"0;"少"0', "多15"),
        ("3", ";;;", ""),
        ("96", "[Blue]0.0", "96.0"),
        ("44561", 'yyyy"年"m"月"d"日"', "2021-12-31"),
        ("44561", "[$-804]yyyy/m/d;@", "2021-12-31"),
        ("44561", 'yyyy"年"m"月"', "2021-12"),
        ("44561.5", "yyyy/m/d h:mm", "2021-12-31 12:00"),
        ("0.5", "h:mm AM/PM", "12:00"),
        ("1.5", "[h]:mm", "36:00"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("-5", "yyyy-mm-dd", "-5"),
        ("99999999", "yyyy-mm-dd", "99999999"),
    ],
)
def test_a_number_is_shown_in_its_format(number: str, code: str, text: str) -> None:
    assert shown(Decimal(number), code) == text


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from(["General", "0.0000", "#,##0.0000", "0.00%", "0.00##"]))
def test_no_format_loses_value_or_sign(number: Decimal, code: str) -> None:
    text = shown(number, code).replace(",", "")
    value = Decimal(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    assert value == Decimal(exact(number)) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20), st.text(max_size=20))
def test_every_format_shows_something_or_nothing(number: Decimal, code: str) -> None:
    assert isinstance(shown(number, code), str)


def test_cells_are_what_they_show(tmp_path: Path) -> None:
    strings = '<si><r><t>甲</t></r><r><t>乙_x000D_丙</t></r><rPh sb="0" eb="1"><t>jia</t></rPh></si>'
    cells = [
        [(0.95, 1), (1200, 3), (44561, 5), (30.5, 6)],
        ["<v>0.15</v>", "<f>1+1</f><v>2</v>", "<v>1e3</v>", "<v>1.0000000000000002</v>"],
        ["文字", " 空格 ", "a\nb", "≥95%"],
    ]
    shared = (
        '<row r="4"><c r="A4" t="s"><v>0</v></c><c r="B4" t="b"><v>1</v></c><c t="str"><f>A1</f><v>甲</v></c></row>'
    )
    body = sheet(*cells).replace("</sheetData>", shared + "</sheetData>")
    (grid,) = grids(read(tmp_path, workbook({"Sheet1": body}, strings=strings)))
    assert [[text for row, *_, text in grid if row == at] for at in range(4)] == [
        ["95%", "1,200.00", "2021-12-31", "30.50万元"],
        ["0.15", "2", "1000", "1"],
        ["文字", "空格", "a\nb", "≥95%"],
        ["甲乙\n丙", "TRUE", "甲"],
    ]


def test_an_uncalculated_formula_is_unknown_and_no_zero(tmp_path: Path) -> None:
    rows: list[list[Value | tuple[Value, int]]] = [
        ["项目", "金额", "率"],
        ["甲", "<f>SUM(B9)</f>", "<f>1/0</f><v/>"],
        ["乙", "<f>A1</f><v>0</v>", 3],
    ]
    page = sheet(*rows)
    page = page.replace(
        "</sheetData>", '<row r="4"><c r="A4" t="e"><v>#DIV/0!</v></c><c r="B4"><v>1</v></c></row></sheetData>'
    )
    document = read(tmp_path, workbook({"表": page}))
    assert document.text == "项目\t金额\t率\n甲\t\t\n乙\t0\t3\n\t1\t"
    assert codes(document) == ["formula_unknown"]
    assert "B2, C2, A4 hold formulas" in document.warnings[0].message
    never = read(tmp_path, workbook({"表": page}, more='<calcPr fullCalcOnLoad="1"/>'))
    assert never.text == "项目\t金额\t率\n甲\t\t\n乙\t\t3\n\t1\t"


# Tables


def test_merged_ranges_are_spans_and_the_title_runs_over_all_columns(tmp_path: Path) -> None:
    page = sheet(
        ["收入支出决算表"],
        ["编制单位：某局", None, None, "单位：万元"],
        ["项目", "决算数", None, "说明"],
        [None, "收入", "支出"],
        ["甲", (1, 4), (2, 4), "无"],
        ["注：本表不含其他"],
        merged=("A1:D1", "A3:A4", "B3:C3", "D3:D4"),
    )
    document = read(tmp_path, workbook({"表": page}))
    assert grids(document) == [
        [
            (0, 0, 1, 4, "收入支出决算表"),
            (1, 0, 1, 4, "编制单位：某局\u3000单位：万元"),
            (2, 0, 2, 1, "项目"),
            (2, 1, 1, 2, "决算数"),
            (2, 3, 2, 1, "说明"),
            (3, 1, 1, 1, "收入"),
            (3, 2, 1, 1, "支出"),
            (4, 0, 1, 1, "甲"),
            (4, 1, 1, 1, "1.00"),
            (4, 2, 1, 1, "2.00"),
            (4, 3, 1, 1, "无"),
            (5, 0, 1, 4, "注：本表不含其他"),
        ]
    ]
    assert document.blocks[0].cells[3].place.path == "sheet 表 row 3 col 2"


def test_sheets_are_headed_by_their_names_where_there_are_several(tmp_path: Path) -> None:
    pages = {"收入": sheet(["甲", 1], ["乙", 2]), "空": sheet(), "支出": sheet(["丙", 3], ["丁", 4])}
    document = read(tmp_path, workbook(pages))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("heading", "收入"),
        ("table", "甲\t1\n乙\t2"),
        ("heading", "支出"),
        ("table", "丙\t3\n丁\t4"),
    ]
    assert document.media_type == sniff.XLSX
    assert [block.kind for block in read(tmp_path, workbook({"收入": pages["收入"]})).blocks] == ["table"]


def test_hidden_sheets_are_left_out_and_hidden_rows_are_read(tmp_path: Path) -> None:
    pages = {"表": sheet(["甲", 1], row_more=' hidden="1"'), "选项": sheet(["是"], ["否"])}
    document = read(tmp_path, workbook(pages, hidden=("选项",)))
    assert document.text == "甲\t1"
    assert codes(document) == ["hidden_cells", "hidden_text"]
    with pytest.raises(EmptyError, match="hidden ones"):
        read(tmp_path, workbook(pages, hidden=("选项", "表")))


def test_a_gap_divides_only_what_has_heads_of_its_own(tmp_path: Path) -> None:
    page = sheet(["项目", "金额"], ["甲", 1], [], ["乙", 2], [], ["指标", "得分"], ["产出", 9], [], ["单位负责人签字"])
    found = grids(read(tmp_path, workbook({"表": page})))
    assert [[text for *_, text in grid] for grid in found] == [
        ["项目", "金额", "甲", "1", "乙", "2"],
        ["指标", "得分", "产出", "9", "单位负责人签字"],
    ]
    assert found[1][-1][:4] == (2, 0, 1, 2)


def test_tables_side_by_side_are_two_and_a_spacer_is_none(tmp_path: Path) -> None:
    beside = sheet(["项目", "金额", None, "科目", "金额"], ["甲", 1, None, "丙", 3], ["乙", 2, None, "丁", 4])
    assert len(grids(read(tmp_path, workbook({"表": beside})))) == 2
    spacer = sheet(["项目", "说明", None, "预算", "决算"], ["甲", "无", None, 3, 4], ["乙", "无", None, 5, 6])
    (grid,) = grids(read(tmp_path, workbook({"表": spacer})))
    assert max(col for _, col, *_ in grid) == 3


def test_one_column_is_lines_of_text(tmp_path: Path) -> None:
    document = read(tmp_path, workbook({"表": sheet(["填报说明"], ["一、依据\n二、方法"], [96])}))
    assert [block.kind for block in document.blocks] == ["paragraph"] * 4
    assert document.text == "填报说明\n一、依据\n二、方法\n96"


VALUES = st.one_of(st.none(), st.integers(-9, 9), st.sampled_from(["甲", "单位：元", "合计", "注"]))
REFS = st.tuples(st.integers(0, 5), st.integers(1, 6), st.integers(0, 5), st.integers(1, 6))


@given(st.lists(st.lists(VALUES, max_size=6), max_size=8), st.lists(REFS, max_size=4))
def test_no_cell_is_lost_and_none_overlap(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str | int | None]], refs: list[tuple[int, int, int, int]]
) -> None:
    merged = tuple(f"{'ABCDEF'[a]}{b}:{'ABCDEF'[x]}{y}" for a, b, x, y in refs if a <= x and b <= y)
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    path.write_bytes(workbook({"表": sheet(*rows, merged=merged)}))  # type: ignore[arg-type]
    shown_values = [str(value) for row in rows for value in row if value is not None]
    if not shown_values:
        return
    document = load(path)
    if not merged:
        assert sorted(document.text.split()) == sorted(shown_values)
    for block in document.blocks:
        taken = [
            (row, col)
            for cell in block.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for col in range(cell.col, cell.col + cell.colspan)
        ]
        assert len(taken) == len(set(taken))


# Old binary files


def old(tmp_path: Path, *, hidden: bool = False) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("收入")
    page.write_merge(0, 0, 0, 2, "埇桥区收入表")
    for col, (value, code) in enumerate(
        [(0.95, "0%"), (1200, "#,##0.00"), (datetime(2021, 12, 31), "YYYY-MM-DD"), (0.1 + 0.2, "General")]
    ):
        page.write(1, col, value, xlwt.easyxf(num_format_str=code))
    page.write(2, 0, "率")
    page.write(2, 1, True)
    page.write(2, 2, -1234.5, xlwt.easyxf(num_format_str='0.00"万元"'))
    other = book.add_sheet("字典")
    other.write(0, 0, "是")
    other.visibility = int(hidden)
    path = tmp_path / "old.et"
    book.save(str(path))
    return path


def test_an_old_file_reads_as_a_new_one(tmp_path: Path) -> None:
    document = load(old(tmp_path, hidden=True))
    assert document.media_type == sniff.XLS
    assert document.text == "埇桥区收入表\n95%\t1,200.00\t2021-12-31\t0.3\n率\tTRUE\t-1234.50万元\t"
    assert document.blocks[0].cells[0].colspan == 4
    assert codes(document) == ["hidden_text"]
    assert [block.text for block in load(old(tmp_path)).blocks if block.kind != "table"] == ["收入", "字典", "是"]


@pytest.mark.parametrize("length", [600, 1500, 3000, 4500])
def test_a_cut_file_is_damaged_or_read_in_part(tmp_path: Path, length: int) -> None:
    path = old(tmp_path)
    path.write_bytes(path.read_bytes()[:length])
    try:
        load(path)
    except ExtractError:
        return


@given(st.integers(0, 5600), st.binary(min_size=1, max_size=40))
def test_noise_in_an_old_file_has_an_error_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, at: int, noise: bytes
) -> None:
    path = old(tmp_path_factory.getbasetemp())
    data = path.read_bytes()
    path.write_bytes(data[:at] + noise + data[at + len(noise) :])
    try:
        load(path)
    except ExtractError:
        return


@pytest.mark.parametrize(
    "corners", [(0, 2**32 - 1, 0, 200), (0, 70000, 0, 256), (9, 3, 0, 4), (0, 9, 7, 2), (0, 9, 2, 2)]
)
def test_a_size_that_no_sheet_has_is_refused(tmp_path: Path, corners: tuple[int, int, int, int]) -> None:
    """The library would ask for room for so many cells, and end the program where it gets none."""
    path = old(tmp_path)
    data = bytearray(path.read_bytes())
    struct.pack_into("<IIHH", data, data.index(b"\x00\x02\x0e\x00") + 4, *corners)
    path.write_bytes(data)
    with pytest.raises((DamagedError, TooLargeError)):
        load(path)


def test_far_corners_of_an_old_file_are_refused(tmp_path: Path) -> None:
    """Without the refusal the library would ask for room for 16 million cells."""
    book = xlwt.Workbook()
    page = book.add_sheet("x")
    page.write(0, 0, 1)
    page.write(65535, 255, 2)
    path = tmp_path / "far.xls"
    book.save(str(path))
    with pytest.raises(TooLargeError):
        load(path)


def test_a_password_is_told(tmp_path: Path) -> None:
    path = old(tmp_path)
    data = path.read_bytes()
    at = data.index(b"\xe1\x00\x02\x00")  # the interface header, after which the record of a password stands
    path.write_bytes(data[:at] + b"\x2f\x00\x02\x00" + data[at + 4 :])
    with pytest.raises(EncryptedError):
        load(path)


# What is made to do harm


def test_far_corners_of_a_sheet_cost_nothing(tmp_path: Path) -> None:
    body = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert read(tmp_path, workbook({"x": raw_sheet(body, merged=("A1:XFD1048576",))})).text


def test_a_sheet_of_a_million_cells_is_read_up_to_the_limit(tmp_path: Path) -> None:
    row = "<c><v>1</v></c>" * 100
    body = "".join(f"<row>{row}</row>" for _ in range(10_000))
    begun = time.process_time()
    document = read(tmp_path, workbook({"大": raw_sheet(body)}))
    assert time.process_time() - begun < 30
    assert sum(len(block.cells) for block in document.blocks) == sheet_model.MAX_CELLS
    assert codes(document) == ["sheet_cut"]
    assert "up to row 1000 only" in document.warnings[0].message


@pytest.mark.parametrize(
    ("part", "xml", "error"),
    [
        (
            "xl/worksheets/sheet1.xml",
            '<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData><row/></sheetData></worksheet>',
            DamagedError,
        ),
        (
            "xl/sharedStrings.xml",
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>',
            DamagedError,
        ),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>", DamagedError),
        ("xl/worksheets/sheet1.xml", " " * (40 << 20), TooLargeError),
    ],
)
def test_hostile_parts_are_refused(tmp_path: Path, part: str, xml: str, error: type[ExtractError]) -> None:
    with pytest.raises(error):
        read(tmp_path, workbook({"表": sheet(["甲", 1])}, parts={part: xml}))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="ZZZZ1"><v>1</v></c>',
        '<c r="A0"><v>1</v></c>',
        '<c s="99999"><v>1</v></c>',
        '<c t="s"><v>99</v></c>',
        "<c><v>nan</v></c>",
        "<c><v>1e999999</v></c>",
        "<c><v>abc</v></c>",
    ],
)
def test_lying_cells_lose_no_others(tmp_path: Path, cell: str) -> None:
    body = f'<row r="1">{cell}</row><row r="x"><c r="A2"><v>7</v></c><c r="B2"><v>8</v></c></row>'
    assert "7\t8" in read(tmp_path, workbook({"表": raw_sheet(body)})).text
