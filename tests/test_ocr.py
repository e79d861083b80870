"""Scans and pictures: read without a network, put in order, and doubtful where they are doubtful."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from pdf_builder import A4, Page, build
from PIL import Image

from extract import LoadOptions, load
from extract.document import Document
from extract.errors import DamagedError, TooLargeError
from extract.layout import GridCell, Line
from extract.layout_grid import grid_of
from extract.ocr import OcrLine, _prepared, engine
from extract.ocr_image import folded
from extract.ocr_mend import mend
from extract.ocr_page import em_of, read_picture, skew
from extract.ocr_table import fill
from extract.ocr_variants import is_simplified, simplify
from extract.pdf import load as load_pdf
from extract.picture import MAX_PIXELS
from extract.picture import load as load_picture
from extract.ruled import Ruling

SCALE = 200 / 72
Pixels = NDArray[np.uint8]


def rendered(page: Page, dpi: int = 200) -> Image.Image:
    """Return the picture of a page; skip where the machine has no font to draw Chinese with."""
    picture = pypdfium2.PdfDocument(build(page))[0].render(scale=dpi / 72).to_pil().convert("RGB")
    if np.asarray(picture.convert("L")).min() > 200:
        pytest.skip("no Chinese font on this machine to draw the page with")
    return picture


def report() -> Page:
    """Return a page of prose with a table, a page number, and a paragraph that ends inside a quantity."""
    page = Page().text(200, 80, "项目支出绩效自评报告", 20)
    page.text(112, 130, "根据《关于开展绩效自评的通知》（财绩〔2021〕12号）要求，", 14)
    page.text(84, 158, "我局对2021年城乡医疗救助资金项目进行了自评，全年支出8487.88", 14)
    page.text(84, 186, "万元，执行率98.6%，其中中央资金5043万元。", 14)
    rows = [
        ["指标名称", "分值", "得分"],
        ["资助参保人数", "10", "9.5"],
        ["救助及时率", "15", "15"],
        ["合计", "100", "97.5"],
    ]
    page.table([84, 260, 380, 500], [230, 252, 274, 296, 318], rows, 11)
    return page.text(270, 790, "第1页 共1页", 12)


SAID = (
    "根据《关于开展绩效自评的通知》（财绩〔2021〕12号）要求，我局对2021年城乡医疗救助资金项目进行了自评，"
    "全年支出8487.88万元，执行率98.6%，其中中央资金5043万元。"
)


def as_file(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def from_picture(data: bytes, options: LoadOptions | None = None) -> Document:
    return load_picture(Path("page.png"), data, options or LoadOptions())


def narrowed(text: str) -> str:
    """Return ``text`` without white space and with half-width signs: OCR mixes the two."""
    return "".join(text.split()).translate(str.maketrans("，：；（）％", ",:;()%"))


def check_report(document: Document) -> None:
    assert narrowed(SAID) in [narrowed(block.text) for block in document.blocks]
    (table,) = [block for block in document.blocks if block.kind == "table"]
    assert [(cell.row, cell.col, cell.text) for cell in table.cells if cell.row] == [
        (1, 0, "资助参保人数"),
        (1, 1, "10"),
        (1, 2, "9.5"),
        (2, 0, "救助及时率"),
        (2, 1, "15"),
        (2, 2, "15"),
        (3, 0, "合计"),
        (3, 1, "100"),
        (3, 2, "97.5"),
    ]


# ---- the engine ------------------------------------------------------------------------------------------------


def test_nothing_is_downloaded(tmp_path: Path) -> None:
    program = """
import socket
def refuse(*args, **kwargs):
    raise AssertionError("the network was asked for")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
