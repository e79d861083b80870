"""Word tables: each cell once, with its spans; boxes are no tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Block, Document
from tests.docx_builder import abstract, lvl, num, p, r, read, row, table, tc, texts


def grid(document: Document) -> list[tuple[int, int, int, int, str]]:
    """Row, column, rowspan, colspan and text of every cell of the only table."""
    (found,) = (block for block in document.blocks if block.kind == "table")
    return [(cell.row, cell.col, cell.rowspan, cell.colspan, cell.text) for cell in found.cells]


def test_cells_stand_on_a_grid_with_their_places() -> None:
    document = read(p("前"), table(row("姓名", "职务"), row("甲", "局长")), p("后"))
    assert document.text == "前\n姓名\t职务\n甲\t局长\n后"
    cell = document.blocks[1].cells[3]
    assert (cell.place.path, document.text[cell.span.start : cell.span.end]) == ("body/table 1 row 2 cell 2", "局长")


def test_merged_cells_stand_once() -> None:
    document = read(
        table(
            row(tc("单位", merge="restart"), tc("其中：", span=2), tc("结余", merge="restart")),
            row(tc("看不见", merge="continue"), "基本支出", "项目支出", tc(merge="continue")),
            row("汇总", "6", "4", "0"),
        )
    )
    assert grid(document) == [
        (0, 0, 2, 1, "单位"),
        (0, 1, 1, 2, "其中："),
        (0, 3, 2, 1, "结余"),
        (1, 1, 1, 1, "基本支出"),
        (1, 2, 1, 1, "项目支出"),
        (2, 0, 1, 1, "汇总"),
        (2, 1, 1, 1, "6"),
        (2, 2, 1, 1, "4"),
        (2, 3, 1, 1, "0"),
    ]
    assert document.text == "单位\t其中：\t结余\n基本支出\t项目支出\n汇总\t6\t4\t0"


def test_cells_merged_the_old_way() -> None:
    document = read(
        table(
            row(tc("题", properties='<w:hMerge w:val="restart"/>'), tc("", properties="<w:hMerge/>"), tc("右")),
            row("甲", "乙", "丙"),
        )
    )
    assert grid(document)[:2] == [(0, 0, 1, 2, "题"), (0, 2, 1, 1, "右")]


def test_a_merge_ends_where_another_begins() -> None:
    document = read(
        table(
            row(tc("一", merge="restart"), "1"),
            row(tc(merge="continue"), "2"),
            row(tc("二", merge="restart"), "3"),
            row(tc(merge="continue"), "4"),
            row("三", "5"),
            row(tc("没有开头", merge="continue"), "6"),
        )
    )
    assert [cell for cell in grid(document) if cell[1] == 0] == [
        (0, 0, 2, 1, "一"),
        (2, 0, 2, 1, "二"),
        (4, 0, 1, 1, "三"),
        (5, 0, 1, 1, "没有开头"),
    ]


def test_columns_that_no_edge_makes_are_none() -> None:
    document = read(table(row(tc("甲", span=7), tc("乙", span=18)), row(tc("丙", span=25))))
    assert grid(document) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 2, "丙")]


def test_a_row_may_begin_later() -> None:
    document = read(table(row("甲", "乙"), row("丙", properties='<w:gridBefore w:val="1"/>')))
    assert grid(document)[-1] == (1, 1, 1, 1, "丙")


def test_a_span_beyond_reason_costs_nothing() -> None:
    document = read(table(row(tc("甲", span=999_999_999), "乙"), row("丙", "丁", "戊")))
    assert [cell[4] for cell in grid(document)] == ["甲", "乙", "丙", "丁", "戊"]


def test_rows_and_cells_in_content_controls_are_read() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    document = read(
        table(
            row("甲", control.format(tc("乙"))),
            control.format(row("丙", "丁")),
            control.format(control.format(row("戊", "己"))),
        )
    )
    assert document.text == "甲\t乙\n丙\t丁\n戊\t己"


def test_deleted_rows_and_cells_go() -> None:
    document = read(
        table(
            row("甲", "乙"),
            row("旧", "行", properties="<w:del/>"),
            row("隐", "行", properties="<w:hidden/>"),
            row("丙", tc("旧", properties="<w:cellDel/>"), "丁"),
            row("新", "行", properties="<w:ins/>"),
        )
    )
    assert document.text == "甲\t乙\n丙\t丁\n新\t行"


def test_paragraphs_of_a_cell_are_lines_and_a_table_in_it_is_flattened() -> None:
    inner = table(row("子", "1"), row("丑", "2"))
    document = read(table(row("甲", tc(p("一"), p(), p("二"), inner, p("三")))))
    assert grid(document)[1][4] == "一\n二\n子\t1\n丑\t2\n三"


def test_numbers_are_counted_in_cells_even_without_text() -> None:
    numbering = abstract(0, lvl(0, "decimal", "%1")) + num(1, 0)
    document = read(table(*(row(tc(p(num="1")), name) for name in ("甲", "乙"))), p("后", num="1"), numbering=numbering)
    assert document.text == "1\t甲\n2\t乙\n3 后"


@pytest.mark.parametrize("rows", [1, 3])
def test_a_box_around_text_is_no_table(rows: int) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    box = table(*(row(tc(p("一、概况", style="1"), p("正文"), table(row("甲", "1")))) for _ in range(rows)))
    document = read(box, styles=styles)
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("heading", "一、概况"),
        ("paragraph", "正文"),
        ("table", "甲\t1"),
    ] * rows
    assert document.blocks[-1].place.path == ("body/table 1/table 1" if rows == 1 else "body/table 1 row 3/table 1")


def test_a_table_without_text_is_left_out() -> None:
    assert texts(read(table(row("", "")), p("后"))) == ["后"]


def test_notes_and_pictures_of_cells_follow_the_table() -> None:
    picture = '<w:r><w:drawing><wp:inline><a:blip r:embed="p1"/></wp:inline></w:drawing></w:r>'
    document = read(
        table(row(tc(p("甲", '<w:r><w:footnoteReference w:id="2"/></w:r>')), tc(p("乙", picture)))),
        footnotes=f'<w:footnote w:id="2">{p("注")}</w:footnote>',
    )
    assert [(block.kind, block.text, block.place.path) for block in document.blocks] == [
        ("table", "甲\t乙", "body/table 1"),
        ("paragraph", "注", "footnote 1"),
        ("picture", "", "body/table 1 row 1 cell 2/picture 1"),
    ]


def test_a_text_box_in_a_cell_belongs_to_it() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('框')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert grid(read(table(row(tc(p("甲", box)), "乙"))))[0][4] == "甲\n框"


CELLS = st.tuples(st.integers(1, 3), st.sampled_from(["", "restart", "continue"]))


@given(st.lists(st.lists(CELLS, max_size=4), max_size=5))
def test_any_table_keeps_each_visible_cell_once(rows: list[list[tuple[int, str]]]) -> None:
    counter = iter(range(1000))
    body = table(*(row(*(tc(f"格{next(counter)}", span=span, merge=merge) for span, merge in cells)) for cells in rows))
    document = read(p(r("前")), body)
    tables: list[Block] = [block for block in document.blocks if block.kind == "table"]
    seen = [cell.text for block in tables for cell in block.cells]
    assert len(seen) == len(set(seen))
    taken: set[tuple[int, int]] = set()
    for cell in (cell for block in tables for cell in block.cells):
        area = {(cell.row + down, cell.col + right) for down in range(cell.rowspan) for right in range(cell.colspan)}
        assert not area & taken
        taken |= area
        assert document.text[cell.span.start : cell.span.end] == cell.text
