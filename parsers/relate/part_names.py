"""What the names of listed parts tell: whether they are all of a whole, and whether one can be part of another.

``found`` asks for any of the words of relations.toml, in names and in the text between figures.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from patterns import cue, matcher

_OTHERS = cue("relations", "relation.cue.others")
_INCOME = cue("relations", "relation.cue.income")
_SPENDING = cue("relations", "relation.cue.spending")


def found(field: str, text: str) -> regex.Match[str] | None:
    """Return where a pattern of relations.toml for ``field`` matches ``text``, the first in the file's order."""
    for pattern in matcher("relations", field).patterns:
        match = pattern.search(text)
        if match is not None:
            return match
    return None


def is_family(labels: Sequence[str]) -> bool:
    """Tell whether parts are named after one family that makes up a whole, each after another: 中央 and 省级.

    存款利息 and 贷款利息 are no such family: what else bears interest is not said.
    """
    for pattern in matcher("relations", "family").patterns:
        members = [match[0] for label in labels if (match := pattern.regex.search(label))]
        if len(set(members)) == len(labels):
            return True
    return False


def crossing(labels: Sequence[str]) -> bool:
    """Tell whether some parts have a trait that others may have too; one that all have parts nothing."""
    traits = {match[0] if (match := found("across", label)) else "" for label in labels}
    return len(traits) > 1


def leading_whole(labels: Sequence[str]) -> int:
    """Return how many of the first parts are by name all of a whole (税收 and 非税), each once; else 0."""
    for pattern in matcher("relations", "whole").patterns:
        named = set(pattern.regex.groupindex)
        found_in = [match.lastgroup for label in labels[: len(named)] if (match := pattern.regex.search(label))]
        if len(found_in) == len(named) and set(found_in) == named:
            return len(named)
    return 0


def turned(total: str, part: str) -> bool:
    """Tell whether a list of income has gone over to spending, or the other way round."""
    turns = ((_INCOME, _SPENDING), (_SPENDING, _INCOME))
    return any(one.search(total) and other.search(part) for one, other in turns)


def names_rest(labels: Sequence[str]) -> bool:
    """Tell whether a list ends with what is left (其他方式整改): then nothing is left out of it."""
    return (
        len(labels) > 2 and bool(_OTHERS.match(labels[-1])) and not any(_OTHERS.match(label) for label in labels[:-1])
    )
