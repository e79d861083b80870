"""Figures that stand beside a total and are none: what was before a change, what a stated rate is taken of."""

from __future__ import annotations

from parsers.relate.stretches import Stretch
from patterns import cue

_AFTERWARDS = cue("relations", "relation.cue.afterwards")
_OF_STATED = cue("relations", "relation.cue.of-stated")


def superseded(stretch: Stretch, at: int) -> bool:
    """Tell whether a figure is what was before a change: 由年初的76138万元调整为89138万元."""
    return _AFTERWARDS.match(stretch.after(at)) is not None


def deducted(stretch: Stretch, at: int) -> bool:
    """Tell whether a figure is what was taken off: 扣2分."""
    return "扣" in stretch.before(at)[-3:]


def compared_with(stretch: Stretch, at: int) -> bool:
    """Tell whether a figure is only what another is held against: 完成预算600万元的64.33%."""
    following = at + 1
    if following >= len(stretch.figures) or stretch.figures[following].fact.unit != "%":
        return False
    return _OF_STATED.match(stretch.after(at)) is not None
