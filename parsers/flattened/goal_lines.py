"""Goals of a form that lost its grid: 预期目标 and 实际完成情况, and under them what was planned and what was done.

The two heads follow each other, then the two texts; or each head has its text right behind it. A text that is a list
is as long on both sides, and its numbers begin again; or only what was planned has numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.document import Block, Cell, Document, Place, Span
from parsers.flattened.stream import Stream
from parsers.flattened.tokens import DONE, GOAL, cell_at, token_at
from parsers.report.paragraphs import Paragraph, number_at_head
from parsers.view import fold

LONGEST_HEAD = 16
LEAST_TEXT = 12
"""A shorter text may be a label of the form."""
MOST_LINES = 24
NAMED = "目标"
"""What a head of goals holds; few lines do."""
_SAYS = re.compile(r"[,。;]|\d+[^\d\s.、)]")
"""What a text says and a label does not: stops, or a figure with what it counts."""
_NUMBER = re.compile(r"(?:目标)?(\d{1,2})[:.、)](?!\d)")
_HEADINGS = ("part", "chapter", "hanzi", "hanzi-paren")


class Goals(NamedTuple):
    """Goals found: which lines they take, the two heads, and the two texts."""

    first: int
    stop: int
    heads: tuple[Span, Span]
    texts: tuple[Span, Span]


def goal_lines(document: Document, body: Sequence[Paragraph]) -> tuple[Stream, ...]:
    """Return the goals among the paragraphs, each a table of two columns, in order."""
    spans = [span for paragraph in body for span in paragraph.lines]
    found = []
    for goals in _goals_of_lines(document, spans):
        cells = tuple(goal_cells(document, goals, 1))
        span = Span(goals.heads[0].start, goals.texts[1].end)
        place = document.place_at(span.start) or Place("body")
        found.append(Stream(Block("table", document.text[span.start : span.end], place, cells=cells, span=span), span))
    return tuple(found)


def goal_cells(document: Document, goals: Goals, wide: int) -> Iterator[Cell]:
    """Yield the four cells of goals, each column ``wide`` columns of the table they stand in."""
    for row, pair in enumerate((goals.heads, goals.texts)):
        for side, span in enumerate(pair):
            token = token_at(document, *span)
            if token is not None:
                yield cell_at(document, token, row, side * wide, colspan=wide)


def goals_above(document: Document, spans: Sequence[Span], stop: int) -> Goals | None:
    """Return the goals whose texts end right before a line: the head of the indicators, whatever the texts are like."""
    texts = _texts(document, spans[max(stop - MOST_LINES, 0) : stop])
    first = stop - len(texts)
    at = next((at for at in reversed(range(len(texts))) if _is_goal(texts[at])), -1)
    found = _goals(spans[first:stop], texts, at, len(texts)) if at >= 0 else None
    return found._replace(first=first + found.first, stop=stop) if found is not None else None


def _texts(document: Document, spans: Sequence[Span]) -> list[str]:
    return [_text(document, span) for span in spans]


def _text(document: Document, span: Span) -> str:
    return " ".join(fold(document.text[span.start : span.end]).split())


def _goals_of_lines(document: Document, spans: Sequence[Span]) -> Iterator[Goals]:
    """Yield the goals among lines, in order."""
    named = (at for at, span in enumerate(spans) if document.text.find(NAMED, *span) >= 0)
    heads = [at for at in named if _is_goal(_text(document, spans[at]))]
    texts = _texts(document, spans) if heads else []
    stop = 0
    for at in heads:
        goals = _goals(spans, texts, at) if at >= stop else None
        if goals is not None:
            yield goals
            stop = goals.stop


def _is_goal(text: str) -> bool:
    return _is_head(text) and GOAL.search(text) is not None


def _goals(spans: Sequence[Span], texts: Sequence[str], at: int, stop: int | None = None) -> Goals | None:
    """Return the goals whose first head is a line, up to ``stop`` or what begins something else."""
    ahead = range(at + 1, min(at + 1 + MOST_LINES, len(texts)))
    done = next((i for i in ahead if _is_head(texts[i]) and DONE.search(texts[i])), 0)
    if not done:
        return None
    known = stop is not None
    if stop is None:
        stop = next((i for i in range(done + 1, min(done + 1 + MOST_LINES, len(texts))) if _ends(texts[i])), len(texts))
    listed = _listed(texts[done + 1 : stop]) if done == at + 1 else 0
    if listed:
        first, half = done + 1, listed
        second, even = first + half, True
    elif done == at + 1:
        first, half = done + 1, (stop - done - 1) // 2
        second = first + half
        even = half > 0 and (stop - first) % 2 == 0
    else:
        first, second = at + 1, done + 1
        half = done - first
        even = stop - second == half
    if not even or (not known and any(_ends(text) for text in texts[first : first + half])):
        return None
    if half > 1 and not listed and not _begins_again(texts[first : first + half], texts[second:stop]):
        return None
    if not known and max(len(texts[first]), len(texts[second])) < LEAST_TEXT:
        return None
    planned = Span(spans[first].start, spans[first + half - 1].end)
    return Goals(at, stop, (spans[at], spans[done]), (planned, Span(spans[second].start, spans[stop - 1].end)))


def _is_head(text: str) -> bool:
    return len(text) <= LONGEST_HEAD


def _ends(text: str) -> bool:
    """Tell whether a line begins what follows goals: a label of the form, or a heading."""
    if len(text) > LONGEST_HEAD or _SAYS.search(text):
        return False
    number = number_at_head(text)
    return number is None or number[0] in _HEADINGS


def _begins_again(planned: Sequence[str], done: Sequence[str]) -> bool:
    """Tell whether two lists have the same numbers."""
    numbers = [[number_at_head(text) for text in texts] for texts in (planned, done)]
    return numbers[0] == numbers[1] and all(number is not None for number in numbers[0])


def _listed(texts: Sequence[str]) -> int:
    """Return how many lines a numbered list has that stands before others without numbers; 0 where none does."""
    numbers = [found[1] if (found := _NUMBER.match(text)) else "" for text in texts]
    count = sum(map(bool, numbers))
    return count if 0 < count < len(texts) and numbers[:count] == [str(i + 1) for i in range(count)] else 0
