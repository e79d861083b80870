"""Figures that stand beside a total and are none: what was before a change, what a stated rate is taken of."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from parsers.stretches import Stretch

_AFTERWARDS = regex.compile(
    r"^(?:的|左右)?[,]?(?:调整|调[增减整]|提高|提升|上升|增加|增长|扩大|减少|下降|降低|压[减缩]|核减|缩减|变更?|改)(?:到|至|为)"
)
_OTHERS = regex.compile(r"^(?:以及|及|和)?(?:其他|其它|其余)")
_OF_STATED = regex.compile(r"^的(?:约|近)?$")


def superseded(stretch: Stretch, at: int) -> bool:
    """Tell whether a figure is what was before a change: 由年初的76138万元调整为89138万元."""
    return _AFTERWARDS.match(stretch.after(at)) is not None


def compared_with(stretch: Stretch, at: int) -> bool:
    """Tell whether a figure is only what another is held against: 完成预算600万元的64.33%."""
    following = at + 1
    if following >= len(stretch.figures) or stretch.figures[following].fact.unit != "%":
        return False
    return _OF_STATED.match(stretch.after(at)) is not None


def names_rest(labels: Sequence[str]) -> bool:
    """Tell whether a list ends with what is left (其他方式整改): then nothing is left out of it."""
    return (
        len(labels) > 2 and bool(_OTHERS.match(labels[-1])) and not any(_OTHERS.match(label) for label in labels[:-1])
    )
