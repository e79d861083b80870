"""A workbook with one sheet: titles over the table's width, merged cells, bare numbers as numbers."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import xlsxwriter
from content.blocks import LEFT, UP

from render.docx_table import spans

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def workbook(titles: tuple[str, ...], widths: tuple[float, ...], rows: tuple[tuple[str, ...], ...]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(2024, 1, 2, tzinfo=UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet("自评表")
    plain, centred = book.add_format({"border": 1, "text_wrap": True}), book.add_format({"align": "center"})
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    last = len(rows[0]) - 1
    for line, title in enumerate(titles):
        sheet.merge_range(line, 0, line, last, title, centred)
    for row, cells in enumerate(rows):
        for col, text in enumerate(cells):
            if text in (LEFT, UP):
                continue
            bottom, right = spans(rows, row, col)
            high, wide = bottom - row + 1, right - col + 1
            top = row + len(titles)
            value = float(text) if _NUMBER.fullmatch(text) else text
            if high > 1 or wide > 1:
                sheet.merge_range(top, col, top + high - 1, col + wide - 1, value, plain)
            else:
                sheet.write(top, col, value, plain)
    book.close()
    return stream.getvalue()
