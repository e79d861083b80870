"""Automatic numbers come out as Word prints them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Document
from extract.docx_numerals import FORMATS, numeral
from tests.docx_builder import abstract, lvl, num, override, p, read, style

PRINTED = {
    "decimal": {1: "1", 10: "10", 120: "120"},
    "decimalZero": {1: "01", 12: "12"},
    "decimalFullWidth": {1: "１", 12: "１２"},
    "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 50: "㊿", 51: "51"},
    "decimalEnclosedCircleChinese": {1: "①", 9: "⑨"},
    "decimalEnclosedParen": {1: "⑴", 20: "⒇", 21: "21"},
    "decimalEnclosedFullstop": {1: "⒈", 20: "⒛"},
    "chineseCounting": {1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一○○", 105: "一○五"},
    "chineseCountingThousand": {
        10: "十",
        19: "十九",
        20: "二十",
        100: "一百",
        101: "一百零一",
        110: "一百一十",
        111: "一百一十一",
        1000: "一千",
        1001: "一千零一",
        1010: "一千零一十",
        10000: "一万",
        10100: "一万零一百",
    },
    "taiwaneseCounting": {12: "十二", 101: "一○一"},
    "taiwaneseCountingThousand": {12: "十二", 101: "一百零一"},
    "taiwaneseDigital": {10: "一○"},
    "ideographDigital": {1: "一", 10: "一〇", 205: "二〇五"},
    "japaneseCounting": {10: "十", 21: "二十一", 100: "百", 101: "百一", 345: "三百四十五", 1000: "千"},
    "chineseLegalSimplified": {1: "壹", 10: "壹拾", 21: "贰拾壹", 105: "壹佰零伍"},
    "ideographLegalTraditional": {3: "參", 6: "陸", 12: "壹拾貳"},
    "ideographTraditional": {1: "甲", 10: "癸", 11: "11"},
    "ideographZodiac": {1: "子", 12: "亥"},
    "ideographZodiacTraditional": {1: "甲子", 13: "丙子", 60: "癸亥"},
    "ideographEnclosedCircle": {1: "㊀", 10: "㊉"},
    "upperRoman": {4: "IV", 19: "XIX", 2021: "MMXXI"},
    "lowerRoman": {9: "ix"},
    "upperLetter": {1: "A", 26: "Z", 27: "AA", 53: "AAA"},
    "lowerLetter": {2: "b"},
    "ordinal": {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 22: "22nd"},
    "numberInDash": {3: "- 3 -"},
    "none": {5: ""},
    "of a Word to come": {7: "7"},
}


@pytest.mark.parametrize("number_format", PRINTED)
def test_a_format_prints(number_format: str) -> None:
    assert {number: numeral(number, number_format) for number in PRINTED[number_format]} == PRINTED[number_format]


def test_a_custom_format_pads() -> None:
    assert numeral(7, "custom", "001, 002, 003, ...") == "007"
    assert numeral(7, "custom", "甲") == "7"


@given(st.integers(-5, 100_000_000), st.sampled_from(sorted(FORMATS)))
def test_every_number_prints(number: int, number_format: str) -> None:
    printed = numeral(number, number_format)
    assert printed or number_format == "none"
    assert "\ufffd" not in printed


@given(st.integers(1, 9999))
def test_counting_reads_back(number: int) -> None:
    value = section = 0
    for sign in numeral(number, "chineseCountingThousand"):
        if sign in "十百千":
            value += max(section, 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            section = 0
        elif sign != "零":
            section = "一二三四五六七八九".index(sign) + 1
    assert value + section == number


def numbers(document: Document) -> list[str | None]:
    return [block.number for block in document.blocks]


OUTLINE = abstract(
    0,
    lvl(0, "chineseCountingThousand", "%1、"),
    lvl(1, "chineseCountingThousand", "（%2）"),
    lvl(2, "decimal", "%3."),
    lvl(3, "decimal", "%1.%2.%3.%4", "<w:isLgl/>"),
) + num(1, 0)


def test_levels_count_and_begin_anew() -> None:
    levels = [0, 1, 1, 2, 2, 3, 1, 2, 0, 1]
    document = read(*(p("项", num="1", level=level) for level in levels), numbering=OUTLINE)
    assert numbers(document) == ["一、", "（一）", "（二）", "1.", "2.", "1.2.2.1", "（三）", "1.", "二、", "（一）"]


def test_the_number_stands_at_the_head_of_the_text() -> None:
    numbering = abstract(
        0,
        lvl(0, "chineseCounting", "%1、"),
        lvl(1, "decimal", "%2."),
        lvl(2, "chineseCounting", "第%3章", '<w:suff w:val="space"/>'),
        lvl(3, "chineseCounting", "第%4条", '<w:suff w:val="nothing"/>'),
        lvl(4, "decimal", "(%5)"),
        lvl(5, "decimal", "%6）"),
    ) + num(1, 0)
    document = read(*(p("正文", num="1", level=level) for level in range(6)), numbering=numbering)
    assert document.text.split("\n") == ["一、正文", "1. 正文", "第一章 正文", "第一条正文", "(1) 正文", "1）正文"]


def test_a_skipped_level_counts_as_begun() -> None:
    document = read(*(p("项", num="1", level=level) for level in (0, 2, 1, 1)), numbering=OUTLINE)
    assert numbers(document) == ["一、", "1.", "（二）", "（三）"]


def test_a_start_that_is_not_said_is_zero() -> None:
    numbering = abstract(0, lvl(0, "decimal", "%1.", start=None)) + num(1, 0)
    assert numbers(read(p("甲", num="1"), p("乙", num="1"), numbering=numbering)) == ["0.", "1."]


def test_lists_of_one_definition_count_on_and_an_override_begins_anew() -> None:
    numbering = abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0) + num(2, 0) + num(3, 0, override(0, start=5))
    paragraphs = [p("项", num=which) for which in ("1", "1", "2", "3", "3", "1")]
    assert numbers(read(*paragraphs, numbering=numbering)) == ["1.", "2.", "3.", "5.", "6.", "7."]


def test_an_override_of_a_higher_level_waits_for_nothing() -> None:
    numbering = (
        abstract(0, lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2."))
        + num(1, 0)
        + num(2, 0, override(0, start=1), override(1, start=1))
    )
    paragraphs = [("1", 0), ("1", 1), ("1", 1), ("2", 1), ("2", 1), ("2", 0), ("2", 1)]
    document = read(*(p("项", num=which, level=level) for which, level in paragraphs), numbering=numbering)
    assert numbers(document) == ["1.", "1.1.", "1.2.", "1.1.", "1.2.", "2.", "2.1."]


def test_an_override_may_define_the_level_itself() -> None:
    numbering = abstract(0, lvl(0, "decimal", "%1.")) + num(
        1, 0, override(0, lvl(0, "chineseCounting", "第%1项", start=3))
    )
    assert numbers(read(p("甲", num="1"), numbering=numbering)) == ["第三项"]


def test_a_level_restarts_after_the_level_it_names_or_never() -> None:
    numbering = abstract(
        0,
        lvl(0, "decimal", "%1."),
        lvl(1, "decimal", "%1.%2."),
        lvl(2, "decimal", "甲%3", '<w:lvlRestart w:val="1"/>'),
        lvl(3, "decimal", "乙%4", '<w:lvlRestart w:val="0"/>'),
    ) + num(1, 0)
    levels = [0, 1, 2, 3, 1, 2, 3, 0, 2, 3]
    document = read(*(p("项", num="1", level=level) for level in levels), numbering=numbering)
    assert numbers(document) == ["1.", "1.1.", "甲1", "乙1", "1.2.", "甲2", "乙2", "2.", "甲1", "乙3"]


def test_numbers_come_through_the_chain_of_styles() -> None:
    numbering = abstract(
        0,
        lvl(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>'),
        lvl(1, "decimal", "%2.", '<w:pStyle w:val="h2"/>'),
    ) + num(1, 0)
    in_list = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        style("h1", in_list, name="heading 1")
        + style("h2", f'<w:basedOn w:val="h1"/>{in_list}', name="heading 2")
        + style("mine", '<w:basedOn w:val="h2"/>')
        + style("plain", '<w:basedOn w:val="h1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>')
    )
    document = read(
        p("甲", style="h1"),
        p("乙", style="h2"),
        p("丙", style="mine"),
        p("丁", style="plain"),
        p("戊", style="h1", num="0", level=None),
        p("己", style="h1"),
        numbering=numbering,
        styles=styles,
    )
    assert numbers(document) == ["一、", "1.", "2.", None, None, "二、"]
    assert document.text.split("\n")[:2] == ["一、甲", "1. 乙"]


def test_a_list_may_be_defined_by_a_numbering_style() -> None:
    numbering = (
        abstract(0, lvl(0, "chineseCounting", "（%1）"), inner='<w:styleLink w:val="list"/>')
        + abstract(1, inner='<w:numStyleLink w:val="list"/>')
        + num(1, 0)
        + num(2, 1)
    )
    styles = style("list", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering")
    document = read(p("甲", num="2"), p("乙", num="1"), numbering=numbering, styles=styles)
    assert numbers(document) == ["（一）", "（二）"]


@pytest.mark.parametrize(
    ("font", "text", "printed"),
    [
        ("Wingdings", "\uf06c", "●"),
        ("Wingdings", "\uf0d8", "➢"),
        ("Symbol", "\uf0b7", "•"),
        ("", "■", "■"),
        ("", "", None),
        ("Courier New", "o", "○"),
    ],
)
def test_a_bullet_is_the_sign_that_is_seen(font: str, text: str, printed: str | None) -> None:
    level = lvl(0, "bullet", text).replace("</w:lvl>", f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr></w:lvl>')
    document = read(p("甲", num="1"), numbering=abstract(0, level) + num(1, 0))
    assert numbers(document) == [printed]
    assert document.text == (f"{printed} 甲" if printed else "甲")


def test_a_format_of_a_later_word_stands_in_a_branch() -> None:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="2"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        '</mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1号"/></w:lvl>'
    )
    assert numbers(read(p("甲", num="1"), numbering=abstract(0, level) + num(1, 0))) == ["002号"]


def test_none_prints_nothing_but_its_own_words() -> None:
    numbering = abstract(0, lvl(0, "none", "%1"), lvl(1, "none", "附件：")) + num(1, 0)
    document = read(p("甲", num="1"), p("乙", num="1", level=1), numbering=numbering)
    assert numbers(document) == [None, "附件："]


def test_empty_paragraphs_count_and_hidden_ones_do_not() -> None:
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    numbering = abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0)
    document = read(p("甲", num="1"), p(num="1"), p(num="1", properties=hidden), p("乙", num="1"), numbering=numbering)
    assert numbers(document) == ["1.", "3."]


def test_a_list_that_is_not_defined_numbers_nothing() -> None:
    assert numbers(read(p("甲", num="7"), numbering=OUTLINE)) == [None]
    assert numbers(read(p("甲", num="1"))) == [None]
