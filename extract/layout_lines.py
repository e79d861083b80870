"""Pieces of text to lines: pieces on one baseline are joined, lines come out in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.layout import CJK, Line, PageContent

COLUMN_LINES = 8
"""Two columns are believed in where each side of the gutter has at least so many lines."""


def needs_space(left: str, right: str, gap: float, em: float) -> bool:
    """Tell whether ``gap`` (points) between two characters stands for a space.

    Chinese characters are set apart by up to half an em without one; within a figure the limit is half an em too, for a
    torn figure is worse than a missing space.
    """
    if not left or not right:
        return False
    if CJK.match(left) or CJK.match(right):
        return gap > 0.5 * em
    if (left.isdigit() or left in ".,") and (right.isdigit() or right in ".,") and not (left + right).isdigit():
        return gap > 0.5 * em
    return gap > 0.2 * em


def same_baseline(a: Line, b: Line) -> bool:
    """Tell whether two pieces stand beside each other: they share more than half the lower one's height."""
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > 0.5 * min(a.bottom - a.top, b.bottom - b.top)


def _repeats(a: Line, b: Line) -> bool:
    """Tell whether ``b`` is ``a`` printed again a hair's breadth away, as some programs make bold type."""
    if a.text != b.text:
        return False
    near = 0.3 * a.em
    return abs(a.x0 - b.x0) < near and abs(a.x1 - b.x1) < near and abs(a.top - b.top) < near


def _join(pieces: Sequence[Line]) -> Line:
    first = pieces[0]
    text = first.text
    for before, piece in pairwise(pieces):
        gap = piece.x0 - before.x1
        if before.spaced or needs_space(text[-1:], piece.text[:1], gap, max(before.em, piece.em)):
            text += " "
        text += piece.text
    scores = [piece.score for piece in pieces if piece.score is not None]
    longest = max(pieces, key=lambda piece: len(piece.text))
    return Line(
        text=text,
        x0=first.x0,
        top=min(piece.top for piece in pieces),
        x1=max(piece.x1 for piece in pieces),
        bottom=max(piece.bottom for piece in pieces),
        em=longest.em,
        score=min(scores, default=None),
        spaced=pieces[-1].spaced,
    )


def to_lines(pieces: Iterable[Line]) -> tuple[Line, ...]:
    """Join the pieces that share a baseline; return the lines from top to bottom."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: ((piece.top + piece.bottom) / 2, piece.x0)):
        for row in rows[-3:]:
            if piece.top < row[0].bottom and same_baseline(row[0], piece) and same_baseline(row[-1], piece):
                if not any(_repeats(other, piece) for other in row):
                    row.append(piece)
                break
        else:
            rows.append([piece])
    return tuple(row[0] if len(row) == 1 else _join(sorted(row, key=lambda piece: piece.x0)) for row in rows)


def gutter(pieces: Sequence[Line], width: float) -> float | None:
    """Return where two columns of text part, or None for the usual single column.

    A gutter is at least two em wide, in the page's middle third, crossed by no piece, with enough lines on both sides
    that stand side by side.
    """
    if len(pieces) < 2 * COLUMN_LINES:
        return None
    reach = width / 3
    low, high = reach, 2 * reach
    if any(piece.x0 < low and piece.x1 > high for piece in pieces):
        return None
    edges = sorted((piece.x0, piece.x1) for piece in pieces)
    covered = edges[0][1]
    best: tuple[float, float] | None = None
    for x0, x1 in edges[1:]:
        start, end = max(covered, low), min(x0, high)
        if end - start > (best[1] - best[0] if best else 0.0):
            best = (start, end)
        covered = max(covered, x1)
    if best is None:
        return None
    middle = (best[0] + best[1]) / 2
    left = [piece for piece in pieces if piece.x1 <= middle]
    right = [piece for piece in pieces if piece.x0 >= middle]
    em = max(piece.em for piece in pieces)
    enough = len(left) >= COLUMN_LINES and len(right) >= COLUMN_LINES
    full = all(_mean_width(side) > 0.25 * width for side in (left, right))
    return middle if enough and full and best[1] - best[0] > 2 * em else None


def _mean_width(pieces: Sequence[Line]) -> float:
    return sum(piece.x1 - piece.x0 for piece in pieces) / len(pieces) if pieces else 0.0


def page_contents(content: PageContent) -> tuple[PageContent, ...]:
    """Join the pieces in ``content.lines`` to lines; a page set in two columns comes back as two contents."""
    boxes = [grid.box for grid in content.grids]
    split = gutter(content.lines, content.width)
    if split is None or any(x0 < split < x1 for x0, _, x1, _ in boxes):
        return (replace(content, lines=to_lines(content.lines)),)
    left = replace(
        content,
        lines=to_lines(piece for piece in content.lines if piece.x1 <= split),
        grids=tuple(grid for grid in content.grids if grid.box[2] <= split),
    )
    right = replace(
        content,
        lines=to_lines(piece for piece in content.lines if piece.x0 >= split),
        grids=tuple(grid for grid in content.grids if grid.box[0] >= split),
        aside=(),
        notices=(),
    )
    return (left, right)
