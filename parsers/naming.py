"""Name what a figure measures, from the words around it: metric, subject, scope.

The name is the noun phrase left of the figure in its clause, or the noun after a counted figure; what says nothing by
itself (同比增长, 完成率, 涉及资金) leans on the name before it. The subject is the group or thing named earlier in the
sentence that the figure belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from parsers.clauses import Around
from parsers.scan import Mark
from patterns import Pattern, catalogue

LONGEST = 40
_SHARE_NOUN = regex.compile(
    r"^(?:以上|以下|以内|左右)?的?(?P<share>比例|标准)(?P<verb>[一-龥]{0,4}?)(?=[,。;:、(\s]|$|[\d])"
)
_RIGHT_HEAD = regex.compile(
    r"^(?:\([^()]{0,14}\))?(?:及?以上|以下|以内|之内|内|左右|上下|余|多)*(?:\([^()]{0,14}\))?的?"
)
_OPEN = regex.compile(r"^[^(（]*[)）]|[(（][^)）]*$")
_TIER_END = regex.compile(
    r"^(?:\([^()]{0,14}\))?(?:及?以上|以下|以内|之内)?(?:\([^()]{0,14}\))?的?(?:段|部分|档|的|费用|$|,|、|按|至)"
)
_COUNTED = {"人": "人数", "户": "户数", "家": "家数", "个": "个数", "所": "所数"}
_PLURAL_END = regex.compile(r"(?:数|数量|人次|总数|总量|次数|存量|规模|率|额)$")


def _patterns(name: str) -> tuple[Pattern, ...]:
    return tuple(pattern for pattern in catalogue("naming") if pattern.field == name)


@dataclass(slots=True)
class Memory:
    """What earlier clauses of the sentence named; a new sentence begins a new one."""

    topic: str = ""
    """Words before a colon at the head: they hold for all that follows in the paragraph."""
    subject: str = ""
    name: str = ""
    """The last name that can stand by itself."""
    tier: str = ""
    """The last condition: 5万元以内段."""
    seen: int = 0
    """How far clauses have been read for subjects."""
    head: str = field(default="")
    """The first words of the part, where nothing else names a subject."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a figure measures (``metric``), whose it is (``subject``) and its reach (``scope``)."""

    metric: str
    subject: str
    scope: str
    own: str
    """The metric's part that stands at the figure itself."""


def clean(text: str, dates: Sequence[tuple[int, int]], start: int) -> tuple[str, str]:
    """Return the name in ``text`` (which begins at ``start``) and its scope; dates and what leads to them cut away."""
    for begin, end in dates:
        if start <= begin < start + len(text):
            text, start = text[end - start :], end
    return trim(text)


def trim(text: str) -> tuple[str, str]:
    """Return ``text`` without connectives at its head and copulas at its end, and the scope that it began with."""
    scope = ""
    while True:
        shorter = text
        for pattern in _patterns("lead"):
            shorter = pattern.regex.sub("", shorter)
        for pattern in _patterns("scope"):
            found = pattern.regex.match(shorter)
            if found and not scope:
                scope, shorter = found[0], shorter[found.end() :]
        for pattern in _patterns("trail"):
            shorter = pattern.regex.sub("", shorter)
        if shorter == text:
            break
        text = shorter
    return _OPEN.sub("", text)[-LONGEST:], scope


def is_generic(name: str) -> bool:
    """Tell whether ``name`` says nothing without the name before it."""
    return not name or any(pattern.regex.fullmatch(name) for pattern in _patterns("generic"))


def subject_in(text: str) -> str:
    """Return the last group that ``text`` names as a figure's owner; the empty text where there is none."""
    for pattern in _patterns("subject"):
        found = None
        for found in pattern.regex.finditer(text):  # noqa: B007  # the last one counts
            pass
        if found is not None:
            return trim(found["subject"])[0]
    return ""