import numpy as np
from extract.ocr import engine
picture = np.full((120, 400, 3), 255, np.uint8)
picture[40:80, 60:66] = picture[40:46, 60:120] = picture[74:80, 60:120] = 0
print("read", len(engine(1).read(picture)))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
        env={"HOME": str(tmp_path), "PATH": "", "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("read")


def test_the_engine_is_made_once() -> None:
    assert engine(2) is engine(2)
    assert engine(2).read_lines([]) == ()


def test_long_lines_are_squeezed_and_padded_to_a_bucket() -> None:
    long = np.full((40, 780, 3), 255, np.uint8)
    prepared = _prepared(long)
    assert prepared.shape[0] == 40
    assert (48 * prepared.shape[1] / 40) % 32 == pytest.approx(0, abs=2)
    assert prepared[0, 540].tolist() == [255] * 3
    assert prepared[0, -1].tolist() == [127] * 3


def sheet(*marks: tuple[int, int, int, int], shade: int = 20, grain: int = 0) -> Pixels:
    """Return a page of 900 × 1280 pixels with bars (left, top, right, bottom) of stripes on it."""
    noise = np.random.default_rng(7).integers(-grain, grain + 1, (1280, 900, 1))
    page = np.clip(np.full((1280, 900, 3), 235) + noise, 0, 255).astype(np.uint8)
    for left, top, right, bottom in marks:
        page[top:bottom, left:right:4] = page[top:bottom, left + 1 : right : 4] = shade
    return page


@pytest.mark.parametrize(
    ("shade", "grain"), [(20, 0), (20, 12), (205, 0)], ids=["black", "on grained paper", "faint on smooth paper"]
)
def test_paper_without_writing_is_folded_away_and_points_come_back(shade: int, grain: int) -> None:
    page = sheet((200, 100, 500, 130), (220, 900, 330, 930), (400, 1240, 440, 1256), shade=shade, grain=grain)
    fold = folded(page)
    assert fold.image.size < 0.3 * page.size
    assert not any(size % 64 for size in fold.image.shape[:2])
    dark = (fold.image[: len(fold.rows), :, 0] < (shade + 215) / 2).any(axis=1)
    assert int(dark.sum()) >= 30 + 30 + 16  # no row of the marks is lost
    corners = np.array([[[0, 24], [300, 24], [300, 54], [0, 54]], [[20, 104], [130, 104], [130, 134], [20, 134]]])
    corners[..., 0] += 200 - fold.left
    corners[..., 1] += 100 - 24 - int(fold.rows[0])
    back = fold.unfolded(corners.astype(np.float32))
    assert back[0].tolist() == [[200, 100], [500, 100], [500, 130], [200, 130]]
    assert back[1][:, 1].tolist() == pytest.approx([900, 900, 930, 930], abs=8)


def test_a_page_that_is_restless_all_over_or_blank_stays_whole() -> None:
    restless = sheet((0, 0, 900, 1280))
    assert folded(restless).image.shape == restless.shape
    blank = sheet()
    assert folded(blank).image is blank


# ---- what is mended --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("民生办〔2021)7号", "民生办〔2021〕7号"),
        ("韶财社[2021〕74号", "韶财社〔2021〕74号"),
        ("民生办2021〕7号", "民生办〔2021〕7号"),
        ("韶财社[2021]74号", "韶财社[2021]74号"),
        ("到2021年7号文件", "到2021年7号文件"),
        ("支出1.203.50元", "支出1,203.50元"),
        ("1.203.500.25", "1,203,500.25"),
        ("版本1.2.3", "版本1.2.3"),
        ("2021.12.31", "2021.12.31"),
        ("1.203", "1.203"),
        ("(一）基本情况", "（一）基本情况"),
        ("（二)收入", "（二）收入"),
        ("(三)支出", "(三)支出"),
        ("占98%", "占98%"),
    ],
)
def test_what_is_mended_and_what_is_let_be(text: str, expected: str) -> None:
    assert mend(text) == expected
    assert [c for c in mend(text) if c.isdigit()] == [c for c in text if c.isdigit()]


def test_traditional_forms_on_a_simplified_page_become_simplified() -> None:
    page = ["按時完成情況進一步规范", "项目资金使用情况", "绩效评价报告"]
    assert is_simplified(page)
    assert simplify(page[0]) == "按时完成情况进一步规范"
    assert not is_simplified(["財政補助資金項目績效評價報告"])
    assert is_simplified([])


# ---- scans -----------------------------------------------------------------------------------------------------


def test_a_scan_is_read_like_the_page_it_was_made_from() -> None:
    page = Page().picture(rendered(report()), (0, 0, *A4))
    document = load_pdf(Path("scan.pdf"), build(page, Page()), LoadOptions())
    check_report(document)
    assert document.ocr_pages == 1
    assert [narrowed(margin.text) for margin in document.margins] == ["第1页共1页"]
    block = document.blocks[1]
    assert block.place.method == "ocr"
    assert 0.8 < (block.place.ocr_score or 0) <= 1
    assert block.place.bbox == pytest.approx((84, 130, 504, 200), abs=8)


