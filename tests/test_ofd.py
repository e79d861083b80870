"""OFD: text in reading order, ruled tables, pages that are pictures, and packages that are damaged or lie."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import Document, load, sniff
from extract.errors import DamagedError, EncryptedError, ExtractError, TooLargeError
from extract.options import LoadOptions

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.0  # of the text, in millimetres


def text(x: float, y: float, words: str) -> str:
    """A text object whose first baseline begins at (x, y)."""
    deltas = f' DeltaX="g {len(words) - 1} {SIZE}"' if len(words) > 1 else ""
    code = f'<ofd:TextCode X="0" Y="{SIZE}"{deltas}>{words}</ofd:TextCode>'
    return f'<ofd:TextObject ID="1" Boundary="{x} {y - SIZE} 150 8" Font="2" Size="{SIZE}">{code}</ofd:TextObject>'


def path(data: str, boundary: str = "0 0 210 297", more: str = "") -> str:
    return (
        f'<ofd:PathObject ID="9" Boundary="{boundary}" LineWidth="0.2"{more}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ruled(xs: list[float], ys: list[float]) -> str:
    """The lines of a table with these edges."""
    level = [path(f"M {xs[0]} {y} L {xs[-1]} {y}") for y in ys]
    return "".join(level + [path(f"M {x} {ys[0]} L {x} {ys[-1]}") for x in xs])


def ofd(*pages: str, parts: dict[str, bytes | str] | None = None, template: str = "") -> bytes:
    """A document's bytes; ``parts`` are further parts, or others in place of its own."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(len(pages)))
    common = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    if template:
        common += '<ofd:TemplatePage ID="70" BaseLoc="Tpl.xml"/>'
    used = '<ofd:Template TemplateID="70"/>' if template else ""
    members: dict[str, bytes | str] = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        "</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData>{common}<ofd:DocumentRes>DocumentRes.xml"
        f"</ofd:DocumentRes></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/DocumentRes.xml": f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image">'
        "<ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>",
    }
    for number, content in enumerate(pages):
        layer = f"<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content>"
        members[f"Doc_0/Pages/{number}.xml"] = f"<ofd:Page {SPACE}>{used}{layer}</ofd:Page>"
    if template:
        layer = f"<ofd:Content><ofd:Layer>{template}</ofd:Layer></ofd:Content>"
        members["Doc_0/Tpl.xml"] = f"<ofd:Page {SPACE}>{layer}</ofd:Page>"
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (members | (parts or {})).items():
            archive.writestr(name, data)
    return made.getvalue()


def read(tmp_path: Path, data: bytes, options: LoadOptions | None = None) -> Document:
    where = tmp_path / "x.ofd"
    where.write_bytes(data)
    document = load(where, options or LoadOptions())
    for block in document.blocks:
        assert document.text[block.span.start : block.span.end] == block.text
    return document


def test_text_comes_in_reading_order_with_its_page_and_place(tmp_path: Path) -> None:
    first = text(30, 60, "支出合计三十点五万元。") + text(80, 30, "绩效自评报告")
    document = read(tmp_path, ofd(first, text(30, 30, "二、结论")))
    assert document.text == "绩效自评报告\n支出合计三十点五万元。\n二、结论"
    assert document.media_type == sniff.OFD
    assert document.pages == 2
    assert [block.place.page for block in document.blocks] == [1, 1, 2]
    box = document.blocks[0].place.bbox
    assert box is not None
    assert box[0] == pytest.approx(80 * 72 / 25.4, abs=1)
    assert box[2] == pytest.approx((80 + 6 * SIZE) * 72 / 25.4, abs=1)


CELLS = text(22, 107, "项目") + text(82, 107, "金额") + text(22, 117, "甲") + text(82, 117, "30.5")


@pytest.mark.parametrize("how", ["page", "template", "moved", "bars"])
def test_drawn_lines_make_a_table(tmp_path: Path, how: str) -> None:
    xs, ys = [20.0, 80.0, 140.0], [100.0, 110.0, 120.0]
    lines = ruled(xs, ys)
    if how == "moved":
        lines = "".join(
            [path("M 0 0 L 60 0", f"20 {y} 120 1", ' CTM="2 0 0 1 0 0"') for y in ys]
            + [path("M 0 0 L 0 20", f"{x} 100 1 20") for x in xs]
        )
    if how == "bars":
        lines = "".join(
            [path(f"M 20 {y} L 140 {y} L 140 {y + 0.3} L 20 {y + 0.3} C") for y in ys]
            + [path(f"M {x} 100 L {x + 0.3} 100 L {x + 0.3} 120 L {x} 120 C") for x in xs]
        )
    data = ofd(CELLS, template=lines) if how == "template" else ofd(lines + CELLS)
    document = read(tmp_path, data)
    (table,) = document.blocks
    assert (table.kind, table.text) == ("table", "项目\t金额\n甲\t30.5")


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    document = read(tmp_path, ofd(ruled([20, 190], [20, 280]) + text(30, 60, "支出三十万元。")))
    assert [block.kind for block in document.blocks] == ["paragraph"]


