"""Whatever a document holds, it is read without an exception and in a time that grows with its length."""

from __future__ import annotations

import cProfile
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extract
from extract.document import Document, assemble
from parsers import parse
from tests.conftest import ROOT
from tests.small_documents import Rows, document
from tests.timing import forget, within

N = 100_000
LIMIT = 12.0
"""Processor seconds; what grows with the square takes many times as long."""
TIGHT = 0.5
"""What is known to be too slow takes several times as long on any machine."""


def slow(*values: object, why: str) -> pytest.ParameterSet:
    return pytest.param(*values, marks=pytest.mark.xfail(raises=TimeoutError, strict=True, reason=why))


SLOW_CHARACTERS = {"十": "every unit is tried behind every cut of the twenty characters that follow"}


def by_character(char: str) -> pytest.ParameterSet:
    if char in SLOW_CHARACTERS:
        return slow(char, TIGHT, why=SLOW_CHARACTERS[char])
    return pytest.param(char, LIMIT)


@pytest.mark.parametrize(
    ("char", "limit"),
    [
        by_character(char)
        for char in (
            *(" ", "\t", "\u3000", "\0", "\u202e", "\u200b", "\ufeff", "\ufffd", "\U0010ffff", "\u0301", "\U0001f468"),
            *("1", "0", ".", ",", "-", "%", ":", "(", ")", "（", "〔", "《", "》", "“", "，", "。", "、", "|"),
            *("人", "元", "第", "①", "⽉", "²", "٣", "甲", "一", "十", "万"),
        )
    ],
)
def test_one_character_a_hundred_thousand_times(char: str, limit: float) -> None:
    with within(limit):
        parse(document(char * N))


@pytest.mark.parametrize(
    "line", ["", " ", "1", "1.", "一、", "一、概况", "元", "3元。", "甲项目绩效自评报告", "项目名称："]
)
def test_one_line_two_thousand_times(line: str) -> None:
    with within(LIMIT):
        parse(document(*[line] * 2000))


@pytest.mark.parametrize(
    "piece",
    [
        *("1,", "1.", "1\n", "1:2", "2021-", "2021年", "第一条", "（1）", "甲：", "根据", "财社〔2021〕7号", "甲|5|"),
        *("3元）", "“3元", "《3元", "3元，", "投入资金3万元。", "投入资金3万元，", "\u202e12元", "⽉⼀⽇3⼈", "3、"),
        *("2023年6月30日投入3元", "（其中3元"),
        "一、",
    ],
)
def test_one_piece_again_and_again(piece: str) -> None:
    """Five thousand characters without a sentence's end, mostly figures: the densest there is."""
    with within(1.5):
        parse(document(piece * (5000 // len(piece))))


TABLES: dict[str, Rows] = {
    "a long list": [["项目", "预算数（万元）", "执行数（万元）", "执行率", "备注"]]
    + [[f"项目{row}", "12.5", "11.2", "98%", "说明"] for row in range(2000)],
    "a square of labels": [["甲乙"] * 50] * 50,
    "a square of figures": [["指标", *(f"{year}年" for year in range(2000, 2049))]]
    + [["面积（亩）", *["5"] * 49]] * 49,
    "one column": [["5"]] * 2500,
    "empty cells": [[""] * 100] * 100,
    "merged cells": [["甲（元）", *["<"] * 99], *[["5", *["^"] * 99]] * 99],
    "prose": [["新建5所，改造3所，投资20万元。"] * 10] * 50,
}


@pytest.mark.parametrize("name", TABLES)
def test_a_large_table(name: str) -> None:
    with within(LIMIT):
        parse(document(TABLES[name]))


@pytest.mark.xfail(raises=TimeoutError, strict=True, reason="every cell of a row looks at all cells left of it")
def test_a_row_of_ten_thousand_cells() -> None:
    with within(TIGHT):
        parse(document([["甲（元）"] * 5000 + ["5"] * 5000]))


@pytest.mark.xfail(
    raises=TimeoutError, strict=True, reason="a figure looks through the whole of a sentence without end"
)
def test_a_sentence_without_end_over_many_lines() -> None:
    with within(TIGHT):
        parse(document(*["投入资金3万元，其中中央资金2万元，省级资金1万元，县"] * 1500))


@pytest.mark.parametrize(
    "text",
    [
        "9" * 5000 + "元",
        "0." + "0" * 4000 + "1元",
        "万" * 300 + "元",
        "一" + "亿" * 300 + "元",
        "1-" + "9" * 60 + "元",
        "百分之" + "亿" * 40,
        "投入٣٤元，占५%，面积12²平方米，½元，⅓，Ⅻ级，①②③",
        "0000年0月0日支出3元",
        "2023年13月45日，2023.99.99，99月99日支出3元",
        "2023年12月31日至2022年1月1日支出5元",
        "比例为0:0和1:0",
        "零分之零，百分之零",
        ")))(((》》《《”“】【",
        "一级" * 50 + "3元",
        "。。。;;;,,,:::",
        "〔2021〕号 第号 联系电话：",
        "\ud7ff\ue000\ufdd0\uffff",
        "⼀、⼆、⽉⽇⼈⼤⼩ 12⽉31⽇",
        "3\u202e元\u202c万\u200d元\u2066人\u2069",
        "投\0入\0资\0金3\0万\0元",
    ],
)
def test_a_strange_text(text: str) -> None:
    with within(LIMIT):
        parse(document(text))


@pytest.mark.parametrize("text", ["比例为99999999999999999999999:1", "三分之亿亿亿"])
def test_a_quotient_beyond_all_measure(text: str) -> None:
    parse(document(text))


junk = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "0123456789.,%元万人一二十百（）()《》〔〕“”，。、：；:;|\t\n \0\u202e\u3000年月日第分之级号至-—以上"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=80,
)


@given(st.lists(st.one_of(junk, st.lists(st.lists(junk, min_size=1, max_size=3), min_size=1, max_size=3)), max_size=5))
def test_junk_is_read(parts: list[str | Rows]) -> None:
    parse(document(*parts))


# Growth


def copies(small: Document, count: int) -> Document:
    return assemble(list(small.blocks) * count, file="copies", sha256="0" * 64, media_type=small.media_type)


def work(small: Document) -> int:
    """Return how many calls of functions it takes to read a document for the first time: the same on every machine."""
    forget()
    profile = cProfile.Profile()
    profile.enable()
    parse(small)
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("name", ["farmland-2021.txt", "civil-affairs-2023.docx", "rural-roads-2023.docx"])
def test_ten_copies_take_about_ten_times_the_work(name: str) -> None:
    small = extract.load(ROOT / "samples" / name)
    parse(small)  # patterns are compiled and names remembered
    assert work(copies(small, 10)) < 11 * work(copies(small, 1))


def test_ten_copies_take_about_ten_times_as_long() -> None:
    """What work inside one call of a regex does not show; clocks are uneven, so the limit is wide."""
    small = extract.load(ROOT / "samples" / "farmland-2021.txt")
    parse(small)
    clock = []
    for count in (1, 10, 1, 10, 1, 1):
        copied = copies(small, count)
        forget()
        start = time.process_time()
        parse(copied)
        clock.append((count, time.process_time() - start))
    once, tenfold = (min(seconds for many, seconds in clock if many == count) for count in (1, 10))
    assert tenfold < 18 * once