def test_a_rubbish_text_layer_is_passed_over_for_the_picture() -> None:
    page = Page()
    for row in range(8):
        page.text(84, 400 + 30 * row, "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11", 14, mode=3)
    page.picture(rendered(report()), (0, 0, *A4))
    check_report(load_pdf(Path("scan.pdf"), build(page, to_unicode=False), LoadOptions()))


def test_a_scan_cut_into_strips_is_a_scan() -> None:
    picture = rendered(report())
    width, height = picture.size
    page = Page()
    for strip in range(4):
        part = picture.crop((0, strip * height // 4, width, (strip + 1) * height // 4))
        page.picture(part, (0, strip * A4[1] / 4, A4[0], (strip + 1) * A4[1] / 4))
    check_report(load_pdf(Path("scan.pdf"), build(page), LoadOptions()))


def test_a_picture_in_a_text_is_read_where_it_holds_writing() -> None:
    form = rendered(report()).crop((200, 580, 1500, 940))
    page = Page().lines(84, 80, ["以下为自评得分情况截图，详见下表。"] * 3, 14, 28)
    page.picture(form, (72, 209, 540, 339)).picture(Image.effect_noise((300, 300), 80), (72, 400, 540, 800))
    document = load_pdf(Path("mixed.pdf"), build(page), LoadOptions())
    (table,) = [block for block in document.blocks if block.kind == "table"]
    assert table.cells[-1].text == "97.5"
    assert table.place.method == "ocr"
    assert table.place.bbox == pytest.approx((84, 230, 500, 318), abs=8)
    assert document.blocks[0].place.method == "text"
    assert [notice.code for notice in document.warnings] == ["picture_unread"]
    assert document.ocr_pages == 1


@pytest.mark.parametrize("degrees", [1.3, -0.8])
def test_a_sheet_askew(degrees: float) -> None:
    askew = rendered(report()).rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor="white")
    check_report(from_picture(as_file(askew, dpi=(200, 200))))


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_sheet_on_its_side_or_head(quarters: int) -> None:
    turned = Image.fromarray(np.rot90(np.asarray(rendered(report())), quarters))
    document = from_picture(as_file(turned, dpi=(200, 200)))
    check_report(document)
    box = document.blocks[-1].place.bbox
    assert box is not None
    x0, top, x1, bottom = box  # the table: 84…500 across, 230…318 down, turned with the sheet
    width, height = A4
    expected = {
        1: (230, width - 500, 318, width - 84),
        2: (width - 500, height - 318, width - 84, height - 230),
        3: (height - 318, 84, height - 230, 500),
    }[quarters]
    assert (x0, top, x1, bottom) == pytest.approx(expected, abs=6)


def test_a_blank_page_is_not_read() -> None:
    class Never:
        def read(self, image: Pixels) -> tuple[OcrLine, ...]:
            raise AssertionError(image.shape)

        def read_lines(self, images: Sequence[Pixels]) -> tuple[tuple[str, float], ...]:
            raise AssertionError(len(images))

    (content,) = read_picture(np.full((2339, 1654, 3), 250, np.uint8), SCALE, 1, Never())
    assert content.lines == ()
    assert content.method == "ocr"


class Patient:
    """An engine that is done with the first page when it has begun the second; a page is told by its darkest shade."""

    lanes = 2

    def __init__(self) -> None:
        self.second = threading.Event()

    def read(self, image: Pixels) -> tuple[OcrLine, ...]:
        number = round(int(image.min()) / 20)
        if number == 2:
            self.second.set()
        side_by_side = number > 1 or self.second.wait(20)
        text = f"第{number}段自评内容。" if side_by_side else "一页接一页"
        return (OcrLine(text, ((200, 300), (700, 300), (700, 340), (200, 340)), 0.99),)

    def read_lines(self, images: Sequence[Pixels]) -> tuple[tuple[str, float], ...]:
        return tuple(("", 0.0) for _ in images)


def test_pages_are_read_side_by_side_and_come_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = []
    for number in range(1, 6):
        scan = Image.new("RGB", (827, 1169), "white")
        scan.paste((20 * number,) * 3, (100, 150, 350, 170))
        pages.append(Page().picture(scan, (0, 0, *A4)))
    text = Page().text(112, 100, "这一页有文字层。", 14)
    patient = Patient()
    monkeypatch.setattr("extract.ocr_page.engine", lambda *_: patient)
    document = load_pdf(Path("x.pdf"), build(*pages[:2], text, *pages[2:]), LoadOptions())
    assert re.findall("第.段|文字层", document.text) == ["第1段", "第2段", "文字层", "第3段", "第4段", "第5段"]
    assert document.ocr_pages == 5


# ---- lines to cells --------------------------------------------------------------------------------------------


class Says:
    """An engine that reads every line as the next of what it was told."""

    def __init__(self, *answers: tuple[str, float]) -> None:
        self.answers = list(answers)
        self.asked = 0

    def read(self, image: Pixels) -> tuple[OcrLine, ...]:
        raise AssertionError(image.shape)

    def read_lines(self, images: Sequence[Pixels]) -> tuple[tuple[str, float], ...]:
        self.asked += len(images)
        return tuple(self.answers.pop(0) for _ in images)


def ruling() -> Ruling:
    grid = grid_of([(100, 100, 200, 120), (200, 100, 300, 120), (100, 120, 200, 140), (200, 120, 300, 140)], 3.0)
    assert grid is not None
    return Ruling((grid,))


def inked(*boxes: tuple[float, float, float, float]) -> Pixels:
    """Return a page's picture with dark boxes (points)."""
    image = np.full((600, 900, 3), 250, np.uint8)
    for box in boxes:
        x0, top, x1, bottom = (round(edge * SCALE) for edge in box)
        image[top:bottom, x0:x1] = 30
    return image


def texts_of(cells: Sequence[GridCell]) -> list[str]:
    return [" ".join(line.text for line in cell.lines) for cell in cells]


def test_a_line_across_two_cells_is_read_again_cell_by_cell() -> None:
    torn = Line("指标分值", 120, 104, 280, 116, 12.0, 0.9)
    image = inked((125, 105, 150, 115), (230, 105, 270, 115))
    ocr = Says(("指标", 0.99), ("分值", 0.98))
    outside, (grid,), notices = fill(ruling(), [torn], image, SCALE, 1, ocr)
    assert texts_of(grid.cells) == ["指标", "分值", "", ""]
    assert (outside, notices, ocr.asked) == ([], [], 2)


def test_a_line_that_only_touches_the_next_cell_is_not_torn() -> None:
    inside = Line("指标", 120, 104, 203, 116, 12.0, 0.9)
    _, (grid,), _ = fill(ruling(), [inside], inked(), SCALE, 1, Says())
    assert texts_of(grid.cells) == ["指标", "", "", ""]


@pytest.mark.parametrize(
    ("answer", "mark", "expected", "codes"),
    [
        pytest.param(("7", 0.99), (246, 126, 252, 135), "7", [], id="a lone digit"),
        pytest.param(("7", 0.6), (246, 126, 252, 135), "", ["marks_unread"], id="not sure"),
        pytest.param(("二", 0.93), (240, 129, 252, 131), "", ["marks_unread"], id="a dash read as two"),
        pytest.param(("1", 0.97), (248, 122.5, 249, 137), "", ["marks_unread"], id="a bit of a rule"),
    ],
)
def test_ink_that_was_not_found_as_text(
    answer: tuple[str, float], mark: tuple[float, float, float, float], expected: str, codes: list[str]
) -> None:
    label = Line("指标", 120, 104, 150, 116, 12.0, 0.9)
    _, (grid,), notices = fill(ruling(), [label], inked(mark), SCALE, 1, Says(answer))
    assert texts_of(grid.cells)[3] == expected
    assert [notice.code for notice in notices] == codes


def test_a_table_given_up_is_said_to_be() -> None:
    piece = Line("指标", 120, 104, 150, 116, 12.0, 0.9)
    outside, grids, notices = fill(Ruling((), ((100, 100, 300, 140),)), [piece], inked(), SCALE, 1, Says())
    assert (outside, grids) == ([piece], [])
    assert [notice.code for notice in notices] == ["table_uncertain"]


def test_the_skew_is_that_of_most_long_lines() -> None:
    def falling(y: float, degrees: float, width: float = 1000) -> OcrLine:
        drop = width * np.tan(np.radians(degrees))
        return OcrLine("文字", ((100, y), (100 + width, y + drop), (100 + width, y + drop + 40), (100, y + 40)), 0.9)

    assert skew([falling(100, 0.7), falling(200, 0.7), falling(300, 0.8), falling(400, 30, 100)]) == pytest.approx(
        0.7, abs=0.05
    )
    assert skew([]) == 0.0


@pytest.mark.parametrize(
    ("text", "width", "height", "expected"),
    [
        ("全市基本医疗保险参保人数", 12 * 16, 19, 16),
        ("98.6%", 40, 20, 16),
        ("项目", 60, 20, 16),
        ("绩效指标", 18, 70, 14.4),
    ],
)
def test_the_em_of_a_box(text: str, width: float, height: float, expected: float) -> None:
    assert em_of(text, width, height) == pytest.approx(expected, abs=1)


# ---- pictures --------------------------------------------------------------------------------------------------


def test_a_tiff_of_two_pages_and_a_camera_s_turn() -> None:
    first = rendered(report())
    second = rendered(Page().text(112, 100, "二、存在的问题和改进措施", 14))
    data = as_file(first, "TIFF", save_all=True, append_images=[second], compression="tiff_deflate", dpi=(200, 200))
    document = from_picture(data)
    check_report(document)
    assert (document.pages, document.ocr_pages, document.media_type) == (2, 2, "image/tiff")
    assert document.blocks[-1].place.page == 2
    turned = second.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[274] = 6  # the camera was held upright: turn clockwise to see it
    document = from_picture(as_file(turned, "JPEG", exif=exif, quality=90))
    assert [block.text for block in document.blocks] == ["二、存在的问题和改进措施"]


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "I;16"])
def test_every_kind_of_pixels(mode: str) -> None:
    word = rendered(Page((300, 120)).text(30, 40, "执行率98.6%", 20), 150)
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(word.convert("L")).astype(np.uint16) * 200)
    elif mode == "RGBA":
        picture = word.convert("RGBA")
        picture.putalpha(Image.eval(word.convert("L"), lambda value: 255 - value))
    else:
        picture = word.convert(mode)
    assert narrowed(from_picture(as_file(picture)).text) == "执行率98.6%"


