"""Plain text: the file's own characters, and the tables that stand flattened in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import Document, load
from extract.document import Block, Cell
from extract.options import DEFAULT_OPTIONS
from extract.text import decode
from extract.text import load as load_text
from tests.timing import within


def read(text: str) -> Document:
    return load_text(Path("report.txt"), text.encode(), DEFAULT_OPTIONS)


def tables(text: str) -> list[Block]:
    return [block for block in read(text).blocks if block.kind == "table"]


def grid(table: Block) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.col, cell.rowspan, cell.colspan, cell.text) for cell in table.cells]


def check_spans(document: Document) -> None:
    last = 0
    for block in document.blocks:
        assert last <= block.span.start <= block.span.end
        assert document.text[block.span.start : block.span.end] == block.text
        last = block.span.end
        for cell in block.cells:
            assert block.span.start <= cell.span.start <= cell.span.end <= block.span.end
            assert document.text[cell.span.start : cell.span.end] == cell.text


def flatten(*rows: list[str]) -> str:
    """Write rows as converters do: a cell a line, led by a tab; an empty line after a row."""
    return "\n".join("".join(f"\t{cell}\n" for cell in row) for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_text_is_the_files_own(encoding: str) -> None:
    text = " 埇桥区医疗保障局\r\n\r\n　自评得分：９６分\t\n末行 "
    document = load_text(Path("report.txt"), text.encode(encoding), DEFAULT_OPTIONS)
    assert document.text == text
    assert not document.warnings
    assert [block.place.path for block in document.blocks] == ["line 1", "line 3", "line 4"]
    check_spans(document)


def test_a_cut_last_byte_is_said_and_the_rest_read() -> None:
    text, warnings = decode("甲\n自评96分，乙".encode("gb18030")[:-1])
    assert text == "甲\n自评96分，\ufffd"
    assert [notice.code for notice in warnings] == ["undecodable"]
    assert "byte 14 of 14 (line 2)" in warnings[0].message


def test_utf_8_cut_in_a_character_stays_utf_8() -> None:
    text, warnings = decode("自评96分，乙".encode()[:-1])
    assert text == "自评96分，\ufffd"
    assert "utf-8" in warnings[0].message


def test_one_broken_byte_in_the_middle_costs_one_character() -> None:
    data = "县级财政补助资金预算5万元，".encode("gb18030") * 40
    text, warnings = decode(data + b"\xff" + data)
    assert text.count("5万元") == 80
    assert [notice.code for notice in warnings] == ["undecodable"]


@given(st.text(alphabet=st.sampled_from("甲 1\t\n\r|：。其中"), max_size=80))
def test_any_text_comes_back_whole(text: str) -> None:
    document = read(text)
    assert document.text == text
    check_spans(document)
    covered = set()
    for block in document.blocks:
        covered.update(range(block.span.start, block.span.end))
    assert all(index in covered for index, character in enumerate(text) if character not in "\t\n\r |")


def test_cells_led_by_tabs_make_a_table() -> None:
    text = "表前\n\n" + flatten(["姓名", "职务"], ["甲", "局长"], ["乙", ""]) + "\n表后"
    (table,) = tables(text)
    assert grid(table) == [
        (0, 0, 1, 1, "姓名"),
        (0, 1, 1, 1, "职务"),
        (1, 0, 1, 1, "甲"),
        (1, 1, 1, 1, "局长"),
        (2, 0, 1, 1, "乙"),
        (2, 1, 1, 1, ""),
    ]
    document = read(text)
    assert [block.text for block in document.blocks if block.kind == "paragraph"] == ["表前", "表后"]
    assert table.cells[0].place.path == "line 3, table 1 row 1 cell 1"
    check_spans(document)


def test_heads_of_three_levels_are_dealt_out() -> None:
    text = flatten(
        ["支出情况（万元）"],
        ["单位", "支出合计", "其中：", "结余"],
        ["", "", "基本支出", "其中：", "项目支出", "当年结余", "累计结余"],
        ["", "", "", "人员支出", "公用支出", "", "", ""],
        ["汇总", "10", "6", "4", "2", "4", "0", "0"],
    )
    (table,) = tables(text)
    spans = {
        cell.text: (cell.row, cell.col, cell.rowspan, cell.colspan) for cell in table.cells if cell.text != "其中："
    }
    assert spans["支出情况（万元）"] == (0, 0, 1, 8)
    assert spans["单位"] == (1, 0, 3, 1)
    assert spans["结余"] == (1, 6, 1, 2)
    assert spans["基本支出"] == (2, 2, 2, 1)
    assert spans["公用支出"] == (3, 4, 1, 1)
    assert spans["累计结余"] == (2, 7, 2, 1)
    parts = [(cell.row, cell.col, cell.colspan) for cell in table.cells if cell.text == "其中："]
    assert parts == [(1, 2, 4), (2, 3, 2)]


def test_repeated_labels_stand_under_each_head() -> None:
    (table,) = tables(flatten(["预算", "决算"], ["金额", "占比", "金额", "占比"], ["1", "2%", "3", "4%"]))
    assert grid(table)[:2] == [(0, 0, 1, 2, "预算"), (0, 2, 1, 2, "决算")]


def test_blanks_at_the_head_of_a_row_continue_the_cell_above() -> None:
    text = flatten(
        ["一级指标", "二级指标", "三级指标", "得分"],
        ["产出", "数量", "人数", "10"],
        ["", "", "次数", "9"],
        ["", "质量", "合格率", ""],
        ["满意度", "对象", "群众", "8"],
    )
    (table,) = tables(text)
    found = {cell.text: (cell.row, cell.rowspan) for cell in table.cells}
    assert found["产出"] == (1, 3)
    assert found["数量"] == (1, 2)
    assert found["质量"] == (3, 1)
    assert (3, 3) in {(cell.row, cell.col) for cell in table.cells if not cell.text}


def test_a_number_is_not_continued_by_a_blank() -> None:
    (table,) = tables(flatten(["序号", "项目", "金额"], ["1", "甲", "5"], ["", "合计", "5"]))
    assert {(cell.row, cell.rowspan) for cell in table.cells if cell.text == "1"} == {(1, 1)}


def test_a_head_that_could_be_dealt_out_in_two_ways_stands_apart() -> None:
    text = flatten(["项目", "甲", "乙"], ["", "子", "丑", "寅"], ["丙", "天", "地", "人"])
    upper, lower = tables(text) if len(tables(text)) == 2 else (None, tables(text)[0])
    assert upper is None or len(upper.cells) == 3
    assert [cell.text for cell in lower.cells if cell.colspan > 1] == []


def test_a_cell_may_go_over_lines_and_empty_lines() -> None:
    text = "\t目标\n\t任务\n\n任务1：参保。\n任务2：监管。\n\n\t成效\n\t三公经费\n\n合计\n\t其他\n"
    (table,) = tables(text)
    assert [cell.text for cell in table.cells] == [
        "目标",
        "任务\n\n任务1：参保。\n任务2：监管。",
        "成效",
        "三公经费\n\n合计",
        "其他",
    ]
    assert [cell.row for cell in table.cells] == [0, 0, 1, 1, 1]
    check_spans(read(text))


def test_prose_after_a_table_is_not_swallowed_by_its_last_cell() -> None:
    text = flatten(["姓名", "签字"], ["甲", ""]) + "\n填报人：甲\n\t附表二\n\n一、概况\n\n我局有5人。\n"
    (table,) = tables(text)
    assert [cell.text for cell in table.cells] == ["姓名", "签字", "甲", ""]
    assert [block.text for block in read(text).blocks[1:]] == ["填报人：甲", "\t附表二", "一、概况", "我局有5人。"]


def test_a_heading_ends_the_table_even_where_another_table_follows() -> None:
    rows = flatten(["甲", "1"], ["乙", "2"])
    text = rows + "\n二、支出\n\n共支出3元。\n\n" + rows
    first, second = tables(text)
    assert [cell.text for cell in first.cells] == [cell.text for cell in second.cells] == ["甲", "1", "乙", "2"]


def test_cells_closed_by_bars_make_a_table() -> None:
    text = "自评表 |\n||||\n名称 |\n临时救助 |\n|||\n指标 |\n目标 |\n实际 |\n得分 |\n|\n人次 |\n≥90 |\n132 |\n9 |\n|\n"
    (table,) = tables(text)
    assert [(cell.row, cell.col, cell.colspan, cell.text) for cell in table.cells][:3] == [
        (0, 0, 5, "自评表"),
        (1, 0, 1, "名称"),
        (1, 1, 4, "临时救助"),
    ]
    assert [cell.text for cell in table.cells if cell.row == 3] == ["人次", "≥90", "132", "9", ""]
    check_spans(read(text))


def test_bars_that_do_not_come_to_one_width_are_left_alone() -> None:
    assert tables("浏览量:1 | | | |\n甲 |\n乙 |\n||\n丙 |\n丁 |\n戊 |\n|||||\n") == []


def test_many_lines_closed_by_bars_take_no_time() -> None:
    with within(10):
        assert tables("甲 |\n" * 30_000) == []
        assert tables("甲 |\n乙 |\n|||\n" * 10_000 + "丙 |\n|||||||\n") == []


def test_rows_a_line_make_a_table() -> None:
    text = "预算\r\n项目\t预算数\t执行数\r\n合计\t10\t9\r\n\t4\t3\r\n完"
    (table,) = tables(text)
    assert [(cell.row, cell.col, cell.text) for cell in table.cells][3:] == [
        (1, 0, "合计"),
        (1, 1, "10"),
        (1, 2, "9"),
        (2, 1, "4"),
        (2, 2, "3"),
    ]
    check_spans(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "\t首行缩进的一段。\n\t又一段缩进。\n",
        "填报人：甲\t联系电话：1\n审核人：乙\t日期：2\n",
        "\t一、概况\n\n正文。\n\n\t二、支出\n\n正文。\n",
    ],
)
def test_tabs_of_a_layout_make_no_table(text: str) -> None:
    assert [table for table in tables(text) if any(cell.row for cell in table.cells)] == []


@pytest.mark.corpus
def test_real_reports_come_back_whole(corpus: Path) -> None:
    for path in sorted(corpus.glob("*/report.txt")):
        document = load(path)
        assert document.text.encode() == path.read_bytes()
        check_spans(document)


def cell_at(document: Document, offset: int) -> Cell | None:
    block = document.block_at(offset)
    return next((cell for cell in block.cells if cell.span.start <= offset < cell.span.end), None) if block else None


@pytest.mark.corpus
def test_a_real_flattened_form_has_its_columns(corpus: Path) -> None:
    document = load(corpus / "linxiang-2021" / "report.txt")
    cell = cell_at(document, document.text.index("270.79"))
    head = cell_at(document, document.text.index("公用支出"))
    assert cell is not None
    assert head is not None
    assert (cell.col, cell.text) == (head.col, "270.79")


FORM = (
    "一级指标\t三级指标\t年度指标值\t完成值\t分值\t得分\t偏差原因\n"
    "产出指标\t探头数量\t≥1350路\t1374路\t10\t10\n"
    "\t新建卡口\t≥30处\t24处\t10\t8\t配套资金未到位\n"
    "\t在线率\t≥95%\t96.8%\t10\t10\n"
)


def test_a_row_whose_last_tab_was_cut_off_has_an_empty_cell_there() -> None:
    (table,) = tables(FORM)
    assert [cell.text for cell in table.cells if cell.col == 6] == ["偏差原因", "", "配套资金未到位", ""]
    check_spans(read(FORM))


def test_a_row_that_lost_a_cell_in_front_is_no_row_of_the_table() -> None:
    lost = FORM.replace("\t在线率\t≥95%", "在线率\t≥95%").replace("\t新建卡口", "产出指标\t新建卡口")
    assert all(cell.text != "在线率" or cell.col == 0 for table in tables(lost) for cell in table.cells)
    assert not any(cell.text == "96.8%" and cell.col == 2 for table in tables(lost)[:1] for cell in table.cells)


def test_rows_that_all_lack_a_cell_and_end_with_words_are_no_rows_of_the_head() -> None:
    text = "一级指标\t三级指标\t目标值\t完成值\t备注\n合格率\t≥95%\t97%\t好\n及时率\t≥90%\t92%\t好\n"
    assert not any({"目标值", "97%"} <= {cell.text for cell in table.cells} for table in tables(text))
