"""A web page with a table, its merged cells as rowspan and colspan, in GB18030 as many offices publish."""

from __future__ import annotations

from html import escape

from content.blocks import LEFT, UP

from render.docx_table import spans


def page(titles: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> bytes:
    body = "".join(f'<p align="center">{escape(title)}</p>\n' for title in titles)
    lines = []
    for row, cells in enumerate(rows):
        made = []
        for col, text in enumerate(cells):
            if text not in (LEFT, UP):
                bottom, right = spans(rows, row, col)
                high, wide = bottom - row + 1, right - col + 1
                span = (f' rowspan="{high}"' if high > 1 else "") + (f' colspan="{wide}"' if wide > 1 else "")
                made.append(f"<td{span}>{escape(text).replace(chr(10), '<br>')}</td>")
        lines.append(f"<tr>{''.join(made)}</tr>")
    table = "<table border=1>\n" + "\n".join(lines) + "\n</table>\n"
    head = f'<html><head><meta charset="gb2312"><title>{escape(titles[0])}</title></head>\n<body>\n'
    return (head + body + table + "</body></html>\n").encode("gb18030")
