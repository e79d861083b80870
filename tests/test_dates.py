"""Dates and periods in all the ways in which reports write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.figures.dates import read_date, read_period, year_before

days = st.dates(date(1950, 1, 1), date(2049, 12, 31))
HANZI = "〇一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2022年8月16日", "2022-08-16"),
        ("2022年08月6日", "2022-08-06"),
        ("２０２２年８月１６日", "2022-08-16"),
        ("2022 年 8 月 16 日", "2022-08-16"),
        ("2024.3.25", "2024-03-25"),
        ("2024-03-25", "2024-03-25"),
        ("2024/3/25", "2024-03-25"),
        ("填报日期：2024年3月", "2024-03"),
        ("2024.10", "2024-10"),
        ("2024年", "2024"),
        ("2024年度", "2024"),
        ("二〇二二年八月十六日", "2022-08-16"),
        ("二○二二年十二月三十一日", "2022-12-31"),
        ("二零二二年十月二十日", "2022-10-20"),
        ("未填", ""),
        ("", ""),
    ],
)
def test_a_date(text: str, iso: str) -> None:
    assert read_date(text) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2023年", "2023"),
        ("2023年度", "2023"),
        ("2023年12月", "2023-12"),
        ("2023年12月31日", "2023-12-31"),
        ("2023年1-12月", "2023-01/2023-12"),
        ("2023年1—6月", "2023-01/2023-06"),
        ("2023年1月至6月", "2023-01/2023-06"),
        ("2022年9月至2023年6月", "2022-09/2023-06"),
        ("2022年7月1日至2023年6月30日", "2022-07-01/2023-06-30"),
        ("2022.7.1-2023.6.30", "2022-07-01/2023-06-30"),
        ("1-6月", "2023-01/2023-06"),
        ("4月", "2023-04"),
        ("4月份", "2023-04"),
        ("12月31日", "2023-12-31"),
        ("二〇二二年三月", "2022-03"),
        ("2020-2022年", "2020-01/2022-12"),
        ("2020年至2022年", "2020-01/2022-12"),
        ("无", ""),
    ],
)
def test_a_period(text: str, iso: str) -> None:
    assert read_period(text, "2023") == iso


@pytest.mark.parametrize("text", ["4月", "1-6月", "12月31日"])
def test_a_month_without_a_year_is_no_period(text: str) -> None:
    assert read_period(text, "") == ""


def in_hanzi(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else HANZI[tens]) + ("十" if tens else "") + (HANZI[ones] if ones else "")


@given(days)
def test_every_way_of_writing_a_day_comes_back(day: date) -> None:
    year = "".join(HANZI[int(digit)] for digit in str(day.year))
    for text in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02}月{day.day:02}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month:02}/{day.day:02}",
        day.isoformat(),
        f"{year}年{in_hanzi(day.month)}月{in_hanzi(day.day)}日",
    ):
        assert read_date(text) == read_period(text, "") == day.isoformat(), text


@given(days, days)
def test_a_stretch_of_days_comes_back(first: date, last: date) -> None:
    text = f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"
    assert read_period(text, "") == f"{first.isoformat()}/{last.isoformat()}"


@given(st.text(max_size=40))
def test_any_text_is_read_or_left(text: str) -> None:
    for read in (read_date(text), read_period(text, "2023")):
        assert read == "" or read[:4].isdecimal()


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2024", "2023"),
        ("2024-05", "2023-05"),
        ("2024-01/2024-06", "2023-01/2023-06"),
        ("2024-02-29", "2023-02-28"),
        ("2021-12-31", "2020-12-31"),
    ],
)
def test_the_same_time_a_year_before(period: str, before: str) -> None:
    assert year_before(period) == before
