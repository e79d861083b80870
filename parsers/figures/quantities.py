"""Make a Quantity of what a pattern of quantities.toml matched: exact value, base unit, per, bound."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import cast

import regex

from extract.document import Span
from parsers.figures.numbers import DIGITS, Number, read_hanzi, read_number, scale_of
from parsers.model import Bound, Kind, Quantity
from parsers.view import View
from patterns import Pattern, cue, matcher, units

KINDS: tuple[Kind, ...] = ("amount", "rate", "score", "duration", "other", "count")
HANZI = frozenset("零〇一二两三四五六七八九十百千万亿半")
SIX_PLACES = Decimal("0.000001")
_INCLUDED = cue("figures", "figure.included")
_RUN_TOGETHER = re.compile(r"\d{5}")
"""40004000100%: columns of a form that lost what parted them, and no share."""
_LEAST_ALONE = 1000
_MOST_TIMES = 10**9
_MOST_YEARS = 300
_TIMES = ("年", "月", "天", "日", "学期", "学年")
_DASH = re.compile(r"[-—–~～−]")
_PARTED = re.compile(r"\d\.? $")
_MARKED = cue("figures", "figure.marked")
_REACH = 20
"""So far may words for a bound stretch to either side."""
_BETWEEN = cue("figures", "figure.each-part")
_PER_SIGNS = {"㎡": "平方米", "m²": "平方米", "m2": "平方米", "平米": "平方米", "m³": "立方米", "m3": "立方米"}
"""What stands for a unit behind a price: 5860元/㎡ is per 平方米."""
_EACH = cue("figures", "figure.each")
_BEHIND = cue("figures", "figure.each-behind")
_SOME_EACH = cue("figures", "figure.some-each")
_SINCE = cue("figures", "figure.since")
_OWN_SHARE = cue("figures", "figure.own-share")
_WHOSE = 8
"""So far before a mean may stand whose it is: 门急诊次均费用."""
_FARTHEST = 28
"""So far before a figure may stand what it is for."""
_TAIL = re.compile(r"[^,。;、:\d]{0,18}$")


@dataclass(frozen=True, slots=True)
class Measure:
    """Kind and name of a unit, and the worth of one in base units."""

    kind: Kind
    name: str
    worth: Decimal


_UNITS: dict[tuple[str, str], Measure] = {
    (unit.kind, form): Measure(cast("Kind", unit.kind), unit.name, unit.factor)
    for unit in units()
    for form in unit.forms
}


@cache
def unit_named(form: str) -> Measure | None:
    """Return the measure that ``form`` names, its scale included: 万元, 人, %; None where it is no unit."""
    if not form:
        return Measure("other", "", Decimal(1))
    scale = ""
    while form and form[0] in "百千万亿" and not any((kind, form) in _UNITS for kind in KINDS):
        scale, form = scale + form[0], form[1:]
    for kind in KINDS:
        if (kind, form) in _UNITS:
            measure = _UNITS[kind, form]
            return replace(measure, worth=measure.worth * scale_of(scale))
    return None


@cache
def _numbers(expression: regex.Pattern[str], names: tuple[str, ...]) -> tuple[int, ...]:
    """Return the numbers of groups: asked for one by its name, a match first fails to take the name for a number."""
    return tuple(expression.groupindex[name] for name in names)


def read_quantity(view: View, found: regex.Match[str], pattern: Pattern) -> Quantity | None:
    """Return what ``found`` states; None where the match is no quantity after all."""
    # The match may be one of all patterns, with their groups too; two more groups make the answer a tuple.
    stated = found.group(*_numbers(found.re, pattern.groups), 0, 0)
    groups = {name: text for name, text in zip(pattern.groups, stated, strict=False) if text}
    if pattern.set.get("kind") == "rate" and "unit" not in pattern.set:
        quantity = _share(view.span(*found.span()), groups, pattern.id)
    else:
        quantity = _measured(view, found, groups, pattern)
    if quantity is None:
        return None
    bound = quantity.bound if quantity.low is not None else bound_at(view.text, found.start(), found.end())
    if bound is None or bound == quantity.bound:
        return quantity
    return quantity._replace(bound=bound)


def _measured(view: View, found: regex.Match[str], groups: dict[str, str], pattern: Pattern) -> Quantity | None:
    measure = _measure(groups, pattern)
    if measure is None or (measure.kind == "score" and groups["num"][0] in HANZI and not _scored(view, found)):
        return None
    if (" " in groups["num"] and view.parted(found.start())) or _spread(view, found.start(), groups["num"]):
        return None
    if measure.name == "%" and _RUN_TOGETHER.match(groups["num"]):
        return None
    number = read_number(groups["num"])
    if measure.name == "年" and number.value > _MOST_YEARS:  # a date run into a number: 指标12022年
        return None
    span = view.span(found.start(), found.end())
    per = "·".join(_PER_SIGNS.get(part, part) for part in _BETWEEN.split(groups["per"])) if "per" in groups else ""
    if "low" in groups:
        dash = _DASH.search(view.text, found.start(), found.end()) if measure.name == "%" else None
        falls = dash is not None and not (view.parted(dash.start()) or view.parted(dash.end()))  # no 10.9% -2.4%
        return _range(span, groups, number, measure, _per(view, found, measure, per), pattern.id, falls=falls)
    scale = groups.get("scale") or groups.get("shared")
    worth = measure.worth * scale_of(scale) if scale else measure.worth
    change = Decimal(groups["jiao"]) / 10 + Decimal(groups.get("fen", 0)) / 100 if "jiao" in groups else None
    return Quantity(
        span=span,
        kind=measure.kind,
        unit=measure.name,
        value=number.value * worth + change if change else number.value * worth,
        per=_per(view, found, measure, per),
        bound="approx" if number.hedged else "eq",
        decimals=2 if change else number.decimals,
        scale=number.scale * worth,
        pattern=pattern.id,
    )


def _scored(view: View, found: regex.Match[str]) -> bool:
    """Tell whether marks are told in Chinese numerals (得分为九十六分), and it is no word: 十分重要."""
    text = view.text[max(0, found.start() - 4) : found.start()]
    return found.end() - found.start() > 2 and _MARKED.search(text) is not None


def _spread(view: View, start: int, number: str) -> bool:
    """Tell whether a number is the end of one whose digits typesetting parted: 1 8 0 万元."""
    if view.text[start - 1 : start] != " " or _PARTED.search(view.text[max(0, start - 3) : start]) is None:
        return False
    digits = number.rstrip("万亿千百十余多")
    return (number.startswith("0") and "." not in number) or view.parted(start + len(digits))


def _measure(groups: dict[str, str], pattern: Pattern) -> Measure | None:
    """Return the unit that a match holds, or that its pattern gives, or that the lower end of its range has."""
    for kind in KINDS:
        if kind in groups:
            return unit_named(groups[kind])
    if "jiao" in groups:
        return unit_named("元")
    if "unit" in pattern.set:
        return unit_named(pattern.set["unit"])
    return unit_named(groups["lowunit"]) if "lowunit" in groups else None


def _range(
    span: Span, groups: dict[str, str], high: Number, measure: Measure, per: str, pattern: str, *, falls: bool
) -> Quantity | None:
    """Return the range that ``groups`` state; one that ``falls`` is told from above: 100%-80%, a step of a scale."""
    low = read_number(groups["low"])
    worth = measure.worth
    if "lowunit" in groups:
        own = unit_named(groups["lowunit"])
        if own is None or own.name != measure.name:
            return None
        worth = own.worth
    elif low.scale == 1 and low.value < high.value / high.scale:
        worth = measure.worth * high.scale  # 5-10万元: both ends in 万
    elif low.scale == 1 < high.scale and low.value < _LEAST_ALONE:
        return None  # 8500到3万元 is a range, 8-5万元 none
    ends = sorted((low.value * worth, high.value * measure.worth))
    if ends[0] == ends[1] or (ends[0] != low.value * worth and not falls):
        return None
    return Quantity(
        span=span,
        kind=measure.kind,
        unit=measure.name,
        value=None,
        low=ends[0],
        high=ends[1],
        per=per,
        decimals=high.decimals,
        scale=high.scale * measure.worth,
        pattern=pattern,
    )


def _share(span: Span, groups: dict[str, str], pattern: str) -> Quantity | None:
    """Read fractions and shares: 百分之五, 三分之二, 七成, 九折, 1:3, 半数."""
    unit = "%"
    if "a" in groups:
        unit, value = "ratio", _quotient(Decimal(groups["a"]), Decimal(groups["b"]))
    elif "numer" in groups:
        value = _quotient(_any_number(groups["numer"]) * 100, _any_number(groups["den"]))
    elif "low" in groups:
        worth = 100 / scale_of(groups["den"]) if "den" in groups else Decimal(10)
        low, high = _any_number(groups["low"]) * worth, _any_number(groups["num"]) * worth
        return Quantity(span, "rate", unit, None, low, high, pattern=pattern) if low < high else None
    elif "den" in groups:
        value = _any_number(groups["num"]) * 100 / scale_of(groups["den"])
    elif "num" in groups:
        tenth = groups.get("tenth", "")
        value = _any_number(groups["num"]) * 10 + (5 if tenth == "半" else DIGITS.get(tenth, 0))
    else:
        value = Decimal(50)
    return None if value is None else Quantity(span, "rate", unit, value, pattern=pattern)


def _quotient(part: Decimal, whole: Decimal) -> Decimal | None:
    """Return part ÷ whole to six places; None where there is none, or none that a report could mean."""
    if not whole or abs(part) > abs(whole) * _MOST_TIMES:
        return None
    return (part / whole).quantize(SIX_PLACES)


def _any_number(text: str) -> Decimal:
    return read_number(text).value if text[0].isdigit() else read_hanzi(text)


def _per(view: View, found: regex.Match[str], measure: Measure, printed: str) -> str:
    """Return what a figure is for: as printed behind it, or said before it; 人均…800元/年 is for 人·年."""
    if measure.kind not in ("amount", "other", "count", "duration") or (printed and printed not in _TIMES):
        return printed
    behind = _BEHIND.match(view.text, found.end())
    if behind is not None:
        return per_before(behind[1], len(behind[1]))
    if measure.kind == "duration" and _SINCE.search(view.text, max(0, found.start() - _FARTHEST), found.start()):
        return printed
    before = per_before(view.text, found.start())
    if printed and not before and _OWN_SHARE.search(view.text[max(0, found.start() - _REACH) : found.start()]):
        before = "人"  # 个人缴费标准380元/年
    return _with_time(before, printed)


def per_in_label(kind: Kind, printed: str, label: str) -> str:
    """Return what a figure of a table is for: as printed behind it, or as its row's label says (户均成本, 人均标准)."""
    if kind not in ("amount", "other") or (printed and printed not in _TIMES):
        return printed
    return _with_time(per_before(label, len(label)), printed)


