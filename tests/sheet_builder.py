"""Excel files out of XML: ``workbook({"收入": sheet(["甲", 1])})`` are the bytes of a file."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORMATS = ("General", "0%", "0.00%", "#,##0.00", "0.00", 'yyyy"年"m"月"d"日"', '0.00"万元"', "yyyy-mm-dd hh:mm", ";;;")
"""Number formats of the cells' styles, by index."""

Value = str | int | float | None


def letters(col: int) -> str:
    return (letters(col // 26 - 1) if col >= 26 else "") + chr(ord("A") + col % 26)


def c(row: int, col: int, value: Value, style: int = 0) -> str:
    """A cell: a string that begins with ``<`` is taken for its XML."""
    place = f'r="{letters(col)}{row + 1}" s="{style}"'
    if isinstance(value, str):
        if value.startswith("<"):
            return f"<c {place}>{value}</c>"
        return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"<c {place}><v>{value!r}</v></c>"


def sheet(
    *rows: list[Value | tuple[Value, int]], merged: tuple[str, ...] = (), head: str = "", row_more: str = ""
) -> str:
    """A sheet's XML; a tuple is a value and its style; None is an empty cell."""
    body = ""
    for at, row in enumerate(rows):
        cells = [value if isinstance(value, tuple) else (value, 0) for value in row]
        made = "".join(c(at, col, value, style) for col, (value, style) in enumerate(cells) if value is not None)
        body += f'<row r="{at + 1}"{row_more}>{made}</row>'
    return raw_sheet(body, head, merged)


def raw_sheet(body: str, head: str = "", merged: tuple[str, ...] = ()) -> str:
    ranges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    tail = f"<mergeCells>{ranges}</mergeCells>" if merged else ""
    return f'<worksheet xmlns="{MAIN}">{head}<sheetData>{body}</sheetData>{tail}</worksheet>'


def workbook(
    sheets: Mapping[str, str],
    *,
    hidden: tuple[str, ...] = (),
    strings: str = "",
    more: str = "",
    parts: Mapping[str, str] | None = None,
) -> bytes:
    """A file's bytes: ``strings`` are the shared strings' items, ``more`` stands in the workbook after the sheets."""
    listed = links = kinds = ""
    for number, name in enumerate(sheets, start=1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"{state}/>'
        links += f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
    links += f'<Relationship Id="s" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    links += f'<Relationship Id="f" Type="{OFFICE}/styles" Target="styles.xml"/>'
    kinds = f'<Override PartName="/xl/workbook.xml" ContentType="{SHEETS}"/>'
    formats = "".join(
        f'<numFmt numFmtId="{164 + i}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for i, code in enumerate(FORMATS)
    )
    styles = "".join(f'<xf numFmtId="{164 + i}"/>' for i in range(len(FORMATS))) + '<xf numFmtId="10"/>'
    main = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    shown = f"<numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs>"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{kinds}</Types>',
        "_rels/.rels": f"<Relationships>{main}</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets>{more}</workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{shown}</styleSheet>',
    }
    members |= {f"xl/worksheets/sheet{at}.xml": xml for at, xml in enumerate(sheets.values(), start=1)}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (members | dict(parts or {})).items():
            archive.writestr(name, text)
    return packed.getvalue()
