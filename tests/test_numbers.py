"""Numbers are read exactly: every way of writing one gives it back."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parsers.figures.numbers import DIGITS, Number, read_hanzi, read_number, scale_of
from tests.small_documents import marks

HANZI_DIGITS = "零一二三四五六七八九"
SMALL_PLACES = ("", "十", "百", "千")
LARGE_PLACES = ("", "万", "亿", "万亿")


def in_hanzi(number: int, *, two: str = "二") -> str:
    """Write ``number`` as official texts do: 一千零二万, 十五, 两百 where ``two`` is 两."""
    if number == 0:
        return "零"
    written = ""
    for index in range(len(LARGE_PLACES) - 1, -1, -1):
        group = number // 10_000**index % 10_000
        if group:
            if written and (group < 1000 or written.endswith("零")):
                written = written.rstrip("零") + "零"
            written += four_digits(group, two) + LARGE_PLACES[index]
        elif written and number % 10_000**index:
            written = written.rstrip("零") + "零"
    return written.removeprefix("一") if written.startswith("一十") else written


def four_digits(number: int, two: str) -> str:
    written = ""
    for index in range(3, -1, -1):
        digit = number // 10**index % 10
        if digit:
            written += (two if digit == 2 and index >= 2 else HANZI_DIGITS[digit]) + SMALL_PLACES[index]
        elif written and number % 10**index:
            written = written.rstrip("零") + "零"
    return written


def with_separators(number: Decimal) -> str:
    return f"{number:,f}"


# Exact cases


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0),
        ("〇", 0),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("三十五", 35),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("两百", 200),
        ("两千三百", 2300),
        ("一千零二", 1002),
        ("九千零三十", 9030),
        ("一万", 10_000),
        ("十万", 100_000),
        ("一万零五百", 10_500),
        ("三十二万", 320_000),
        ("一千二百万", 12_000_000),
        ("一亿二千万", 120_000_000),
        ("十二亿三千四百五十六万七千八百九十", 1_234_567_890),
        ("一万亿", 10**12),
        ("二〇二一", 2021),
        ("二○二二", 2022),
        ("一九九八", 1998),
    ],
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert read_hanzi(text) == value


@pytest.mark.parametrize(("text", "value"), [("二十点五", "20.5"), ("十五点七", "15.7"), ("零点零八", "0.08")])
def test_chinese_decimals(text: str, value: str) -> None:
    assert read_hanzi(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "点五", "甲", "三家", "12", "十a"])
def test_what_is_no_chinese_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no Chinese numeral"):
        read_hanzi(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", Number(Decimal(0))),
        ("007", Number(Decimal(7))),
        ("7096.40", Number(Decimal("7096.40"), decimals=2)),
        ("1,203.50", Number(Decimal("1203.50"), decimals=2)),
        ("12,345,678", Number(Decimal(12_345_678))),
        ("1.2万", Number(Decimal(12_000), decimals=1, scale=Decimal(10_000))),
        ("3.05亿", Number(Decimal(305_000_000), decimals=2, scale=Decimal(10**8))),
        ("2百万", Number(Decimal(2_000_000), scale=Decimal(10**6))),
        ("1万亿", Number(Decimal(10**12), scale=Decimal(10**12))),
        ("100余", Number(Decimal(100), hedged=True)),
        ("100多万", Number(Decimal(10**6), scale=Decimal(10_000), hedged=True)),
        ("100万余", Number(Decimal(10**6), scale=Decimal(10_000), hedged=True)),
        ("3万5千", Number(Decimal(35_000), scale=Decimal(1000))),
        ("1亿2000万", Number(Decimal(120_000_000), scale=Decimal(10_000))),
        ("一千二百万", Number(Decimal(12_000_000))),
        ("十余", Number(Decimal(10), hedged=True)),
        ("十五点七万", Number(Decimal(157_000), decimals=1, scale=Decimal(10_000))),
        ("二十点五", Number(Decimal("20.5"), decimals=1)),
    ],
)
def test_numbers_with_what_their_print_says(text: str, number: Number) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", "abc", "12a", "3元5"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        read_number(text)


@pytest.mark.parametrize(
    ("word", "worth"),
    [("", 1), ("十", 10), ("百", 100), ("万", 10**4), ("百万", 10**6), ("亿", 10**8), ("万亿", 10**12)],
)
def test_scales(word: str, worth: int) -> None:
    assert scale_of(word) == worth


def test_no_float_comes_near_a_value() -> None:
    """0.1 and its like have no binary form: a float on the way would show."""
    assert read_number("0.1").value * 3 == Decimal("0.3")
    assert str(read_number("70964000.10").value) == "70964000.10"
    assert read_number("123456789012345678.99万").value == Decimal("1234567890123456789900")


# Written and read back

numbers = st.integers(0, 10**16 - 1)
decimals = st.decimals(min_value=0, max_value=10**10, places=2, allow_nan=False, allow_infinity=False)


@given(numbers, st.sampled_from("二两"))
def test_a_chinese_numeral_comes_back(number: int, two: str) -> None:
    assert read_hanzi(in_hanzi(number, two=two)) == number


@given(st.integers(1000, 9999))
def test_a_numeral_with_a_digit_a_place_comes_back(number: int) -> None:
    assert read_hanzi("".join(HANZI_DIGITS[int(digit)] for digit in str(number))) == number


@given(decimals)
def test_an_arabic_number_comes_back(number: Decimal) -> None:
    for text in (f"{number:f}", with_separators(number)):
        read = read_number(text)
        assert read.value == number
        assert (read.decimals, read.scale, read.hedged) == (2, Decimal(1), False)


@given(st.integers(0, 10**10), st.integers(0, 6), st.sampled_from(["万", "亿", "百万", "千万", "万亿"]))
def test_a_scaled_number_comes_back(digits: int, places: int, scale: str) -> None:
    number = Decimal(digits).scaleb(-places)
    read = read_number(f"{number:f}{scale}")
    assert read.value == number * scale_of(scale)
    assert read.scale == scale_of(scale)
    assert read.decimals == places


@given(st.integers(1, 9999), st.integers(1, 9))
def test_a_mixed_number_comes_back(high: int, low: int) -> None:
    assert read_number(f"{high}万{low}千").value == high * 10_000 + low * 1000


@example("〇点5")
@given(st.text(alphabet=[*DIGITS, *"十百千万亿点0123456789.,余多"], max_size=12))
def test_any_string_of_number_characters_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert read_number(text).value >= 0


# The same in a sentence, through the patterns


@given(st.integers(11, 10**11 - 1))
def test_an_amount_in_chinese_numerals_is_read_in_a_sentence(number: int) -> None:
    (mark,) = marks(f"共投入资金{in_hanzi(number)}元,")
    assert mark.quantity is not None
    assert mark.quantity.value == number
    assert mark.quantity.unit == "元"


@pytest.mark.parametrize("number", [10**12 - 1, 249_999_961_111])
def test_a_numeral_is_read_whole_or_not_at_all(number: int) -> None:
    values = [mark.quantity.value for mark in marks(f"共投入资金{in_hanzi(number)}元,") if mark.quantity]
    assert values in ([], [Decimal(number)])


@given(decimals)
def test_an_amount_in_digits_is_read_in_a_sentence(number: Decimal) -> None:
    for text in (f"{number:f}", with_separators(number), f"{number:f}".translate(FULL_WIDTH)):
        (mark,) = marks(f"共投入资金{text}万元。")
        assert mark.quantity is not None
        assert (mark.quantity.value, mark.quantity.unit) == (number * 10_000, "元")


FULL_WIDTH = {ord(char): ord(char) + 0xFEE0 for char in "0123456789.,"}
