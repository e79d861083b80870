"""Number formats of spreadsheets: what a cell with a number shows, its digits exact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final

GENERAL: Final = "General"
_DIGITS: Final = Context(prec=15)  # as many as a spreadsheet shows of its binary numbers
_TOO_LONG: Final = Decimal("1e20")
_LAST_DAY: Final = 2958465  # 9999-12-31

_MONTH, _DAY, _TIME = "yyyy-mm", "yyyy-mm-dd", "hh:mm:ss"
BUILT_IN: Final = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    **dict.fromkeys((5, 6), "¥#,##0"),
    **dict.fromkeys((7, 8), "¥#,##0.00"),
    **dict.fromkeys((14, 15, 16, 28, 29, 30, 31, 51, 53, 54, 58), _DAY),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), _MONTH),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), _TIME),
    22: f"{_DAY} {_TIME}",
    **dict.fromkeys((37, 38, 41, 42), "#,##0"),
    **dict.fromkeys((39, 40, 43, 44), "#,##0.00"),
    48: "##0.0E+0",
    49: "@",
}
"""Formats that files name by number alone, as a Chinese system shows them; what is not here is General."""

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General)'
    r"|(?P<exponent>E[+-])|(?P<noon>AM/PM|A/P|上午/下午)|(?P<mark>.)",
    re.IGNORECASE | re.DOTALL,
)
_SIGN: Final = re.compile(r"[-()]")
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class _Section:
    """One part of a format: what stands before and after the digits, and how many of these there are."""

    before: str = ""
    after: str = ""
    least_whole: int = 0
    least_places: int = 0
    places: int = 0
    thousands: bool = False
    power: int = 0
    digits: bool = False
    general: bool = False
    plain: bool = False
    """No such form of digits is known here: the number is shown as it is."""
    date: str = ""
    condition: tuple[str, Decimal] | None = None


def shown(number: Decimal, code: str, *, since_1904: bool = False) -> str:
    """Return what a cell of this format shows; dates in ISO's form, a loss of the sign or of the number never."""
    sections = _sections(code)
    number = _DIGITS.plus(number)
    section, signed = _chosen(number, sections)
    if section.date:
        return _moment(number, section.date, since_1904=since_1904) or exact(number)
    if section.plain or abs(number) >= _TOO_LONG:
        return exact(number)
    if not section.digits and not section.general:
        return section.before
    before, after = (_SIGN.sub("", part) if signed else part for part in (section.before, section.after))
    digits = exact(abs(number)) if section.general else _digits(number, section)
    if not digits and not before + after:
        return "0"
    sign = "-" if number < 0 and digits.strip("0.,") else ""
    return f"{sign}{before}{digits}{after}"


def _digits(number: Decimal, section: _Section) -> str:
    """Return the number's digits as the section forms them, without a sign."""
    value = abs(number).scaleb(section.power)
    value = value.quantize(Decimal(1).scaleb(-section.places), ROUND_HALF_UP)
    whole, _, places = f"{value:f}".partition(".")
    while len(places) > section.least_places and places.endswith("0"):
        places = places[:-1]
    whole = whole.lstrip("0").zfill(section.least_whole)
    if section.thousands:
        whole = f"{int(whole or 0):,}" if not whole.startswith("0") else whole
    if places:
        return f"{whole or 0}.{places}"
    return whole  # empty where no digit is asked for and the number is zero


def exact(number: Decimal) -> str:
    """Return a number without a format: up to 15 digits, without exponent."""
    text = f"{_DIGITS.plus(number):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _chosen(number: Decimal, sections: tuple[_Section, ...]) -> tuple[_Section, bool]:
    """Return the section for a number, and whether that section tells the sign in its own way."""
    for section in sections:
        if section.condition is not None and _holds(number, *section.condition):
            return section, False
    if any(section.condition is not None for section in sections):
        rest = [section for section in sections if section.condition is None]
        return (rest[0] if rest else _Section(plain=True)), False
    if number < 0 and len(sections) > 1:
        return sections[1], True
    return sections[2 if number == 0 and len(sections) > 2 else 0], False


def _holds(number: Decimal, relation: str, bound: Decimal) -> bool:
    return {
        "<": number < bound,
        ">": number > bound,
        "=": number == bound,
        "<=": number <= bound,
        ">=": number >= bound,
        "<>": number != bound,
    }[relation]


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code[:255]):
        if token["mark"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(_section(part) for part in parts)


def _section(tokens: list[re.Match[str]]) -> _Section:
    date = _date(tokens)
    if date:
        return _Section(date=date)
    pattern, before, after = "", "", ""
    percent = 0
    condition = None
    plain = general = False
    for token in tokens:
        literal = token["quoted"] or token["escaped"] or ""
        mark = token["mark"] or ""
        if token["bracket"] is not None:
            if found := _CONDITION.fullmatch(token["bracket"]):
                condition = (found[1], Decimal(found[2]))
            elif token["bracket"].startswith("$"):
                literal = token["bracket"][1:].partition("-")[0]
        elif token["general"]:
            general = True
            pattern += "#"
        elif token["exponent"] or mark in ("@", "/"):
            plain = True
        elif mark and mark in "0#?.,":
            plain = plain or bool(after.strip() and pattern)  # digits on both sides of a text
            pattern += mark
        else:
            percent += mark == "%"
            literal = literal or mark
        if literal.strip() and pattern:
            after += literal
        else:
            before += literal.strip()
    whole, _, places = pattern.partition(".")
    scaled = len(pattern) - len(pattern.rstrip(","))
    return _Section(
        before=before,
        after=after,
        least_whole=whole.count("0"),
        least_places=places.count("0"),
        places=len(places.rstrip(",")),
        thousands="," in whole.rstrip(","),
        power=2 * percent - 3 * scaled,
        digits=any(mark in pattern for mark in "0#?"),
        general=general,
        plain=plain or pattern.count(".") > 1,
        condition=condition,
    )


def _date(tokens: list[re.Match[str]]) -> str:
    """Return which of y, m, d and t (time) a format shows; empty where it is of numbers."""
    marks = "".join(
        (token["mark"] or "").lower() or _elapsed(token["bracket"]) for token in tokens if token["general"] is None
    )
    if any(mark in marks for mark in "0#?") and not any(mark in marks for mark in "ydhs"):
        return ""
    found = "".join(mark for mark in "yd" if mark in marks)
    time = "h" in marks or "s" in marks
    if "m" in marks and (found or not time):
        found += "m"
    return found + ("t" if time else "")


def _elapsed(bracket: str | None) -> str:
    return bracket.lower() if bracket and set(bracket.lower()) <= set("hms") else ""


def _moment(number: Decimal, parts: str, *, since_1904: bool) -> str:
    """Return the moment that a day's number stands for; empty where it is out of range."""
    if not 0 <= number <= _LAST_DAY:
        return ""
    # 1900 has a day too many there: its 29 February is number 60.
    begin = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if number >= 60 else 31)
    moment = begin + timedelta(seconds=round(number * 86400))
    clock = moment.strftime("%H:%M:%S" if moment.second else "%H:%M")
    if set(parts) <= {"t"} or (number < 1 and "t" in parts and not since_1904):
        return clock if number < 1 else f"{int(number * 24)}:{moment:%M}" if parts == "t" else clock
    if "y" in parts and "m" in parts and "d" not in parts:
        return f"{moment:%Y-%m}"
    return f"{moment:%Y-%m-%d}" + (f" {clock}" if "t" in parts else "")
