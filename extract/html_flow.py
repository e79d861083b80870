"""The walk over a web page: elements in, lines and tables out, in the order they are read.

Pages nest beyond what Python can call: the walk goes by events, with stacks of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from extract.document import Block, Cell, Place, table_text
from extract.html_style import BLOCKS, DROPPED, HEADINGS, PREFORMATTED, is_hidden, list_number, list_style, tag_of
from extract.html_table import Element, GridCell, grid, holds_data

_BREAK: Final = "\u2028"  # a line break of the page, told from those of its source
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES: Final = re.compile(r"[ \t\r\n\f\x0b]+")
_WIDE: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’…—]")


@dataclass(slots=True)
class _Flow:
    """A column of text: the page's, or a cell's."""

    cell: GridCell | None = None
    lines: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    element: Element
    cells: dict[Element, GridCell]
    texts: dict[Element, str] = field(default_factory=dict)


@dataclass(slots=True)
class _List:
    style: str
    number: int
    step: int
    ordered: bool


@dataclass(slots=True)
class Walk:
    """What a page holds, after ``over``: its blocks, its feet, and how many pieces of it are hidden."""

    blocks: list[Block] = field(default_factory=list)
    margins: list[Block] = field(default_factory=list)
    hidden: int = 0
    _counts: Counter[str] = field(default_factory=Counter)
    _flows: list[_Flow] = field(default_factory=lambda: [_Flow()])
    _tables: list[_Table] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _item: str = ""
    _level: int | None = None
    _preformatted: int = 0
    _foot: Element | None = None

    def over(self, root: Element) -> Walk:
        """Walk over the page."""
        events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in events:
            if event == "start":
                if self._is_out(element):
                    self._skipped(element)
                    events.skip_subtree()
                else:
                    self._start(element)
            elif event == "end" and not self._is_out(element):
                self._end(element)
            if event != "start" and element is not root:
                self._say(element.tail)
        self._end_line()
        return self

    def _is_out(self, element: Element) -> bool:
        return tag_of(element) in DROPPED or is_hidden(element)

    def _skipped(self, element: Element) -> None:
        if is_hidden(element) and "".join(element.itertext()).strip() and tag_of(element) not in DROPPED:
            self.hidden += 1

    def _say(self, text: str | None) -> None:
        if text:
            text = _INVISIBLE.sub("", text).replace(_BREAK, " ")
            if self._preformatted:
                text = text.replace("\r\n", "\n").replace("\n", _BREAK)
            self._flows[-1].pending.append(text)

    def _start(self, element: Element) -> None:
        tag = tag_of(element)
        if tag == "br":
            self._flows[-1].pending.append(_BREAK)
        elif tag in BLOCKS:
            self._end_line()
            self._open(tag, element)
        self._say(element.text)

    def _open(self, tag: str, element: Element) -> None:
        if tag == "table":
            cells = grid(element)
            if holds_data(element, cells):
                self._tables.append(_Table(element, {cell.element: cell for cell in cells}))
        elif tag in ("td", "th"):
            cell = self._tables[-1].cells.get(element) if self._tables else None
            if cell is not None:
                self._flows.append(_Flow(cell))
        elif tag in ("ol", "ul", "menu", "dir"):
            self._lists.append(_opened(element, ordered=tag == "ol"))
        elif tag == "li" and self._lists:
            self._item = _next_number(self._lists[-1], element)
        elif tag in HEADINGS:
            self._level = HEADINGS[tag]
        elif tag == "footer" and self._foot is None and tag_of(element.getparent()) == "body":
            self._foot = element
        self._preformatted += tag in PREFORMATTED

    def _end(self, element: Element) -> None:
        tag = tag_of(element)
        if tag not in BLOCKS:
            return
        self._end_line()
        if tag in ("td", "th") and (cell := self._flows[-1].cell) is not None and cell.element is element:
            self._tables[-1].texts[element] = "\n".join(self._flows.pop().lines)
        elif tag == "table" and self._tables and self._tables[-1].element is element:
            self._end_table(self._tables.pop())
        elif tag in ("ol", "ul", "menu", "dir") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._item = ""
        elif tag in HEADINGS:
            self._level = None
        elif element is self._foot:
            self._foot = None
        self._preformatted -= tag in PREFORMATTED

    def _end_line(self) -> None:
        """Put what is pending into lines: the page's are blocks, a cell's are joined at its end."""
        flow = self._flows[-1]
        raw, flow.pending = "".join(flow.pending), []
        if self._preformatted:
            lines = [line.rstrip() for line in raw.split(_BREAK)]
        else:
            lines = [line.strip() for line in _SPACES.sub(_space, raw).split(_BREAK)]
        lines = [line for line in lines if line.strip()]
        if not lines:
            return
        number, self._item = self._item, ""
        if number:
            lines[0] = f"{number}{'' if number.endswith('、') else ' '}{lines[0]}"
        if flow.cell is not None:
            flow.lines += lines
        elif self._level is not None:
            self._add(Block("heading", "\n".join(lines), self._place("paragraph"), self._level, number or None))
        else:
            for line in lines:
                self._add(Block("paragraph", line, self._place("paragraph"), number=number or None))
                number = ""

    def _end_table(self, table: _Table) -> None:
        outer = self._flows[-1]
        place = Place("") if outer.cell is not None else self._place("table")
        cells = tuple(
            Cell(
                cell.row,
                cell.col,
                table.texts.get(cell.element, ""),
                Place(f"{place.path} row {cell.row + 1} cell {cell.ordinal}"),
                cell.rowspan,
                cell.colspan,
            )
            for cell in table.cells.values()
        )
        if not any(cell.text for cell in cells):
            return
        if outer.cell is not None:  # a table in a cell of another is read as its rows
            outer.lines += table_text(cells, 0)[0].split("\n")
        else:
            self._add(Block("table", "", place, cells=cells))

    def _place(self, kind: str) -> Place:
        self._counts[kind] += 1
        return Place(f"body/{kind} {self._counts[kind]}")

    def _add(self, block: Block) -> None:
        (self.blocks if self._foot is None else self.margins).append(block)


def _space(found: re.Match[str]) -> str:
    """Return what a stretch of white space shows: nothing where it is a line end of the source between Chinese."""
    text, start, end = found.string, found.start(), found.end()
    if "\n" in found[0] and start > 0 and end < len(text) and _WIDE.match(text[start - 1]) and _WIDE.match(text[end]):
        return ""
    return " "


def _opened(element: Any, *, ordered: bool) -> _List:
    start = _integer(element.get("start"), 1)
    items = sum(1 for child in element if tag_of(child) == "li")
    if element.get("reversed") is not None:
        return _List(list_style(element), _integer(element.get("start"), items), -1, ordered)
    return _List(list_style(element), start, 1, ordered)


def _next_number(one: _List, element: Any) -> str:
    if not one.ordered:
        return ""
    number = _integer(element.get("value"), one.number)
    one.number = number + one.step
    return list_number(list_style(element) or one.style, number)


def _integer(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else default
