"""Lines to paragraphs, margins, columns and tables: by geometry alone, for PDF text and OCR alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Block, Place, assemble
from extract.layout import Grid, GridCell, Line, PageContent, apply, around, turn, typical_em, weakest
from extract.layout_flow import compose
from extract.layout_grid import grid_of
from extract.layout_lines import needs_space, page_contents, to_lines
from extract.layout_paragraphs import FIELD, MARK, Frame, cell_text, frame_of, joint, paragraph_text, paragraphs

EM = 16.0
LEFT, RIGHT = 80.0, 512.0  # 27 characters
FRAME = Frame(LEFT, RIGHT, indented=True)


def line(text: str, indent: float = 0.0, row: float = 0.0, em: float = EM, *, top: float = 100.0) -> Line:
    """Return a line of full-width text, ``indent`` em from the left margin, in a row of 28 points."""
    x0 = LEFT + indent * EM
    width = sum(em if ord(char) > 0x2E7F else em * 0.55 for char in text)
    y = top + 28.0 * row
    return Line(text, x0, y, x0 + width, y + em, em)


def set_lines(*texts: str) -> list[Line]:
    """Return lines below one another; leading full-width spaces are an indent."""
    return [line(text.lstrip("　"), len(text) - len(text.lstrip("　")), row) for row, text in enumerate(texts)]


def blocks_of(*pages: PageContent) -> list[Block]:
    return compose(pages).blocks


def page(number: int, lines: Sequence[Line], grids: Sequence[Grid] = ()) -> PageContent:
    return PageContent(number, 595.0, 842.0, tuple(lines), tuple(grids))


FULL = "我局认真贯彻落实省市民生工程工作部署坚持以人民为中心聚焦"[:27]
FIRST = FULL[:25]  # a full line behind an indent of two


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([f"　　{FIRST}", FULL, "减轻负担。"], 1, id="a full line goes on"),
        pytest.param([f"　　{FIRST}", "减轻负担。", f"　　{FIRST}"], 2, id="an indent begins a paragraph"),
        pytest.param([f"　　{FIRST}", FULL, f"　　{FIRST}", "完成。"], 2, id="an indent after a full line"),
        pytest.param(["　　一、工作目标", "　　（一）参保率"], 2, id="short lines stand alone"),
        pytest.param([f"　　{FIRST}", "（六）健全处置机制按月推送"], 1, id="a mark inside running text"),
        pytest.param([f"　　{FIRST[:-1]}。", "二、下步打算"], 2, id="a heading without its indent"),
        pytest.param(["项目名称：城乡医疗救助资金使用情况绩效自评项目资金共计", "项目单位：新丰县"], 2, id="fields"),
    ],
)
def test_lines_become_paragraphs(texts: list[str], expected: int) -> None:
    lines = set_lines(*texts)
    assert len(paragraphs(lines, FRAME)) == expected


def test_a_wider_space_or_another_size_begins_a_paragraph() -> None:
    above, below = set_lines(f"　　{FIRST}", FULL)
    third = line("经费支出", 0, 2)
    assert len(paragraphs([above, below, third], FRAME)) == 1
    lower = replace(third, top=third.top + 30, bottom=third.bottom + 30)
    assert len(paragraphs([above, below, lower], FRAME)) == 2
    larger = replace(third, em=22.0)
    assert len(paragraphs([above, below, larger], FRAME)) == 2


def test_signature_and_date_stand_alone() -> None:
    lines = [line("清沅市水利局", 21, 0), line("2023年4月26日", 20, 1)]
    assert len(paragraphs(lines, FRAME)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "一、概况",
        "（一）收入",
        "(2) 支出",
        "1.产出",
        "3、效益",
        "第二章 总则",
        "①数量",
        "⑴合理性",
        "二是加强",
        "附件2：",
        "注：含税",
    ],
)
def test_numbering_marks(text: str) -> None:
    assert MARK.match(text)


@pytest.mark.parametrize("text", ["1.5万元", "2021年", "一般公共预算", "三级指标", "12个月", "（含税）", "是否"])
def test_no_numbering_marks(text: str) -> None:
    assert not MARK.match(text)


def test_a_field_is_a_short_label() -> None:
    assert FIELD.match("项目名称：")
    assert not FIELD.match("主要职责如下，其中：")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("支出8487.88", "万元", ""),
        ("支出", "8487.88万元", ""),
        ("参保群", "众", ""),
        ("the total", "amount", " "),
        ("共123", "456元", ""),  # the line is full to its last point: the figure was broken
        ("占预算的98", "%", ""),
        ("金额28545.", "30", ""),
    ],
)
def test_what_stands_between_two_lines(before: str, after: str, expected: str) -> None:
    first = replace(line(before), x1=RIGHT)
    assert joint(first, line(after, 0, 1), FRAME) == expected


def test_a_figure_after_a_line_that_is_not_full_is_another_one() -> None:
    first = replace(line("编号 2021"), x1=RIGHT - 1.5 * EM)
    assert joint(first, line("2022年", 0, 1), FRAME) == " "


def test_a_space_of_its_own_at_the_line_s_end_stays_between_figures_only() -> None:
    first = replace(line("支出 32063.3"), x1=RIGHT, spaced=True)
    assert paragraph_text([first, line("元，资金", 0, 1)], FRAME) == "支出 32063.3 元，资金"
    chinese = replace(line("资金使用"), x1=RIGHT, spaced=True)
    assert paragraph_text([chinese, line("情况", 0, 1)], FRAME) == "资金使用情况"


@pytest.mark.parametrize(
    ("left", "right", "gap", "expected"),
    [
        ("万", "元", 0.3, False),
        ("名", "称", 1.0, True),
        ("1", ".", 0.3, False),
        ("9", "5", 0.05, False),
        ("9", "5", 0.4, True),
        ("万", "1", 0.25, False),
        ("e", "t", 0.3, True),
    ],
)
def test_gaps_and_spaces(left: str, right: str, gap: float, expected: bool) -> None:
    assert needs_space(left, right, gap * EM, EM) is expected


def test_pieces_on_one_baseline_become_a_line_and_bold_by_double_print_is_read_once() -> None:
    left, right = line("评价"), line("人员", 2)
    again = replace(left, x0=left.x0 + 0.4, x1=left.x1 + 0.4)
    below = line("单位", 0, 1)
    assert [item.text for item in to_lines([right, below, left, again])] == ["评价人员", "单位"]


def test_cell_text_joins_what_wraps_and_keeps_what_was_parted() -> None:
    def centred(text: str, row: int) -> Line:
        width = 10.0 * len(text)
        return Line(text, 130 - width / 2, 100 + 14 * row, 130 + width / 2, 110 + 14 * row, 10.0)

    assert cell_text([centred("局机关及二级", 0), centred("机构汇总", 1)], 94.6, 165.4) == "局机关及二级机构汇总"
    assert cell_text([centred("28545.", 0), centred("30", 1)], 97.0, 163.0) == "28545.30"
    left = [Line("任务1：稳参保", 100, 100, 165, 110, 10.0), Line("任务2：保基本", 100, 114, 165, 124, 10.0)]
    assert cell_text(left, 95.0, 400.0) == "任务1：稳参保\n任务2：保基本"


def test_the_frame_is_not_taken_from_a_form_s_short_lines() -> None:
    body = Frame(LEFT, RIGHT)
    form = [line(text, 4, row) for row, text in enumerate(("姓名：王静", "电话：2299", "日期：2024", "单位：财政"))]
    found = frame_of(form, body)
    assert found is not None
    assert found.right == RIGHT


# ---- pages -----------------------------------------------------------------------------------------------------


def body(rows: int, start: float = 110.0) -> list[Line]:
    texts = [f"　　{FIRST}", *[FULL] * (rows - 2), "完成。"]
    return [line(text.lstrip("　"), 2 if text[0] == "　" else 0, row, top=start) for row, text in enumerate(texts)]


@pytest.mark.parametrize("shape", ["— {} —", "－{}－", "第 {} 页", "{}", "- {} -", "第{}页 共9页", "{}/9", "一{}一"])
def test_page_numbers_go_into_the_margins(shape: str) -> None:
    pages = [page(n, [*body(4), line(shape.format(n), 13, 0, em=12.0, top=790)]) for n in (1, 2, 3)]
    flow = compose(pages)
    assert [margin.text for margin in flow.margins] == [shape.format(n) for n in (1, 2, 3)]
    assert all("完成。" in block.text for block in flow.blocks)
    assert flow.margins[1].place.path == "page 2/foot"


def test_a_bare_figure_that_does_not_count_along_stays() -> None:
    pages = [page(n, [*body(4), line(text, 13, 0, top=790)]) for n, text in ((1, "95"), (2, "7"), (3, "2021"))]
    assert not compose(pages).margins


def test_running_heads_go_and_titles_of_a_series_of_forms_stay() -> None:
    head = [Line("某某县财政局绩效评价报告", 200, 40, 320, 50, 10.0)]
    title = [Line("项目支出绩效自评表", 200, 70, 398, 92, 22.0)]
    pages = [page(n, [*head, *title, *body(4, 130)]) for n in range(1, 5)]
    flow = compose(pages)
    assert {margin.text for margin in flow.margins} == {"某某县财政局绩效评价报告"}
    assert len(flow.margins) == 4
    assert sum("项目支出绩效自评表" in block.text for block in flow.blocks) == 4


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = [line(FIRST, 2), line(FULL, 0, 1), line(FULL, 0, 2)]
    flow = compose([page(1, first), page(2, [line("到家到人。", 0, 0), line(FIRST, 2, 1), line("完。", 0, 2)])])
    assert [block.text for block in flow.blocks] == [FIRST + FULL + FULL + "到家到人。", FIRST + "完。"]
    assert flow.blocks[0].place.page == 1


def test_what_stands_on_the_second_page_has_its_place_there() -> None:
    first = [line(FIRST, 2), line(FULL, 0, 1)]
    flow = compose([page(1, first), page(2, [line(FULL)] * 1), page(3, [line("到家到人。", 0, 2)])])
    document = assemble([Block("heading", "标题", Place("page 1", 1)), *flow.blocks], file="", sha256="", media_type="")
    block = document.blocks[1]
    assert block.text == FIRST + FULL + FULL + "到家到人。"
    ends = [len(FIRST + FULL), len(FIRST + FULL + FULL), len(block.text)]
    for start, end, number in zip([0, *ends[:-1]], ends, (1, 2, 3), strict=True):
        places = {document.place_at(block.span.start + at) for at in (start, end - 1)}
        assert [place.page for place in places if place] == [number]
    last = document.place_at(block.span.end - 1)
    assert last is not None and last.bbox == pytest.approx(line("到家到人。", 0, 2).box)


@pytest.mark.parametrize("indent", [2, 0])
def test_a_paragraph_ends_with_the_page(indent: int) -> None:
    ended = [line(FIRST, 2), line(FULL, 0, 1), line("完成任务。", 0, 2)]
    following = [line(FIRST if indent else FULL, indent), line(FULL, 0, 1), line("完。", 0, 2)]
    assert len(blocks_of(page(1, ended), page(2, following))) == 2


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [Line(f"左栏第{n}行的文字一直写到栏边", 40, 60 + 20 * n, 380, 74 + 20 * n, 14.0) for n in range(10)]
    right = [Line(f"右栏第{n}行的文字一直写到栏边", 470, 61 + 20 * n, 800, 75 + 20 * n, 14.0) for n in range(10)]
    both = [piece for pair in zip(left, right, strict=True) for piece in pair]
    contents = page_contents(PageContent(1, 842.0, 595.0, tuple(both)))
    assert [item.text[0] for content in contents for item in content.lines] == ["左"] * 10 + ["右"] * 10


def test_label_and_value_side_by_side_are_no_columns() -> None:
    pieces = [
        Line(text, x, 60 + 20 * n, x + 70, 72 + 20 * n, 12.0)
        for n in range(4)
        for text, x in (("联系人：", 40), ("电话：", 400))
    ]
    (content,) = page_contents(PageContent(1, 595.0, 842.0, tuple(pieces)))
    assert [item.text for item in content.lines] == ["联系人： 电话："] * 4


# ---- tables ----------------------------------------------------------------------------------------------------


def table(
    rows: Sequence[Sequence[str]], top: float, xs: Sequence[float] = (80, 200, 300, 510), height: float = 20
) -> Grid:
    """Return a full grid with one line of text in each cell; a text's line feeds part its lines."""
    cells = []
    y = top
    ys = [top]
    for row, texts in enumerate(rows):
        deep = max(text.count("\n") + 1 for text in texts) * 14 + height - 14
        for col, text in enumerate(texts):
            lines = tuple(
                Line(part, xs[col] + 4, y + 4 + 14 * n, xs[col] + 4 + 10 * len(part), y + 14 + 14 * n, 10.0)
                for n, part in enumerate(text.split("\n"))
                if part
            )
            cells.append(GridCell(row, col, 1, 1, (xs[col], y, xs[col + 1], y + deep), lines))
        y += deep
        ys.append(y)
    return Grid(tuple(map(float, xs)), tuple(ys), tuple(cells))


