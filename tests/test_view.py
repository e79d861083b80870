"""A view closes what typesetting opened, and every character of it leads back to the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Span
from parsers.view import fold, make_view
from tests.small_documents import view

FRAGMENTS = st.sampled_from(
    ["2946.25", "万", "元", " ", "  ", "     ", "\n", "\t", "　", "\u00a0", "３", "％", "，", "（", "A", "b7", ".", "-"]
)
pages = st.one_of(st.text(max_size=60), st.lists(FRAGMENTS, max_size=30).map("".join))


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("2946.25 万⏎元", "2946.25万元"),
        ("0 万⏎  元", "0万元"),
        ("8487.88⏎万元", "8487.88万元"),
        ("参 保 人 数", "参保人数"),
        ("第 91 号", "第91号"),
        ("２０２１年，１．５％", "2021年,1.5%"),
        ("（一）投入：５０分", "(一)投入:50分"),
        ("1：3", "1:3"),
        ("1∶3", "1:3"),
        ("≧90﹪", "≥90%"),
        ("二○二二年", "二〇二二年"),
        ("2021 56号", "2021 56号"),
        ("PM 2.5", "PM 2.5"),
        ("1. 2023年", "1. 2023年"),
        ("1.　项目", "1.项目"),
        ("单位：甲局        电话：123", "单位:甲局 电话:123"),
        ("甲\t乙", "甲\t乙"),
        (" 头尾 ", "头尾"),
        ("十\u200b万", "十万"),
        ("\ufeff一、", "一、"),
        ("  \n ", ""),
        ("", ""),
    ],
)
def test_what_a_pattern_sees(printed: str, read: str) -> None:
    assert view(printed.replace("⏎", "\n")).text == read


def test_a_span_leads_back_over_what_was_closed() -> None:
    text = "共支出2946.25 万\n元，其中"
    seen = view(text)
    start = seen.text.index("2946")
    end = seen.text.index("元") + 1
    span = seen.span(start, end)
    assert text[span.start : span.end] == "2946.25 万\n元"


def test_a_view_of_a_part_counts_in_the_whole() -> None:
    text = "前言\n１２ 万元\n后记"
    seen = make_view(text, 3, 8)
    assert seen.text == "12万元"
    assert seen.span(0, 4) == Span(3, 8)
    assert seen.origin(2) == 6


def test_an_empty_span_stands_between_characters() -> None:
    seen = view("ab 中")
    assert seen.span(1, 1) == Span(1, 1)
    assert seen.span(3, 3) == Span(4, 4)
    assert view("  ").span(0, 0) == Span(0, 0)


@given(st.text(max_size=200))
def test_folding_keeps_every_character_at_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(pages, st.data())
def test_every_character_leads_back_to_one_that_folds_to_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    seen = make_view(text, start, end)
    origins = [seen.origin(at) for at in range(len(seen.text))]
    assert all(start <= origin < end for origin in origins)
    assert origins == sorted(set(origins))
    for char, origin in zip(seen.text, origins, strict=True):
        assert char == fold(text[origin])


@given(pages)
def test_nothing_but_white_space_is_left_out(text: str) -> None:
    seen = view(text)
    kept = {seen.origin(at) for at in range(len(seen.text))}
    assert all(fold(char) in " \t\r\n" for at, char in enumerate(text) if at not in kept)


@given(pages, st.data())
def test_the_span_of_a_part_lies_within_and_folds_to_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    seen = make_view(text, start, end)
    first = data.draw(st.integers(0, len(seen.text)))
    last = data.draw(st.integers(first, len(seen.text)))
    span = seen.span(first, last)
    assert start <= span.start <= span.end <= end
    squeezed = "".join(fold(text[span.start : span.end]).split())
    assert squeezed == "".join(seen.text[first:last].split())