def test_too_many_pixels() -> None:
    with pytest.raises(TooLargeError):
        from_picture(as_file(Image.new("1", (MAX_PIXELS // 5000 + 1, 5000))))


@pytest.mark.parametrize("cut", [10, 60, 400])
def test_damaged_pictures(cut: int) -> None:
    data = as_file(Image.effect_noise((200, 200), 60).convert("RGB"), "PNG")
    with pytest.raises(DamagedError):
        from_picture(data[:cut])


def test_pictures_are_left_out_where_ocr_is_off() -> None:
    document = from_picture(as_file(Image.new("RGB", (200, 300), "white")), LoadOptions(ocr="off"))
    assert document.text == ""
    assert [notice.code for notice in document.warnings] == ["ocr_off"]


# ---- the project's own reports, and real ones ------------------------------------------------------------------


def words_of(text: str) -> list[str]:
    return [narrowed(part) for line in text.split("\n") for part in line.split("\t") if narrowed(part)]


@pytest.mark.parametrize("name", ["old-communities-2023-scan.pdf", "public-health-2022-photo.jpg"])
def test_the_samples_are_read_to_the_letter(samples: Path, name: str) -> None:
    document = load(samples / name)
    truth = (samples / "truth" / f"{Path(name).stem}.txt").read_text(encoding="utf-8")
    assert words_of(document.text) == words_of(truth)


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize("name", ["kunming-dongchuan-2019", "linxiang-2021"])
def test_real_scans_have_every_figure(corpus: Path, name: str) -> None:
    import difflib

    figures = re.compile(r"\d[\d,]*(?:\.\d+)?")
    truth = figures.findall((corpus / name / "report.txt").read_text(encoding="utf-8-sig"))
    read = figures.findall(load(corpus / name / "scan.pdf").text)
    match = difflib.SequenceMatcher(None, truth, read, autojunk=False)
    assert sum(block.size for block in match.get_matching_blocks()) >= 0.998 * len(truth)