def grid_texts(block: Block) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.col)):
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


HEADER = ["指标名称", "分值", "得分"]


def test_a_table_goes_on_over_the_page_without_its_repeated_header() -> None:
    first = table([HEADER, ["数量", "10", "9"], ["质量", "10", "8"]], 740)
    second = table([HEADER, ["时效", "5", "5"]], 100)
    flow = compose([page(1, body(4), [first]), page(2, [], [second])])
    (block,) = [block for block in flow.blocks if block.kind == "table"]
    assert grid_texts(block) == [HEADER, ["数量", "10", "9"], ["质量", "10", "8"], ["时效", "5", "5"]]
    assert [cell.place.page for cell in block.cells][-1] == 2
    assert block.cells[-1].place.path == "page 2/table 1 row 2 cell 3"
    assert {notice.code for notice in flow.notices} == {"table_joined", "header_dropped"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"xs": (80, 150, 420, 510)}, "other columns"),
        ({"xs": (80, 200, 300, 480)}, "another width"),
    ],
)
def test_another_table_on_the_next_page_stays_apart(change: dict[str, tuple[int, ...]], why: str) -> None:
    first = table([HEADER, ["数量", "10", "9"]], 740)
    second = table([HEADER, ["时效", "5", "5"]], 100, **change)
    flow = compose([page(1, [], [first]), page(2, [], [second])])
    assert sum(block.kind == "table" for block in flow.blocks) == 2, why


