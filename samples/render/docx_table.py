"""Ruled Word tables with merged cells and repeated header rows."""

from __future__ import annotations

from collections.abc import Callable

from content.blocks import LEFT, UP, Table
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from render.numbering import element

MARGIN = "50"
"""Between a cell's rule and its text, in twentieths of a point."""
LONG = 18
"""Cells with more characters than this run from the left."""


def spans(rows: tuple[tuple[str, ...], ...], row: int, col: int) -> tuple[int, int]:
    """Return the last row and column of the merged cell that begins at ``row`` and ``col``."""
    last_col = col
    while last_col + 1 < len(rows[row]) and rows[row][last_col + 1] == LEFT:
        last_col += 1
    last_row = row
    while last_row + 1 < len(rows) and rows[last_row + 1][col] == UP:
        last_row += 1
    return last_row, last_col


def add_table(document: Document, table: Table, write: Callable[[Paragraph, str], None]) -> None:
    """Append ``table``; ``write`` puts a text into a paragraph in the table's font."""
    rows = table.rows
    made = document.add_table(rows=len(rows), cols=len(table.widths))
    made.style = document.styles["Table Grid"]
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=MARGIN, type="dxa"))
    made._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    for column, width in zip(made.columns, table.widths, strict=True):
        column.width = Cm(width)
    for row_index, row in enumerate(rows):
        if len(row) != len(table.widths):
            raise ValueError(f"row {row_index} has {len(row)} cells, not {len(table.widths)}: {row}")
        properties = made.rows[row_index]._tr.get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if row_index < table.header:
            properties.append(element("w:tblHeader"))
        for col_index, text in enumerate(row):
            cell = made.cell(row_index, col_index)
            cell.width = Cm(table.widths[col_index])
            if text in (LEFT, UP):
                continue
            last_row, last_col = spans(rows, row_index, col_index)
            if (last_row, last_col) != (row_index, col_index):
                cell = cell.merge(made.cell(last_row, last_col))
            from_left = col_index in table.prose or len(text) > LONG
            _fill(cell, text, write, from_left and row_index >= table.header, table.size)


def _fill(cell: _Cell, text: str, write: Callable[[Paragraph, str], None], from_left: bool, size: float) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for surplus in cell.paragraphs[1:]:
        surplus._p.getparent().remove(surplus._p)
    for index, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(1)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(size * 1.35)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if from_left else WD_ALIGN_PARAGRAPH.CENTER
        write(paragraph, line)