def _with_time(before: str, time: str) -> str:
    """Join what a figure is for with the time that is printed behind it: 人 and 年 are 人·年."""
    if not time or before.endswith(time):
        return before or time
    return f"{before}·{time}" if before else time


def per_before(text: str, start: int) -> str:
    """Return what a price is for where that stands before it: 每人每年100元, 户均3378元; else the empty text."""
    words = text[max(0, start - _FARTHEST) : start]
    if not _SOME_EACH.search(words):
        return ""
    found = next((each for each in reversed(list(_EACH.finditer(words))) if _TAIL.match(words, each.end())), None)
    if found is None:
        return ""
    if found["mean"]:
        body, time = _mean(found["mean"])
        counted = matcher("figures", "mean").first(words[max(0, found.start() - _WHOSE) :])
        body = counted.set["unit"] if counted is not None else body
        return "·".join(part for part in (body, time or found["time"]) if part)
    what = "人" if found["what"] in ("位", "名") else found["what"]
    parts = (found["body"], found["first"]) if found["first"] else (what, found["inner"] or found["time"])
    return "·".join(part for part in parts if part)


def _mean(word: str) -> tuple[str, str]:
    """Return what a mean is for: 户均 is for 户, 年人均 and 人年均 are for 人 and 年."""
    letters = word.removesuffix("均")
    time = next((letter for letter in letters if letter in "年月"), "")
    return letters.replace(time, "") if time else letters, time


@lru_cache(maxsize=2048)
def _stated(side: str, text: str) -> Pattern | None:
    return matcher("bounds", side).first(text)


def bound_pattern(text: str, start: int, end: int) -> Pattern | None:
    """Return the pattern of bounds.toml that the words touching ``text[start:end]`` meet.

    A limit before the figure outweighs what follows it.
    """
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    before = _stated("left", left)
    if before is not None and before.set["bound"] != "approx" and not _INCLUDED.match(right):
        return None if before.set["bound"] in ("gt", "lt") and _stated("compared", right) else before
    return _stated("right", right) or before


def bound_at(text: str, start: int, end: int) -> Bound | None:
    """Return what the words that touch ``text[start:end]`` say of it; None where they say nothing."""
    pattern = bound_pattern(text, start, end)
    return None if pattern is None else cast("Bound", pattern.set["bound"])
