"""Tables that a plain-text file holds flattened: where they stand and which characters are which cell.

Three ways of flattening are known. ``_tabbed``: a cell a line, each led by a tab, rows set apart by an empty line.
``_piped``: a cell a line, each closed by a bar, short rows filled up with bars. ``_lined``: a row a line, its cells
separated by tabs. What does not fit them safely is no table here, and stays what it is in the text: lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell's characters: half-open offsets into the text, and the number of its first line."""

    text: str
    start: int
    line: int

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that stand together: lines ``first`` to ``last``, both counted from 0 and inclusive."""

    first: int
    last: int
    rows: tuple[tuple[RawCell, ...], ...]


_LONGEST_CELL = 60  # lines: a longer one is prose after a table
# What stands after a table, not in its last cell: headings, notes, and the lines to sign on.
_OUTSIDE = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十\d]+[章节部]|附\s*[件表]|表\s*[\d一二三四五六七八九十]"
    r"|[注说备][明注]?\s*[:：]|(?:填报|填表|制表|审核|经办|联系|负责)\s*人|联系电话|[^，。]{0,8}(?:负责人|盖章|公章))"
)
_PIPED = re.compile(r"(?P<text>.*?)\s*(?P<bars>\|+)\s*")
_LINED = re.compile(r"[^\t]*(?:\t[^\t]*)+")
_REMARK = re.compile(r"备\s*注|说明|原因|措施")
_FIGURE = re.compile(r"[≥≤><=＝约]{0,2}\s*[-+−－]?[\d０-９]|[-—－/／]+$")


class Lines:
    """The text's lines with their offsets; line ends other than the line feed belong to their line."""

    def __init__(self, text: str) -> None:
        """Split ``text`` at line feeds."""
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, index: int) -> str:
        return self.lines[index]

    def blank(self, index: int) -> bool:
        """Return whether the line shows nothing."""
        return not self.lines[index].strip()

    def cells(self, index: int) -> int:
        """Return how many cells tabs make of the line."""
        return self.lines[index].count("\t") + 1

    def tabbed(self, index: int) -> bool:
        """Return whether the line is the first of a cell that a tab leads."""
        return self.lines[index].startswith("\t") and "\t" not in self.lines[index][1:].rstrip()

    def cell(self, first: int, last: int, lead: int) -> RawCell:
        """Return lines ``first`` to ``last`` as a cell, without the ``lead`` characters before it."""
        while last > first and self.blank(last):
            last -= 1
        text = "\n".join(self.lines[first : last + 1])[lead:].rstrip("\r")
        return RawCell(text, self.starts[first] + lead, first)


def find_runs(lines: Lines) -> Iterator[Run]:
    """Yield the tables in the order of the text; they never overlap."""
    at = 0
    while at < len(lines):
        run = _tabbed(lines, at) or _piped(lines, at) or _lined(lines, at)
        if run is None:
            at += 1
            continue
        if len(run.rows) > 1 and max(map(len, run.rows)) > 1:
            yield run
        at = run.last + 1


def _tabbed(lines: Lines, first: int) -> Run | None:
    """Read from ``first`` on, where a cell led by a tab begins a run."""
    if not lines.tabbed(first):
        return None
    rows: list[tuple[RawCell, ...]] = []
    row: list[RawCell] = []
    at = first
    while True:
        following = _next_tabbed(lines, at)
        last, goes_on = _cell_end(lines, at, following)
        row.append(lines.cell(at, last, 1))
        if following is None or not goes_on:
            break
        # Paragraphs inside a cell are set apart by an empty line too, so only an odd one is the end of a row.
        gap = _gap_before(lines, following)
        if gap % 2 or (gap and not row[-1].text.strip()):
            rows.append(tuple(row))
            row = []
        at = following
    rows.append(tuple(row))
    return Run(first, last, tuple(rows))


def _next_tabbed(lines: Lines, at: int) -> int | None:
    return next(
        (index for index in range(at + 1, min(at + 2 + _LONGEST_CELL, len(lines))) if lines.tabbed(index)), None
    )


def _gap_before(lines: Lines, at: int) -> int:
    """Return how many empty lines stand before a line."""
    gap = 0
    while at - gap > 0 and lines.blank(at - gap - 1) and not lines.tabbed(at - gap - 1):
        gap += 1
    return gap