def noun_after(text: str, kind: str) -> str:
    """Return the noun that follows a figure: 74家|定点医药机构|实行…, 按50%|比例救助 gives 救助比例."""
    share = _SHARE_NOUN.match(text)
    if kind == "rate" and share is not None:
        return share["verb"] + share["share"]
    rest = text[_RIGHT_HEAD.match(text).end() :]  # type: ignore[union-attr]  # the regex matches the empty text
    for pattern in _patterns("noun_end"):
        end = pattern.regex.search(rest)
        if end is not None and (end.start() or kind in ("count", "other")):
            rest = rest[: end.start()]
    return rest.strip("的、,。;:") if len(rest) <= LONGEST else rest[:LONGEST]


def name_figure(
    text: str, around: Around, marks: Sequence[Mark], dates: Sequence[tuple[int, int]], memory: Memory
) -> Name:
    """Name the figure of ``around`` and remember what later figures may lean on."""
    mark = around.mark
    assert mark.quantity is not None
    _read_on(text, around, dates, memory)
    own, scope = clean(text[around.left : mark.start], dates, around.left)
    kind = mark.quantity.kind
    right = text[mark.end : around.right]
    noun = noun_after(right, kind) if _wants_noun(kind, own, right) else ""
    metric = own + noun if not own.endswith(noun) else own
    found = subject_in(text[around.clause : mark.start] + (noun if kind == "count" else ""))
    if found:
        memory.subject, memory.tier = found, ""
    tier = _tier(text, around, own)
    whole = metric
    if is_generic(metric) and memory.name:
        whole = memory.name + metric if metric not in memory.name else memory.name
    elif metric and kind != "score" and not tier:
        memory.name = metric
    if kind == "count" and not noun and not _PLURAL_END.search(whole) and mark.quantity.unit:
        whole += _COUNTED.get(mark.quantity.unit, f"{mark.quantity.unit}数")
    subject = _subject(memory, whole, kind, metric)
    if tier:
        memory.tier = tier
    return Name(whole[-2 * LONGEST :], subject, scope, metric)


def _wants_noun(kind: str, own: str, right: str) -> bool:
    if not right or right[0] in ",。;、":
        return False
    if kind in ("count", "other", "duration"):
        return True
    if kind == "rate":
        return _SHARE_NOUN.match(right) is not None or len(own) <= 4
    return kind == "amount" and (len(own) <= 2 or right.startswith("的"))


def _subject(memory: Memory, metric: str, kind: str, own: str) -> str:
    """Join topic, subject and condition, without what the metric says itself."""
    parts = [memory.topic, memory.subject or (memory.name if memory.name != own else "") or memory.head]
    if kind == "rate" and memory.tier:
        parts.append(memory.tier)
    kept = [part for part in parts if part and part not in metric]
    return " ".join(dict.fromkeys(kept))


def _tier(text: str, around: Around, own: str) -> str:
    """Return the condition that an amount with a limit states: 5万元以内段, 个人自付3000元以下的."""
    quantity = around.mark.quantity
    assert quantity is not None
    bounded = quantity.low is not None or quantity.bound not in ("eq", "approx")
    after = text[around.mark.end : around.right]
    if quantity.kind != "amount" or not bounded:
        return ""
    found = _TIER_END.match(after)
    if found is None:
        return ""
    return own + text[around.mark.start : around.mark.end] + found[0].rstrip("的,、按至")


def _read_on(text: str, around: Around, dates: Sequence[tuple[int, int]], memory: Memory) -> None:
    """Read the clauses between the last figure and this one's for subjects and for a topic before a colon."""
    start = max(memory.seen, around.part[0])
    if start == around.part[0] and memory.seen <= start:
        memory.tier = memory.tier if around.part[0] > around.sentence[0] else ""
    between = text[start : around.clause]
    memory.seen = around.mark.end
    if not between:
        return
    colon = between.rstrip("( ")
    found = subject_in(between)
    if found:
        memory.subject = found
    if colon.endswith(":"):
        topic = regex.split(r"[,。;:]", colon[:-1])[-1]
        name, _ = clean(topic, dates, start + colon.rfind(topic))
        if 2 <= len(name) <= LONGEST // 2 and not is_generic(name):
            if start == around.sentence[0]:
                memory.topic = name
            else:
                memory.name = name
    elif not found and not memory.name:
        head, _ = clean(regex.split(r"[,。;:(]", between)[0], dates, start)
        memory.head = head if 4 <= len(head) <= LONGEST // 2 else memory.head