def test_text_between_keeps_tables_apart_and_so_does_room_below() -> None:
    first = table([HEADER, ["数量", "10", "9"]], 740)
    second = table([["时效", "5", "5"], ["成本", "5", "5"]], 140)
    between = compose([page(1, [], [first]), page(2, [line("表2 支出情况表", 8, 0, top=110)], [second])])
    assert sum(block.kind == "table" for block in between.blocks) == 2
    high = table([HEADER, ["数量", "10", "9"]], 300)
    room = compose([page(1, [], [high]), page(2, body(20), []), page(3, [], [second])])
    assert sum(block.kind == "table" for block in room.blocks) == 2


def test_a_row_split_by_the_page_is_one_row() -> None:
    width = "保障能力不断强化各项医保基金应收"
    first = table([["概述", f"{width}\n{width}", "无"]], 740, xs=(80, 140, 306, 510))
    second = table([["", "尽收。", ""], ["人数", "65", "无"]], 100, xs=(80, 140, 306, 510))
    flow = compose([page(1, [], [first]), page(2, [], [second])])
    (block,) = flow.blocks
    assert grid_texts(block) == [["概述", width + width + "尽收。", "无"], ["人数", "65", "无"]]


def test_a_label_merged_over_rows_goes_on_over_the_page() -> None:
    xs, ys = (80.0, 200.0, 300.0), (700.0, 720.0, 740.0)
    label = GridCell(0, 0, 2, 1, (80, 700, 200, 740), (Line("产出指标", 90, 705, 130, 715, 10.0),))
    values = [
        GridCell(row, 1, 1, 1, (200, y, 300, y + 20), (Line(text, 210, y + 5, 220, y + 15, 10.0),))
        for row, y, text in ((0, 700.0, "5"), (1, 720.0, "6"))
    ]
    below = table([["", "7"], ["效益指标", "8"]], 100, xs=(80, 200, 300))
    flow = compose([page(1, [], [Grid(xs, ys, (label, *values))]), page(2, [], [below])])
    (block,) = flow.blocks
    cells = {cell.text: cell for cell in block.cells}
    assert (cells["产出指标"].row, cells["产出指标"].rowspan) == (0, 3)
    assert [cells[text].row for text in "5678"] == [0, 1, 2, 3]


