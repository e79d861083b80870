"""Word's number formats: how the counter 12 is printed as 十二, ⑫, xii or 012."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_DIGITS = "一二三四五六七八九"
_LEGAL_SIMPLIFIED = "壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "壹貳參肆伍陸柒捌玖"
_LEGAL_JAPANESE = "壱弐参四伍六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def _grouped(digits: str, units: str, zero: str, myriads: str, *, ten: str) -> Callable[[int], str]:
    """Return a printer by place value: 一千零一十; ``ten`` is what stands for a leading 一十."""

    def below_myriad(number: int) -> str:
        out = ""
        gap = False
        for power in (3, 2, 1, 0):
            digit = number // 10**power % 10
            if digit:
                out += (zero if gap and out else "") + digits[digit - 1] + (units[power - 1] if power else "")
                gap = False
            else:
                gap = True
        return out

    def form(number: int) -> str:
        if number == 0:
            return zero or "〇"
        high, low = divmod(number, 10_000)
        if high:
            text = below_myriad(high % 10_000) + myriads
            return text + (zero if 0 < low < 1000 else "") + below_myriad(low)
        text = below_myriad(number)
        leading = digits[0] + units[0]
        return ten + text[len(leading) :] if text.startswith(leading) else text

    return form


def _digit_by_digit(digits: str) -> Callable[[int], str]:
    """Return a printer that writes each decimal digit: 一〇二; ``digits`` begins with the zero."""
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _to_ninety_nine(counting: Callable[[int], str], beyond: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: counting(number) if number < 100 else beyond(number)


def _japanese(number: int) -> str:
    """Return 百一, 千: no zero between, no 一 before a unit."""
    if not 0 < number < 10_000:
        return str(number)
    out = ""
    for power, unit in ((3, "千"), (2, "百"), (1, "十")):
        digit = number // 10**power % 10
        if digit:
            out += ("" if digit == 1 else _DIGITS[digit - 1]) + unit
    return out + (_DIGITS[number % 10 - 1] if number % 10 else "")


def _row(characters: str) -> Callable[[int], str]:
    """Return a printer over a fixed row of signs; a decimal beyond it."""
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


def _from(first: str, count: int) -> str:
    return "".join(chr(ord(first) + step) for step in range(count))


def _letters(number: int, first: str) -> str:
    """Return A … Z, AA, BB, …: Word repeats the letter."""
    if not 0 < number <= 780:
        return str(number)
    rounds, letter = divmod(number - 1, 26)
    return chr(ord(first) + letter) * (rounds + 1)


def _roman(number: int) -> str:
    if not 0 < number < 32_768:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        out += sign * count
    return out


def _ordinal(number: int) -> str:
    tail = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{tail}"


def _sexagenary(number: int) -> str:
    if not 0 < number <= 60:
        return str(number)
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]


_COUNTING = _grouped(_DIGITS, "十百千", "零", "万", ten="十")
_CIRCLED = _from("①", 20) + _from("㉑", 15) + _from("㊱", 15)
_WIDE = _digit_by_digit("０１２３４５６７８９")

FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _WIDE,
    "decimalFullWidth2": _WIDE,
    "decimalEnclosedCircle": _row(_CIRCLED),
    "decimalEnclosedCircleChinese": _row(_CIRCLED),
    "decimalEnclosedFullstop": _row(_from("⒈", 20)),
    "decimalEnclosedParen": _row(_from("⑴", 20)),
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "hex": lambda number: f"{number:X}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number, "A"),
    "lowerLetter": lambda number: _letters(number, "a"),
    "chineseCounting": _to_ninety_nine(_COUNTING, _digit_by_digit("○" + _DIGITS)),
    "chineseCountingThousand": _COUNTING,
    "chineseLegalSimplified": _grouped(_LEGAL_SIMPLIFIED, "拾佰仟", "零", "万", ten="壹拾"),
    "taiwaneseCounting": _to_ninety_nine(_COUNTING, _digit_by_digit("○" + _DIGITS)),
    "taiwaneseCountingThousand": _grouped(_DIGITS, "十百千", "零", "萬", ten="十"),
    "taiwaneseDigital": _digit_by_digit("○" + _DIGITS),
    "ideographDigital": _digit_by_digit("〇" + _DIGITS),
    "ideographLegalTraditional": _grouped(_LEGAL_TRADITIONAL, "拾佰仟", "零", "萬", ten="壹拾"),
    "ideographTraditional": _row(_STEMS),
    "ideographZodiac": _row(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _row(_from("㊀", 10)),
    "japaneseCounting": _japanese,
    "japaneseLegal": _grouped(_LEGAL_JAPANESE, "拾百阡", "", "萬", ten="壱拾"),
    "japaneseDigitalTenThousand": _digit_by_digit("〇" + _DIGITS),
    "none": lambda _: "",
}


def numeral(number: int, number_format: str, custom: str = "") -> str:
    """Return ``number`` as Word prints it; a format that is not known comes out decimal.

    ``custom`` is the pattern of the format ``custom``: ``001, 002, …`` pads with zeros.
    """
    if number < 0:
        return str(number)
    if number_format == "custom":
        first = re.match(r"0*\d", custom)
        return str(number).zfill(len(first[0])) if first else str(number)
    return FORMATS.get(number_format, str)(number)
