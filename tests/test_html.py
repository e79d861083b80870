"""Web pages: what they show in the order it is read, whatever they say of their encoding and however they nest."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import Document, load, sniff
from extract.errors import DamagedError, EmptyError, ExtractError, TooLargeError
from extract.html import decode_page

PAGE = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>首页</title></head>'
    "<body><p>埇桥区朱镕基</p><table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table></body></html>"
)
SHOWN = "埇桥区朱镕基\n甲\t1\n乙\t2"
ARCHIVE = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--b\r\n"
    b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    + PAGE.encode("gb18030")
    + b"\r\n--b--\r\n"
)


def read(tmp_path: Path, page: str | bytes) -> Document:
    path = tmp_path / "page.html"
    if isinstance(page, str):
        page = f"<html><body>{page}</body></html>".encode()
    path.write_bytes(page)
    document = load(path)
    for block in document.blocks:
        assert document.text[block.span.start : block.span.end] == block.text
    return document


def lines(tmp_path: Path, page: str) -> list[str]:
    return [block.text for block in read(tmp_path, page).blocks]


def cells(document: Document) -> list[list[tuple[int, int, int, int, str]]]:
    return [
        [(cell.row, cell.col, cell.rowspan, cell.colspan, cell.text) for cell in block.cells]
        for block in document.blocks
        if block.kind == "table"
    ]


# Encodings


@pytest.mark.parametrize("name", ["page.html", "report.doc", "report.xls"])
@pytest.mark.parametrize("data", [PAGE.encode("gb18030"), PAGE.encode(), PAGE.encode("utf-8-sig"), ARCHIVE])
def test_a_page_is_read_whatever_it_says_of_its_encoding(tmp_path: Path, data: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    document = load(path)
    assert document.text == SHOWN
    assert document.media_type == (sniff.MHTML if data is ARCHIVE else sniff.HTML)
    assert not document.warnings


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ('<meta charset="iso-8859-1"><p>支出'.encode("gbk"), "支出"),
        ('<meta charset="utf-8"><p>支出'.encode("gbk"), "支出"),
        ("<p>支出".encode("gbk"), "支出"),
        ('<meta charset="big5"><p>支出績效'.encode("big5"), "支出績效"),
        ('<meta charset="no-such"><p>支出'.encode("gbk"), "支出"),
        ('<meta charset="rot13"><p>支出'.encode("gbk"), "支出"),
    ],
)
def test_labels_are_weighed_against_the_bytes(data: bytes, text: str) -> None:
    assert decode_page(data)[0].endswith(text)


def test_one_bad_byte_does_not_turn_a_page_into_another_encoding() -> None:
    data = ('<meta charset="utf-8">' + "<p>资金支出三十万元</p>" * 40).encode()
    text, warnings = decode_page(data.replace("支".encode(), b"\xe6", 1))
    assert text.count("资金支出") == 39
    assert [notice.code for notice in warnings] == ["undecodable"]


def test_a_web_archive_states_the_encoding(tmp_path: Path) -> None:
    body = "<html><body><p>績效支出</p></body></html>".encode("big5")
    archive = b"Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=big5\r\n\r\n"
    path = tmp_path / "x.mht"
    path.write_bytes(archive + body + b"\r\n--b--\r\n")
    assert load(path).text == "績效支出"


# Text


def test_blocks_are_paragraphs_and_headings_have_levels(tmp_path: Path) -> None:
    document = read(tmp_path, "<h1>一、总体<br>情况</h1><div>支出<b>30.5</b>万元<p>其中：</p>甲</div><h3>（一）</h3>乙")
    assert [(block.kind, block.level, block.text) for block in document.blocks] == [
        ("heading", 1, "一、总体\n情况"),
        ("paragraph", None, "支出30.5万元"),
        ("paragraph", None, "其中："),
        ("paragraph", None, "甲"),
        ("heading", 3, "（一）"),
        ("paragraph", None, "乙"),
    ]
    assert document.blocks[1].place.path == "body/paragraph 2"


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>甲<br>乙<br/><br>　　丙</p>", ["甲", "乙", "丙"]),
        ("<p>本年度\n支出 30\n 万元，\n完成</p>", ["本年度支出 30 万元，完成"]),
        ("<p>本<b>年\n</b>度 a\nb</p>", ["本年度 a b"]),
        ("<p>30&#8203;.5&#65279;万&nbsp;元</p>", ["30.5万\xa0元"]),
        ("<pre>甲  1\n乙  2</pre>", ["甲  1", "乙  2"]),
        ("<p>≥95%&lt;&amp;100</p>", ["≥95%<&100"]),
        ("<p>甲<!-- 乙 -->丙<?php 丁 ?>戊</p>", ["甲丙戊"]),
        ("<p><![if !supportLists]><span style='mso-list:Ignore'>一、</span><![endif]>总体</p>", ["一、总体"]),
        ("甲<p>", ["甲"]),
        ("<dl><dt>甲<dd>乙</dl><blockquote>丙</blockquote><hr>丁", ["甲", "乙", "丙", "丁"]),
    ],
)
def test_lines_are_those_that_the_page_shows(tmp_path: Path, page: str, shown: list[str]) -> None:
    assert lines(tmp_path, page) == shown


@pytest.mark.parametrize(
    "page",
    [
        "<script>var a = '30万元'</script>",
        "<style>p {width: 30px}</style>",
        "<nav>首页 30</nav>",
        "<noscript>30</noscript><select><option>30</select><button>30</button><template>30</template>",
        "<svg><text>30</text></svg>",
        "<iframe src='file:///etc/passwd'>30</iframe>",
    ],
)
def test_what_is_no_text_of_the_page_is_dropped(tmp_path: Path, page: str) -> None:
    document = read(tmp_path, f"<p>甲</p>{page}<p>乙</p>")
    assert document.text == "甲\n乙"
    assert not document.warnings


def test_what_is_hidden_is_counted(tmp_path: Path) -> None:
    page = '<p>甲<span style="color:red; DISPLAY : none">30</span><i hidden>4</i></p><p style="mso-hide:all">5</p>'
    document = read(tmp_path, page + '<p style="display:none"></p><input type=hidden value=6>')
    assert document.text == "甲"
    assert [(notice.code, "3 places" in notice.message) for notice in document.warnings] == [("hidden_text", True)]


def test_the_foot_of_the_page_is_a_margin(tmp_path: Path) -> None:
    document = read(tmp_path, "<article><p>甲</p><footer>作者</footer></article><footer><p>电话123</p></footer>")
    assert document.text == "甲\n作者"
    assert [block.text for block in document.margins] == ["电话123"]


@pytest.mark.parametrize(
    ("opening", "numbers"),
    [
        ("<ol>", ["1.", "2."]),
        ('<ol start="9">', ["9.", "10."]),
        ("<ol type=A>", ["A.", "B."]),
        ('<ol start=3 type="i">', ["iii.", "iv."]),
        ('<ol style="list-style-type: cjk-ideographic">', ["一、", "二、"]),
        ('<ol start="20" style="list-style:simp-chinese-informal">', ["二十、", "二十一、"]),
        ("<ol reversed>", ["2.", "1."]),
        ("<ol style='list-style:none'>", [None, None]),
        ("<ul>", [None, None]),
    ],
)
def test_numbers_of_lists_are_part_of_the_text(tmp_path: Path, opening: str, numbers: list[str | None]) -> None:
    document = read(tmp_path, f"{opening}<li><p>甲</p><p>续</p><li>乙</{opening[1:3]}>")
    assert [block.number for block in document.blocks] == [numbers[0], None, numbers[1]]
    for block in document.blocks:
        assert block.text.startswith(block.number or "")
        assert block.text.endswith(("甲", "续", "乙"))


# Tables


def test_merged_cells_stand_once_with_their_spans(tmp_path: Path) -> None:
    page = (
        "<table><caption>表1（单位：万元）</caption><thead><tr><th rowspan=2>单位<th colspan=2>其中：</thead>"
        "<tbody><tr><td>甲<td>乙<tr><td>埇桥<td>1<br>2<td><p>3</p><p>4</p></table>"
    )
    document = read(tmp_path, page)
    assert cells(document) == [
        [
            (0, 0, 2, 1, "单位"),
            (0, 1, 1, 2, "其中："),
            (1, 1, 1, 1, "甲"),
            (1, 2, 1, 1, "乙"),
            (2, 0, 1, 1, "埇桥"),
            (2, 1, 1, 1, "1\n2"),
            (2, 2, 1, 1, "3\n4"),
        ]
    ]
    assert document.blocks[0].text == "表1（单位：万元）"
    assert document.blocks[1].cells[2].place.path == "body/table 1 row 2 cell 1"


def test_a_table_that_lays_out_the_page_is_no_table(tmp_path: Path) -> None:
    data = "<table><tr><td>a<td>b<tr><td>1<td>2</table>"
    page = f"<table width=100%><tr><td colspan=2>标题<tr><td>菜单<td>{data}正文<tr><td>页脚</table>"
    document = read(tmp_path, page)
    assert [block.kind for block in document.blocks] == ["paragraph", "paragraph", "table", "paragraph", "paragraph"]
    assert document.text == "标题\n菜单\na\tb\n1\t2\n正文\n页脚"
    assert lines(tmp_path, "<table border=1><tr><td>一段<tr><td>两段</table>") == ["一段", "两段"]
    long = "绩效" * 150
    assert lines(tmp_path, f"<table><tr><td>菜单<td>{long}</table>") == ["菜单", long]
    assert lines(tmp_path, "<table role=presentation><tr><td>1<td>2<tr><td>3<td>4</table>") == ["1", "2", "3", "4"]


def test_a_table_in_a_cell_of_a_ruled_one_is_read_as_its_rows(tmp_path: Path) -> None:
    inner = "<table><tr><td>a<td>b<tr><td>1<td>2</table>"
    document = read(tmp_path, f"<table border=1><tr><td>甲<td>{inner}<tr><td>乙<td>3</table>")
    assert cells(document) == [[(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "a\tb\n1\t2"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "3")]]


def test_hidden_rows_and_cells_take_no_place(tmp_path: Path) -> None:
    page = "<table><tr style='display:none'><td>x<td>y<tr><td>1<td hidden>2<td>3<tr><td>4<td>5</table>"
    assert cells(read(tmp_path, page)) == [[(0, 0, 1, 1, "1"), (0, 1, 1, 1, "3"), (1, 0, 1, 1, "4"), (1, 1, 1, 1, "5")]]


def test_loose_text_and_forms_in_a_table_lose_nothing(tmp_path: Path) -> None:
    document = read(tmp_path, "<table>零<tr><form><td>1<td>2</form><tr>一<td>3<td>4</table>")
    assert sorted(document.text.split()) == sorted("零一1234")


def test_spans_end_with_the_table(tmp_path: Path) -> None:
    page = (
        "<table><tr><td rowspan=0>甲<td colspan=1000>乙<tr><td>丙<td colspan=-3>丁<tr><td colspan=9e9>戊<td>己</table>"
    )
    (found,) = cells(read(tmp_path, page))
    assert found[0] == (0, 0, 3, 1, "甲")
    assert max(col + colspan for _, col, _, colspan, _ in found) == 4
    assert max(row + rowspan for row, _, rowspan, _, _ in found) == 3


TAGS = st.sampled_from(
    (
        *("<table>", "</table>", "<tr>", "</tr>", "<th>", "</td>", "<td hidden>"),
        *("<td>", "<td rowspan=2>", "<td colspan=3>"),
        *(
            "<p>",
            "</p>",
            "<div>",
            "<br>",
            "<li>",
            "<ol>",
            "</ol>",
            "<h2>",
            "</h2>",
            "<pre>",
            "<nav>",
            "</nav>",
            "<footer>",
        ),
        *("甲", "30", "<!--", "-->", "&nbsp;", "</body>"),
    )
)


@settings(max_examples=300)
@given(st.lists(TAGS, max_size=40))
def test_no_page_breaks_the_walk_and_cells_never_overlap(
    tmp_path_factory: pytest.TempPathFactory, tags: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.html"
    path.write_text("<html>" + "".join(tags), "utf-8")
    try:
        document = load(path)
    except EmptyError:
        return
    for block in document.blocks:
        assert document.text[block.span.start : block.span.end] == block.text
        taken = [
            (row, col)
            for cell in block.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for col in range(cell.col, cell.col + cell.colspan)
        ]
        assert len(taken) == len(set(taken))


# What is made to do harm


@pytest.mark.parametrize(
    ("page", "error"),
    [
        ("", EmptyError),
        ("<script>document.write('支出')</script><img src=a.png>", EmptyError),
        ("<div>" * 5000 + "甲", TooLargeError),
    ],
)
def test_what_cannot_be_read_says_so(tmp_path: Path, page: str, error: type[ExtractError]) -> None:
    with pytest.raises(error):
        read(tmp_path, page)


def test_nesting_as_deep_as_it_is_read_needs_no_stack(tmp_path: Path) -> None:
    assert lines(tmp_path, "<div>" * 2000 + "甲" + "</div>" * 2000) == ["甲"]


@pytest.mark.parametrize(
    "page",
    [
        "<tr>" + "<td colspan=1000 rowspan=65534>1" * 2000,
        ("<tr>" + "<td rowspan=65534>1") * 1000,
        "<tr><td>1<td>" + "<table><tr><td>2<td>" * 300,
    ],
)
def test_wide_and_deep_tables_take_no_long(tmp_path: Path, page: str) -> None:
    begun = time.process_time()
    assert read(tmp_path, f"<table>{page}").text
    assert time.process_time() - begun < 10


def test_no_entity_reaches_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("机密")
    head = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    document = read(tmp_path, f"{head}<html><body><p>甲&x;</p></body></html>".encode())
    assert "机密" not in document.text


@pytest.mark.parametrize(
    "archive",
    [
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n\r\n--b--\r\n",
        b"".join(b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2000)),
    ],
)
def test_a_web_archive_without_a_page_is_damaged(tmp_path: Path, archive: bytes) -> None:
    path = tmp_path / "x.mht"
    path.write_bytes(archive)
    with pytest.raises(DamagedError):
        load(path)