def test_an_empty_cell_below_a_plain_row_stays_empty() -> None:
    first = table([HEADER, ["数量", "10", "9"]], 740)
    second = table([["", "5", "5"], ["成本", "5", "5"]], 100)
    (block,) = compose([page(1, [], [first]), page(2, [], [second])]).blocks
    assert grid_texts(block)[2] == ["", "5", "5"]


# ---- geometry --------------------------------------------------------------------------------------------------

boxes = st.tuples(*[st.floats(0, 500, allow_nan=False)] * 4).map(
    lambda b: (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
)


@given(boxes, st.integers(0, 3))
def test_a_turned_box_comes_back(box: tuple[float, float, float, float], quarters: int) -> None:
    width, height = 595.0, 842.0
    there = turn((1, 0, 0, 1, 0, 0), width, height, quarters)
    turned_size = (height, width) if quarters % 2 else (width, height)
    back = turn((1, 0, 0, 1, 0, 0), *turned_size, -quarters)
    assert apply(back, apply(there, box)) == pytest.approx(box, abs=1e-6)


@st.composite
def tilings(draw: st.DrawFn) -> tuple[list[float], list[float], set[tuple[int, int, int, int]]]:
    """Draw a grid whose cells are merged at random: (column edges, row edges, {(row, col, rowspan, colspan)})."""
    xs = [0.0, *draw(st.lists(st.integers(30, 90), min_size=2, max_size=6))]
    ys = [0.0, *draw(st.lists(st.integers(18, 60), min_size=2, max_size=7))]
    xs = [sum(xs[: n + 1]) for n in range(len(xs))]
    ys = [sum(ys[: n + 1]) for n in range(len(ys))]
    rows, cols = len(ys) - 1, len(xs) - 1
    taken: set[tuple[int, int]] = set()
    cells = set()
    for row in range(rows):
        for col in range(cols):
            if (row, col) in taken:
                continue
            colspan = 1
            while col + colspan < cols and (row, col + colspan) not in taken and draw(st.integers(0, 3)) == 0:
                colspan += 1
            rowspan = 1
            while row + rowspan < rows and draw(st.integers(0, 3)) == 0:
                rowspan += 1
            taken |= {(r, c) for r in range(row, row + rowspan) for c in range(col, col + colspan)}
            cells.add((row, col, rowspan, colspan))
    return xs, ys, cells


def _edges_used(cells: set[tuple[int, int, int, int]]) -> tuple[set[int], set[int]]:
    return (
        {edge for _, col, _, colspan in cells for edge in (col, col + colspan)},
        {edge for row, _, rowspan, _ in cells for edge in (row, row + rowspan)},
    )


@given(tilings(), st.randoms(use_true_random=False))
def test_cell_boxes_give_back_their_grid(tiling: tuple, random: object) -> None:  # type: ignore[type-arg]
    xs, ys, cells = tiling
    cols, rows = (sorted(used) for used in _edges_used(cells))
    jitter = lambda: random.uniform(-1, 1)  # type: ignore[attr-defined]  # noqa: E731
    found = grid_of(
        [
            (xs[c] + jitter(), ys[r] + jitter(), xs[c + cs] + jitter(), ys[r + rs] + jitter())
            for r, c, rs, cs in sorted(cells)
        ],
        3.0,
    )
    if len(cells) < 2:
        assert found is None
        return
    assert found is not None
    expected = {
        (rows.index(r), cols.index(c), rows.index(r + rs) - rows.index(r), cols.index(c + cs) - cols.index(c))
        for r, c, rs, cs in cells
    }
    assert {(cell.row, cell.col, cell.rowspan, cell.colspan) for cell in found.cells} == expected


def test_a_hole_in_a_grid_is_a_cell() -> None:
    grid = grid_of([(0, 0, 50, 20), (50, 0, 100, 20), (0, 20, 50, 40)], 3.0)
    assert grid is not None
    assert [(cell.row, cell.col) for cell in grid.cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_small_measures() -> None:
    lines = [line("正文"), replace(line("题"), em=22.0, score=0.9), replace(line("注释文字"), em=9.0, score=0.7)]
    assert typical_em(lines) == 9.0
    assert typical_em([]) == 12.0
    assert weakest(lines) == 0.7
    assert weakest([lines[0]]) is None
    assert around([(1, 2, 3, 4), (0, 3, 2, 9)]) == (0, 2, 3, 9)
