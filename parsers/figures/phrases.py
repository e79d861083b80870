"""The phrases beside a figure: connectives cut off, what says nothing by itself, groups, nouns behind a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from patterns import Pattern, cue, matcher

LONGEST = 40
_SHARE = cue("naming", "naming.cue.share")
_RATE_NOUN = cue("naming", "naming.cue.rate-noun")
_STANDARD = cue("naming", "naming.cue.standard")
_PURPOSE = cue("naming", "naming.cue.purpose")
_DOING = cue("naming", "naming.cue.doing")
_LIMIT = cue("naming", "naming.cue.limit")
_BEFORE_DATE = cue("naming", "naming.cue.before-date")
_FUNDS = cue("naming", "naming.cue.funds")
_HANDED = cue("naming", "naming.cue.handed")
_NO_NOUN = cue("naming", "naming.cue.no-noun")
_TOWARDS = cue("naming", "naming.cue.towards")
_NOT_DONE = cue("naming", "naming.cue.not-done")
_AMONG_END = cue("naming", "naming.cue.among-end")
_PHRASE = re.compile(r"(?:\d{1,3}(?:[-~至到]\d{1,3})?周?岁(?:及?以[上下])?的?)?[一-龥A-Za-z“”·]{2,24}")
_YEAR = cue("naming", "naming.cue.year-left")
_OPENED = re.compile(r"\([^()]*$")
"""3个行政部门(人大、…: a bracket whose end stands behind a comma."""
_UNCLOSED = re.compile(r"^[^(（]*[)）]|[(（][^)）]*$")


@cache
def _patterns(name: str) -> tuple[Pattern, ...]:
    return matcher("naming", name).patterns


@lru_cache(maxsize=4096)
def trim(text: str) -> tuple[str, str]:
    """Return ``text`` without connectives at its head and copulas at its end, and the scope that it began with."""
    scope = ""
    while True:
        shorter = text
        for pattern in _patterns("lead"):
            shorter = pattern.cut_from(shorter)
        for pattern in _patterns("scope"):
            found = pattern.regex.match(shorter)
            if found and not scope:
                scope, shorter = found[0], shorter[found.end() :]
        for pattern in _patterns("trail"):
            shorter = pattern.cut_from(shorter)
        shorter = _UNCLOSED.sub("", shorter)
        if shorter == text:
            return _shortened(text), scope
        text = shorter


def _shortened(text: str) -> str:
    """Return the last words of a name that is too long; a name in quotation marks is kept whole."""
    if len(text) <= LONGEST:
        return text
    opened = text.rfind("“", 0, -LONGEST)
    if opened >= 0 and text.endswith("”") and len(text) - opened <= 2 * LONGEST:
        return text[opened:]
    return text[-LONGEST:]


def clean(text: str, dates: Sequence[tuple[int, int]], start: int) -> tuple[str, str]:
    """Return the name in ``text``, which begins at ``start``, and its scope; what stands before a date is cut away."""
    name, scope = text, ""
    for begin, end in reversed(dates):
        if start <= begin < start + len(text):
            cut = end - start
            if text.startswith("年初", cut - 1):  # 2020年|初预算安排: the day belongs to the budget's name
                cut -= 1
            after, scope = trim(text[cut:])
            if not is_generic(after):
                return after, scope
            before = _clause_end(text[: begin - start])
            name, _ = trim(before)
            return (name + after if after and after not in name else name), scope
    return trim(name.partition("=")[0] or name)


def _clause_end(text: str) -> str:
    """Return the words before a date in a clause: 毛入园率由|2021年的91.2%; none where the date stood at its head."""
    return str(_BEFORE_DATE.sub("", text))


@lru_cache(maxsize=4096)
def is_generic(name: str) -> bool:
    """Tell whether ``name`` says nothing without the name before it."""
    return not name or any(pattern.regex.fullmatch(name) for pattern in _patterns("generic"))


@lru_cache(maxsize=4096)
def subject_in(text: str) -> str:
    """Return the last group that ``text`` names as a figure's owner; the empty text where there is none."""
    for pattern in _patterns("subject"):
        found = list(pattern.found_in(text))
        if found:
            return trim(_YEAR.sub("", found[-1]["subject"]))[0]
    return ""


def counted_noun(text: str, kind: str) -> str:
    """Return the noun after a figure up to the clause's verb: 74家|定点医药机构|实行了全覆盖现场检查."""
    limit = _LIMIT.match(text)
    rest = text[limit.end() :] if limit else text
    for pattern in _patterns("noun_end"):
        end = pattern.regex.search(rest)
        if end is not None and (end.start() or kind in ("count", "other")):
            rest = rest[: end.start()]
    noun = _AMONG_END.sub("", _OPENED.sub("", rest).strip("的、,。;:)("))
    return str(noun + ")" if "(" in noun and ")" not in noun else noun)[:LONGEST]  # 县(市、区)


def number_of(unit: str) -> str:
    """Return what the number of so many is called: 人次 says so itself, 次 and 户 do not."""
    return unit if unit.endswith("次") and unit != "次" else f"{unit}数"


def done_to(left: str, right: str) -> str:
    """Return the name of those to whom something was done: 向|37名|住院患者发放慰问金 counts 发放慰问金的住院患者."""
    phrase = _PHRASE.match(right) if _TOWARDS.search(left) else None
    if phrase is None:
        return ""
    noun = counted_noun(phrase[0], "count")
    deed = _AMONG_END.sub("", phrase[0]).partition(noun)[2] if noun else ""
    return f"{deed}的{noun}" if len(deed) > 1 else noun


def deed_for(left: str, right: str) -> str:
    """Return what was done for people whom only their number names: 为|1268人|提供居家养老服务."""
    phrase = _PHRASE.match(right) if _TOWARDS.search(left) else None
    return "" if phrase is None or counted_noun(phrase[0], "count") else phrase[0]


def noun_after(own: str, left: str, right: str, kind: str) -> str:
    """Return the noun after a figure that belongs to its name, or the empty text.

    ``own`` is the name found on the left, ``left`` and ``right`` the text around the figure.
    """
    if not right or right[0] in ",。;、:=" or _NO_NOUN.match(right):
        return ""
    if kind == "rate":
        share = _SHARE.match(right)
        if share is not None:
            return f"{share['verb']}{share['share']}"
        noun = _RATE_NOUN.match(right)
        if noun is not None and (len(own) <= 4 or _DOING.search(left)):
            return str(noun["noun"])
        return counted_noun(right, kind) if len(own) <= 2 or _DOING.search(left) else ""
    if kind in ("count", "other", "duration"):
        not_done = _NOT_DONE.match(right) if kind != "duration" else None
        return str(not_done[0]) if not_done is not None else counted_noun(right, kind)
    funds = _FUNDS.match(right) if kind == "amount" and _HANDED.search(left) else None
    if funds is not None:
        return str(funds["noun"])
    if kind != "amount" or (len(own) > 2 and not right.startswith("的")):
        return ""
    standard = _STANDARD.match(right)
    if standard is not None:
        return str(standard["noun"])
    purpose = _PURPOSE.match(right)
    return str(purpose["noun"]).rstrip("的") if purpose is not None else counted_noun(right, kind)