def _cell_end(lines: Lines, at: int, following: int | None) -> tuple[int, bool]:
    """Return the last line of the cell that begins at ``at``, and whether the run goes on after it."""
    adjacent = at
    while adjacent + 1 < len(lines) and not lines.blank(adjacent + 1) and not lines.tabbed(adjacent + 1):
        adjacent += 1
    stop = len(lines) if following is None else following
    rest = range(adjacent + 1, stop)
    if all(lines.blank(index) for index in rest):
        return adjacent, following is not None
    empty_cell = lines.blank(at) and adjacent == at
    if following is None or empty_cell or any(_OUTSIDE.match(lines[index]) for index in rest):
        return adjacent, False
    return following - 1, True


def _piped(lines: Lines, first: int) -> Run | None:
    """Read from ``first`` on, where lines closed by bars begin; no rows unless every row comes to the same width."""
    rows: list[list[RawCell]] = [[]]
    fills: list[int] = [0]  # bars that fill a row up
    at = last = start = first
    while at < len(lines) and at - start < _LONGEST_CELL:
        match = _PIPED.fullmatch(lines[at])
        if match is None:
            if at == first or lines.blank(at):
                break
            at += 1
            continue
        bars = len(match["bars"])
        if (match["text"] and bars > 1) or "|" in match["text"]:
            break
        if bars > 1:
            fills[-1] = bars
            rows.append([])
            fills.append(0)
        else:
            cell = lines.cell(start, at, 0)
            text = cell.text[: cell.text.rindex("|")].rstrip()
            rows[-1].append(RawCell(text, cell.start, start))
        last = at
        at += 1
        start = at
    widths = {len(row) + fill for row, fill in zip(rows, fills, strict=True) if fill}
    if not widths:
        return Run(first, last, ()) if last > first else None
    return _cut(first, last, rows, fills, min(widths))


def _cut(first: int, last: int, rows: list[list[RawCell]], fills: list[int], width: int) -> Run:
    """Cut what stands between two fillings into rows of ``width``; only the very last row may come up short.

    Without rows where something does not fit.
    """
    cut: list[tuple[RawCell, ...]] = []
    for row, fill in zip(rows, fills, strict=True):
        if fill >= width or (fill and (len(row) + fill) % width):
            return Run(first, last, ())
        cut += [tuple(row[at : at + width]) for at in range(0, len(row), width)]
    return Run(first, last, tuple(cut))


def _lined(lines: Lines, first: int) -> Run | None:
    """Read from ``first`` on, where lines hold the same number of cells: two lines of three, or three of two."""
    if not _LINED.fullmatch(lines[first].rstrip("\r")):
        return None
    width = lines.cells(first)
    last = _last(lines, first, (width,))
    short = _last(lines, first, (width, width - 1))
    if short > last and _trimmed(lines, range(first, short + 1)):
        last = short
    if (last - first + 1) * (width - 1) < 4 or width < 2 or last - first < 1:
        return None
    rows: list[tuple[RawCell, ...]] = []
    for index in range(first, last + 1):
        at = lines.starts[index]
        row: list[RawCell] = []
        for text in lines[index].rstrip("\r").split("\t"):
            row.append(RawCell(text, at, index))
            at += len(text) + 1
        if len(row) < width:
            row.append(RawCell("", row[-1].end, index))
        rows.append(tuple(row))
    return Run(first, last, tuple(rows))


def _last(lines: Lines, first: int, widths: tuple[int, ...]) -> int:
    """Return the last of the lines from ``first`` on that hold so many cells each."""
    last = first
    while last + 1 < len(lines) and lines.cells(last + 1) in widths and not lines.blank(last + 1):
        last += 1
    return last


def _trimmed(lines: Lines, rows: range) -> bool:
    """Tell whether the lines with a cell less lost it at their end, a blank remark whose tab was cut off.

    The head says that remarks stand there, or a tab that opens a line shows that blanks were kept in front; and under
    no column stand numbers in the lines that have it and words in those that lost one, or the other way round.
    """
    head, *below = ([cell.strip() for cell in lines[index].split("\t")] for index in rows)
    width = len(head)
    if not _REMARK.search(head[-1]) and not any(cells[0] == "" for cells in below):
        return False
    full = [cells for cells in below if len(cells) == width]
    kinds = [{_FIGURE.match(cell) is not None for cell in column if cell} for column in zip(*full, strict=True)]
    short = [cells for cells in below if len(cells) < width]
    told = kinds or [set[bool]()] * width
    if not full and not all(_FIGURE.match(cells[-1]) for cells in short):
        return False  # nothing tells a remark from a cell that was lost in front
    return all(
        len(kind) != 1 or not cell or (_FIGURE.match(cell) is not None) in kind
        for cells in short
        for cell, kind in zip(cells, told[:-1], strict=True)
    )
