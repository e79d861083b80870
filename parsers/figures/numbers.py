"""Numbers as Chinese reports print them, read exactly."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
HEDGES = frozenset("余多几来")
_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_TAIL = re.compile(r"[十百千万亿]+")
_ONE = re.compile(r"(\d+(?:\.(\d+))?)([十百千万亿]*)")


class Number(NamedTuple):
    """``value`` with what its print says of precision: ``decimals`` places printed at ``scale``."""

    value: Decimal
    decimals: int = 0
    scale: Decimal = Decimal(1)
    hedged: bool = False


@cache
def scale_of(word: str) -> Decimal:
    """Return the worth of a scale word: 万 is 10000, 百万 1000000, 万亿 10**12; the empty word is 1."""
    worth = Decimal(1)
    for char in word:
        worth *= SCALES[char]
    return worth


def read_hanzi(text: str) -> Decimal:
    """Read a Chinese numeral: 一千二百万, 三十五, 二十点五, 二〇二一; ValueError where it is none."""
    whole, _, fraction = text.partition("点")
    if not whole or any(char not in DIGITS for char in fraction) or set(whole) - DIGITS.keys() - SCALES.keys():
        raise ValueError(f"{text!r} is no Chinese numeral")
    if all(char in DIGITS for char in whole):
        value = Decimal("".join(str(DIGITS[char]) for char in whole))
    else:
        value = Decimal(_read_places(whole))
    if fraction:
        value += Decimal("0." + "".join(str(DIGITS[char]) for char in fraction))
    return value


def _read_places(text: str) -> int:
    """Add up places: 千百十 within a group, 万 and 亿 closing one; 十 alone is 10, 一万亿 is 10**12."""
    total = group = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif SCALES[char] < SCALES["万"]:
            group += (digit or 1) * SCALES[char]
            digit = 0
        elif total and not group + digit:  # 万亿: the scale of a scale
            total *= SCALES[char]
        else:
            total += (group + digit or 1) * SCALES[char]
            group = digit = 0
    return total + group + digit


def read_number(text: str) -> Number:
    """Read a number as the part ``number`` of the patterns matches it; ValueError where it is none.

    Separators are dropped; 万 and 亿 multiply; 余, 多, 几, 来 make it hedged; 3万5千 and 1亿2000万 add up.
    """
    hedged = not HEDGES.isdisjoint(text)
    plain = text.replace(",", "").replace(" ", "")
    if hedged:
        plain = "".join(char for char in plain if char not in HEDGES)
    one = _ONE.fullmatch(plain)
    if one is not None:
        printed, fraction, tail = one.groups("")
        if not tail:
            return Number(Decimal(printed), len(fraction), Decimal(1), hedged)
        worth = scale_of(tail)
        return Number(Decimal(printed) * worth, len(fraction), worth, hedged)
    if _ARABIC.match(plain) is None:
        places = len(plain.partition("点")[2].rstrip("万亿"))
        worth = scale_of(plain[-1]) if places and plain[-1] in "万亿" else Decimal(1)
        return Number(_read_scaled_hanzi(plain), places, worth, hedged)
    value = Decimal(0)
    at = 0
    decimals, scale_value = 0, Decimal(1)
    while at < len(plain):
        digits = _ARABIC.match(plain, at)
        if digits is None:
            raise ValueError(f"{text!r} is no number")
        scaled = _TAIL.match(plain, digits.end())
        scale_value = scale_of(scaled[0]) if scaled else Decimal(1)
        value += Decimal(digits[0]) * scale_value
        decimals = len(digits[0].partition(".")[2])
        at = scaled.end() if scaled else digits.end()
    return Number(value, decimals, scale_value, hedged)


def _read_scaled_hanzi(text: str) -> Decimal:
    """Read 十五点七万 as well as 十五万七千."""
    if "点" in text and text[-1] in "万亿":
        return read_hanzi(text[:-1]) * SCALES[text[-1]]
    return read_hanzi(text)