@pytest.mark.slow
def test_a_page_that_is_a_picture_goes_to_ocr(tmp_path: Path, samples: Path) -> None:
    picture = (samples / "public-health-2022-photo.jpg").read_bytes()
    page = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="5"/>'
    data = ofd(page, parts={"Doc_0/Res/scan.png": picture})
    document = read(tmp_path, data)
    assert document.ocr_pages == 1
    assert len(document.text) > 200
    without = read(tmp_path, data, LoadOptions(ocr="off"))
    assert [notice.code for notice in without.warnings] == ["ocr_off"]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ('<ofd:ImageObject ID="3" Boundary="0 0 20 20" ResourceID="5"/>', "picture_unread"),
        ('<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="404"/>', "picture_unread"),
        (path("M 0 0 B 1 1 2 2 3 3 L 9 9"), "drawing"),
    ],
)
def test_what_shows_no_text_is_told(tmp_path: Path, page: str, code: str) -> None:
    document = read(tmp_path, ofd(page, text(30, 30, "二页")))
    assert document.text == "二页"
    assert [notice.code for notice in document.warnings] == [code]


def test_a_picture_that_is_none_is_told(tmp_path: Path) -> None:
    page = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="5"/>'
    document = read(tmp_path, ofd(page, parts={"Doc_0/Res/scan.png": b"no picture"}))
    assert [notice.code for notice in document.warnings] == ["picture_unread"]


def test_a_damaged_page_loses_no_other(tmp_path: Path) -> None:
    document = read(tmp_path, ofd("<broken", text(30, 30, "二页")))
    assert document.text == "二页"
    assert [(notice.code, notice.page) for notice in document.warnings] == [("page_damaged", 1)]
    with pytest.raises(DamagedError):
        read(tmp_path, ofd("<broken"))


def test_long_documents_are_read_up_to_the_limit(tmp_path: Path) -> None:
    document = read(tmp_path, ofd(*[text(30, 30, f"第{n}页") for n in range(4)]), LoadOptions(max_pages=2))
    assert document.pages == 4
    assert "page_limit" in [notice.code for notice in document.warnings]


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({"Encryptions.xml": "<x/>"}, EncryptedError),
        ({"Doc_0/Document.xml": "<broken"}, DamagedError),
        ({"OFD.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}, TooLargeError),
        ({"Doc_0/Document.xml": " " * (70 << 20)}, TooLargeError),
    ],
)
def test_what_cannot_be_read_says_so(tmp_path: Path, parts: dict[str, bytes | str], error: type[ExtractError]) -> None:
    with pytest.raises(error):
        read(tmp_path, ofd(text(30, 30, "甲"), parts=parts))


@pytest.mark.parametrize(
    "page",
    [
        path("M 0 0 L 9 " * 5000),
        "".join(path(f"M 0 {n % 290} L 200 {n % 290}") for n in range(5000)),
        "<ofd:PageBlock>" * 3000 + "</ofd:PageBlock>" * 3000,
        path("M nan inf L 1e999 3 Z Q 1 B"),
        '<ofd:PathObject Boundary="x"><ofd:AbbreviatedData/></ofd:PathObject>',
        text(30, 50, "乙").replace('Size="5.0"', 'Size="-1e9"'),
    ],
)
def test_drawings_made_to_do_harm_cost_the_page_at_most(tmp_path: Path, page: str) -> None:
    assert "甲" in read(tmp_path, ofd(page, text(30, 30, "甲"))).text


@pytest.mark.parametrize("noise", [b"\x00\x04", b"\xff\xff", b"\x7f", b"\x00\x00\x00\x00"])
def test_a_damaged_directory_is_an_error_of_ours(tmp_path: Path, noise: bytes) -> None:
    """The last bytes of the package say where its directory stands; read wrong, they point before its beginning."""
    data = ofd(text(30, 30, "甲"))
    told = 0
    for at in range(len(data) - 60, len(data)):
        try:
            read(tmp_path, data[:at] + noise + data[at + len(noise) :])
        except ExtractError:
            told += 1
    assert told > 1


@given(st.integers(0, 1500), st.binary(min_size=1, max_size=40))
def test_damage_is_an_error_of_ours(tmp_path_factory: pytest.TempPathFactory, at: int, noise: bytes) -> None:
    data = ofd(ruled([20, 80, 140], [100, 110, 120]) + CELLS)
    try:
        read(tmp_path_factory.getbasetemp(), data[:at] + noise + data[at + len(noise) :])
    except ExtractError:
        return
