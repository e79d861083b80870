"""PDFs with a text layer, page by page: text, tables, places, and what is wrong with a file."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_builder import A4, Page, advance, build
from PIL import Image

from extract import LOADERS, ExtractError, LoadOptions, load
from extract.document import Block, Document
from extract.errors import DamagedError, EncryptedError
from extract.pdf import load as load_pdf
from extract.pdf_page import is_rubbish
from extract.pdf_rules import MAX_EDGES, Edge, find_grids
from extract.pdf_text import mend

NO_OCR = LoadOptions(ocr="off")


def read(*pages: Page, to_unicode: bool = True) -> Document:
    return load_pdf(Path("report.pdf"), build(*pages, to_unicode=to_unicode), NO_OCR)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def table_of(document: Document) -> Block:
    (block,) = [block for block in document.blocks if block.kind == "table"]
    return block


def rows_of(block: Block) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def shape_of(block: Block) -> set[tuple[int, int, int, int]]:
    return {(cell.row, cell.col, cell.rowspan, cell.colspan) for cell in block.cells}


PROSE = [
    "根据《关于开展绩效自评的通知》（财绩〔2021〕12号）要求，",
    "我局对2021年城乡医疗救助资金项目进行了自评，全年支出8487.88",
    "万元，执行率98.6%，其中中央资金5043万元。",
]


def prose(page: Page, top: float = 100.0) -> Page:
    """Set a paragraph whose first line is indented, 16 points a character, ending inside a quantity."""
    page.text(112, top, PROSE[0], 14)
    page.text(84, top + 28, PROSE[1], 14)
    return page.text(84, top + 56, PROSE[2], 14)


def test_the_registry_knows_the_loader() -> None:
    assert "application/pdf" in LOADERS


def test_prose_and_its_places() -> None:
    document = read(prose(Page()).text(112, 184, "二、存在的问题", 14))
    assert texts(document) == ["".join(PROSE), "二、存在的问题"]
    place = document.blocks[0].place
    assert (place.page, place.path, place.method) == (1, "page 1/paragraph 1", "text")
    assert place.bbox == pytest.approx((84, 100, 112 + advance(PROSE[0], 14), 170), abs=3)
    assert document.text[document.blocks[1].span.start :] == "二、存在的问题"
    assert document.pages == 1
    assert document.ocr_pages == 0


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_rotated_page_is_read_as_it_is_shown(rotate: int) -> None:
    # The text is turned against the page, as a scanner program or a landscape table does it.
    width, height = 500.0, 700.0
    angle = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[rotate]
    x, y = 60.0, 80.0  # where the text should appear, counted from the upper left corner
    page = Page(size=(width, height), rotate=rotate)
    origin = {0: (x, height - y), 90: (y, x), 180: (width - x, y), 270: (width - y, height - x)}[rotate]
    encoded = "预算执行率98%".encode("utf-16-be").hex()
    page.operators.append(f"BT /F1 12 Tf {angle} {origin[0]} {origin[1]} Tm <{encoded}> Tj ET")
    document = read(page)
    assert texts(document) == ["预算执行率98%"]
    box = document.blocks[0].place.bbox
    assert box is not None
    assert box[0] == pytest.approx(x, abs=2)
    assert box[3] == pytest.approx(y, abs=4)


def test_a_table_printed_sideways_is_read_upright_and_its_places_lie_on_the_page() -> None:
    page = Page()
    rows = [("指标名称", 100.0), ("数量指标", 150.0), ("质量指标", 200.0)]
    for text, x in rows:
        encoded = (text + "本年度全部完成").encode("utf-16-be").hex()
        page.operators.append(f"BT /F1 12 Tf 0 1 -1 0 {x} 100 Tm <{encoded}> Tj ET")
    document = read(page)
    assert texts(document) == [text + "本年度全部完成" for text, _ in rows]
    box = document.blocks[0].place.bbox
    assert box is not None
    assert box[2] - box[0] < 16 < box[3] - box[1]  # it stands on its side
    assert box[3] == pytest.approx(A4[1] - 100, abs=2)


def test_a_table_keeps_its_cells_and_the_text_around_it() -> None:
    page = Page().text(84, 100, "表1 收入情况", 12)
    page.table([84, 200, 320, 500], [130, 150, 170], [["项目", "预算", "决算"], ["收入", "1,200.50", "1,180"]])
    document = read(page.text(84, 190, "以上单位为万元", 12))
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]
    block = table_of(document)
    assert rows_of(block) == [["项目", "预算", "决算"], ["收入", "1,200.50", "1,180"]]
    assert block.text == "项目\t预算\t决算\n收入\t1,200.50\t1,180"
    cell = block.cells[4]
    assert cell.place.path == "page 1/table 1 row 2 cell 2"
    assert cell.place.bbox == pytest.approx((200, 150, 320, 170), abs=0.5)


def test_merged_cells_have_their_spans() -> None:
    page = Page()
    for x0, top, x1, bottom in (
        (84, 100, 500, 100),
        (200, 120, 500, 120),
        (84, 140, 500, 140),
        (84, 160, 500, 160),
        (84, 100, 84, 160),
        (200, 100, 200, 160),
        (350, 120, 350, 160),
        (500, 100, 500, 160),
    ):
        page.rule(x0, top, x1, bottom)
    page.text(90, 115, "单位", 10).text(300, 104, "其中：", 10).text(210, 124, "基本支出", 10)
    page.text(360, 124, "项目支出", 10).text(90, 144, "合计", 10).text(210, 144, "12.5", 10).text(360, 144, "30", 10)
    block = table_of(read(page))
    assert shape_of(block) == {
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 0, 1, 1),
        (2, 1, 1, 1),
        (2, 2, 1, 1),
    }


def test_borders_drawn_as_thin_bars_and_shaded_cells_are_ruling_too() -> None:
    page = Page().bar(84, 100, 500, 120, fill="0.9 0.9 0.9")
    for y in (100, 120, 140):
        page.bar(84, y - 0.25, 500, y + 0.25)
    for x in (84, 290, 500):
        for top in (100, 120):  # Word draws each cell's border by itself
            page.bar(x - 0.25, top + 0.5, x + 0.25, top + 19.5)
    page.text(90, 104, "项目", 10).text(300, 104, "金额", 10).text(90, 124, "救助", 10).text(300, 124, "88", 10)
    assert rows_of(table_of(read(page))) == [["项目", "金额"], ["救助", "88"]]


def test_a_table_without_its_outer_sides() -> None:
    page = Page()
    for y in (100, 120, 140, 160):
        page.rule(84, y, 500, y)
    for x in (200, 350):
        page.rule(x, 100, x, 160)
    for row, cells in enumerate((("指标", "分值", "得分"), ("数量", "10", "9"), ("质量", "20", "18"))):
        for x, text in zip((90, 210, 360), cells, strict=True):
            page.text(x, 104 + 20 * row, text, 10)
    assert rows_of(table_of(read(page)))[1] == ["数量", "10", "9"]


def test_a_box_around_prose_is_no_table_and_underlined_fields_are_none() -> None:
    page = Page()
    for edge in ((70, 80, 540, 80), (70, 200, 540, 200), (70, 80, 70, 200), (540, 80, 540, 200)):
        page.rule(*edge)
    prose(page)
    for row, field in enumerate(("项目名称：", "项目单位：", "填报日期：")):
        page.text(84, 300 + 30 * row, field + "城乡医疗救助", 12).rule(150, 314 + 30 * row, 400, 314 + 30 * row)
    document = read(page)
    assert all(block.kind != "table" for block in document.blocks)
    assert texts(document)[0] == "".join(PROSE)
    assert texts(document)[1:] == [f"{field}城乡医疗救助" for field in ("项目名称：", "项目单位：", "填报日期：")]


def test_white_and_highlight_rectangles_do_not_cut_a_cell() -> None:
    page = Page().table([84, 300, 500], [100, 130], [["备注", ""]])
    page.bar(320, 108, 360, 120, fill="1 1 0").bar(90, 104, 200, 126, fill="1 1 1")
    page.text(90, 108, "备注", 10).text(310, 108, "超支原因", 10)
    assert rows_of(table_of(read(page)))[0][1] == "超支原因"


def test_text_and_tables_go_on_over_the_page() -> None:
    xs = [84, 250, 500]
    first = prose(Page(), 100).table(xs, [720, 740, 760], [["指标", "得分"], ["数量", "9"]]).text(280, 800, "— 1 —", 10)
    second = Page().table(xs, [80, 100, 120], [["指标", "得分"], ["质量", "8"]]).text(280, 800, "— 2 —", 10)
    document = read(first, second)
    assert rows_of(table_of(document)) == [["指标", "得分"], ["数量", "9"], ["质量", "8"]]
    assert [cell.place.page for cell in table_of(document).cells] == [1, 1, 1, 1, 2, 2]
    assert [margin.text for margin in document.margins] == ["— 1 —", "— 2 —"]
    assert {notice.code for notice in document.warnings} == {"table_joined", "header_dropped"}


def test_letters_spaced_out_stay_as_they_are_and_figures_stay_whole() -> None:
    page = Page().text(84, 100, "2946.25 万 元", 14)
    x = 84.0
    for char in "1234.5":  # a figure whose digits are set one by one, a little apart
        page.text(x, 240, char, 14)
        x += 7.6
    assert texts(read(page)) == ["2946.25 万 元", "1234.5"]


def test_a_character_written_after_its_line_stands_in_its_place() -> None:
    # A rare character from another font: programs write it when the line is done.
    page = Page().text(84, 100, "宿州市", 16).text(84 + 64, 100, "桥区人民政府关于", 16).text(84 + 48, 100, "埇", 16)
    assert texts(read(page)) == ["宿州市埇桥区人民政府关于"]


def test_bold_by_printing_twice_is_read_once() -> None:
    page = Page().text(84, 100, "评价人员", 14).text(84.3, 100, "评价人员", 14)
    assert texts(read(page)) == ["评价人员"]


def test_a_watermark_and_text_off_the_page_are_no_text() -> None:
    page = prose(Page()).text(200, 500, "机密", 60, angle="0.7 0.7 -0.7 0.7").text(-300, 300, "看不见", 12)
    document = read(page)
    assert texts(document) == ["".join(PROSE)]
    assert [(m.text, m.place.path) for m in document.margins] == [
        ("机密", "page 1/watermark"),
        ("看不见", "page 1/off the page"),
    ]


def test_radicals_and_rare_planes_become_the_characters_they_stand_for() -> None:
    assert mend("⺠政局⽇常⼯作") == "民政局日常工作"
    assert mend("普通文字") == "普通文字"
    assert mend("\ud842\udfb7") == "𠮷"


# ---- what a page is --------------------------------------------------------------------------------------------


def test_a_scan_without_ocr_is_left_out_with_a_notice() -> None:
    scan = Page().picture(Image.new("RGB", (600, 850), "white"), (0, 0, *A4))
    document = read(prose(Page()), scan)
    assert texts(document) == ["".join(PROSE)]
    assert [(notice.code, notice.page) for notice in document.warnings] == [("ocr_off", 2)]


def test_hidden_text_over_a_scan_is_somebody_else_s_ocr() -> None:
    page = Page().picture(Image.new("RGB", (600, 850), "white"), (0, 0, *A4))
    for row in range(5):
        page.text(84, 100 + 30 * row, "自评得分98分，评价等级为优秀。", 14, mode=3)
    document = read(page)
    assert [notice.code for notice in document.warnings] == ["hidden_text"]
    assert "自评得分98分" in document.text


def test_a_letterhead_behind_text_is_no_scan_and_a_large_picture_in_it_is_mentioned() -> None:
    page = Page().picture(Image.new("RGB", (600, 850), "white"), (0, 0, *A4))
    page.lines(84, 100, ["自评得分98分，评价等级为优秀，支出123万元。"] * 6, 14, 30)
    assert "98分" in read(page).text
    page = prose(Page()).picture(Image.new("RGB", (400, 300), "grey"), (84, 300, 500, 700))
    assert [notice.code for notice in read(page).warnings] == ["picture_unread"]


def test_codes_without_meaning_are_rubbish() -> None:
    page = Page()
    for row in range(8):
        page.text(84, 100 + 30 * row, "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11", 14)
    assert [notice.code for notice in read(page, to_unicode=False).warnings] == ["ocr_off"]


CHINESE = "本项目资金的使用严格按照财务制度的规定执行，资金到位率为百分之一百，不存在截留挪用的情况。" * 4


@pytest.mark.parametrize(
    ("text", "unmapped", "expected"),
    [
        pytest.param(CHINESE, "", False, id="prose"),
        pytest.param("12,345.67" * 20, "", False, id="a page of figures"),
        pytest.param("Theannualreportoftheboard" * 5, "Theannual", False, id="plain letters in a font that is silent"),
        pytest.param("(cid:12)(cid:14)" * 10, "", True, id="cid"),
        pytest.param("\x01\x02\x03\x04" * 30 + "年度", "", True, id="control characters"),
        pytest.param("\ue001\ue002" * 30, "", True, id="private use"),
        pytest.param("¡¢£¤¥¦§¨©ª" * 12, "", True, id="Latin signs"),
        pytest.param(CHINESE, "\x15\x16\x17" * 3, True, id="the figures' font alone"),
        pytest.param("".join(chr(0x6A00 + 7 * n) for n in range(300)), "", True, id="ideographs at random"),
    ],
)
def test_rubbish_layers(text: str, unmapped: str, expected: bool) -> None:
    assert is_rubbish(text, unmapped) is expected


# ---- what is wrong with a file ---------------------------------------------------------------------------------


def test_what_is_no_pdf() -> None:
    with pytest.raises(DamagedError):
        load_pdf(Path("x.pdf"), b"%PDF-1.7\nnothing more", NO_OCR)
    with pytest.raises(DamagedError):
        load_pdf(Path("x.pdf"), build(), NO_OCR)


def test_a_password_is_asked_for() -> None:
    data = build(prose(Page()))
    start = data.rindex(b"trailer << ") + len(b"trailer << ")
    encrypt = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"ab" * 32 + b"> /U <" + b"cd" * 32 + b"> >>"
        b" /ID [<0123> <0123>] "
    )
    with pytest.raises(EncryptedError):
        load_pdf(Path("x.pdf"), data[:start] + encrypt + data[start:], NO_OCR)
    with pytest.raises(DamagedError):  # pdfium still has the error of the file before
        load_pdf(Path("x.pdf"), build(), NO_OCR)


def test_only_so_many_pages_are_read() -> None:
    document = load_pdf(Path("x.pdf"), build(*[prose(Page()) for _ in range(4)]), LoadOptions(ocr="off", max_pages=2))
    assert document.pages == 4
    assert document.warnings[0].code == "page_limit"
    assert {block.place.page for block in document.blocks} == {1, 2}


def test_what_was_typed_into_a_form_is_read() -> None:
    data = build(prose(Page()))
    field = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (unit) /V (8848.5) /Rect [84 500 300 520] /F 4"
        b" /DA (/Helv 12 Tf 0 g) /P PAGE 0 R /AP << /N APPEARANCE 0 R >> >>"
    )
    pdf = pypdfium2.PdfDocument(data)
    assert len(pdf) == 1
    number = data.count(b" 0 obj")
    page_number = int(data[: data.index(b"<< /Type /Page /Parent")].split(b"\n")[-2].split()[0])
    content = b"/Tx BMC q BT /Helv 12 Tf 2 5 Td (8848.5) Tj ET Q EMC"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    appearance = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 216 20] /Resources << /Font << /Helv %d 0 R >> >> /Length %d >>\n"
        b"stream\n%s\nendstream" % (number + 1, len(content), content)
    )
    body = data[: data.index(b"xref\n")]
    body = body.replace(b"/Type /Catalog", b"/Type /Catalog /AcroForm << /Fields [%d 0 R] >>" % (number + 3))
    body = body.replace(b"/Type /Page /Parent", b"/Type /Page /Annots [%d 0 R] /Parent" % (number + 3))
    field = field.replace(b"PAGE", str(page_number).encode()).replace(b"APPEARANCE", str(number + 2).encode())
    for index, extra in enumerate((font, appearance, field), number + 1):
        body += b"%d 0 obj\n%s\nendobj\n" % (index, extra)
    # The offsets are wrong by now; pdfium finds the objects all the same.
    body += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n0\n%%%%EOF\n" % (number + 4)
    assert "8848.5" in load_pdf(Path("form.pdf"), body, NO_OCR).text


def test_a_drawing_of_thousands_of_lines_is_no_table() -> None:
    edges = [Edge(x, 10.0, x, 500.0) for x in range(0, 10 * MAX_EDGES, 10)]
    edges += [Edge(0.0, y, 500.0, y) for y in range(0, 500, 10)]
    assert find_grids(edges) is None


SOUND = build(
    prose(Page()).table([84, 200, 320], [300, 320, 340], [["甲", "1"], ["乙", "2"]]),
    Page(rotate=90).picture(Image.new("RGB", (20, 20), "red"), (10, 10, 60, 60)),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_file_raises_what_the_contract_says_or_is_read(data: st.DataObject) -> None:
    damaged = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(10, len(damaged)))
    try:
        document = load_pdf(Path("x.pdf"), bytes(damaged[:cut]), NO_OCR)
    except ExtractError:
        return
    assert all(document.text[block.span.start : block.span.end] == block.text for block in document.blocks)


# ---- the project's own report, and real ones -------------------------------------------------------------------


def squeezed(text: str) -> str:
    return "".join(text.split())


def paragraphs_of(text: str) -> list[str]:
    return [squeezed(part) for line in text.split("\n") for part in line.split("\t") if squeezed(part)]


def test_the_sample_is_read_to_the_letter(samples: Path) -> None:
    document = load(samples / "water-bureau-2022.pdf", NO_OCR)
    truth = (samples / "truth" / "water-bureau-2022.txt").read_text(encoding="utf-8")
    assert paragraphs_of(document.text) == paragraphs_of(truth)
    assert document.pages == 6
    assert len(document.margins) == 6


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["kunming-dongchuan-2019", "suzhou-yongqiao-2021", "xinfeng-2023"])
def test_real_reports_are_read_to_the_letter(corpus: Path, name: str) -> None:
    truth = (corpus / name / "report.txt").read_text(encoding="utf-8-sig")
    truth = re.sub(r"\[bookmark:\s*_GoBack\]", "", truth)  # left over from a conversion
    document = load(corpus / name / "report.pdf", NO_OCR)
    assert squeezed(document.text) == squeezed(truth)
