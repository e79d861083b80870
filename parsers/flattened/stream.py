"""A table that lost its grid: what every reader of such tables gives."""

from __future__ import annotations

from dataclasses import dataclass

from extract.document import Block, Span


@dataclass(frozen=True, slots=True)
class Stream:
    """A flattened table found: the table rebuilt, and the stretch of text that it takes."""

    block: Block
    span: Span

    @property
    def left(self) -> tuple[Span, ...]:
        """The stretches between the cells that hold a digit: a figure there fits no column."""
        gaps, end = [], self.span.start
        for start, stop in (*sorted(cell.span for cell in self.block.cells), (self.span.end, self.span.end)):
            gaps.append(Span(end, start))
            end = max(end, stop)
        text, first = self.block.text, self.span.start
        return tuple(gap for gap in gaps if any(map(str.isdigit, text[gap.start - first : gap.end - first])))

    @property
    def numbered(self) -> bool:
        """Whether its rows have running numbers."""
        return "序号" in self.block.text
