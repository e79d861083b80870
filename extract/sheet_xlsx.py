"""Excel's XML files (.xlsx, .xlsm), walked as they stand: formats, formulas without a result and all.

python-calamine is faster and tells neither percent from share nor an uncalculated formula from an empty cell, and two
cells at a sheet's far corners end its process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Final

from lxml import etree

from extract.errors import DamagedError
from extract.ooxml_package import Element, Package, R, local
from extract.sheet_format import BUILT_IN, GENERAL, shown
from extract.sheet_model import Budget, Range, Sheet

_ADDRESS: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAX_MERGED: Final = 100_000


def read(data: bytes) -> Iterator[Sheet]:
    """Yield the sheets in the workbook's order; raise DamagedError, EncryptedError or TooLargeError."""
    package = Package(data)
    book = package.xml(package.main)
    targets = package.relationships(package.main)
    by_kind = {item.kind: item.target for item in targets.values() if item.target}
    strings = list(_strings(package, by_kind.get("sharedStrings")))
    formats = _formats(package, by_kind.get("styles"))
    since_1904 = _is_true(_attribute(book, "workbookPr", "date1904"))
    uncertain = _is_true(_attribute(book, "calcPr", "fullCalcOnLoad"))
    budget = Budget()
    for item in book.iterfind("{*}sheets/{*}sheet"):
        target = targets.get(item.get(R + "id", ""))
        if target is None or target.kind != "worksheet" or target.target is None:
            continue  # a chart, a dialog, old macros
        sheet = Sheet(item.get("name", ""), hidden=item.get("state", "visible") != "visible")
        _Reader(sheet, strings, formats, budget, since_1904=since_1904, uncertain=uncertain).over(
            package.read(target.target)
        )
        yield sheet


class _Reader:
    """Reads one sheet's part, a row at a time."""

    def __init__(
        self,
        sheet: Sheet,
        strings: list[str],
        formats: list[str],
        budget: Budget,
        *,
        since_1904: bool,
        uncertain: bool,
    ) -> None:
        self._sheet, self._strings, self._formats, self._budget = sheet, strings, formats, budget
        self._since_1904, self._uncertain = since_1904, uncertain
        self._row = -1

    def over(self, data: bytes) -> None:
        for element in walk(data, "row", "mergeCell", "col"):
            match local(element):
                case "row":
                    if self._sheet.cut_at is None:
                        self._read_row(element)
                case "mergeCell":
                    merged = _range(element.get("ref", ""))
                    if merged is not None and len(self._sheet.merged) < _MAX_MERGED:
                        self._sheet.merged.append(merged)
                case _:
                    self._sheet.concealed |= _is_true(element.get("hidden"))

    def _read_row(self, row: Element) -> None:
        self._row = _index(row.get("r"), self._row + 1)
        before = len(self._sheet.texts)
        col = -1
        for cell in row.iterchildren("{*}c"):
            place = _address(cell.get("r", ""))
            at, col = place or (self._row, col + 1)
            self._read_cell(cell, at, col)
            if self._sheet.cut_at is not None:
                return
        self._sheet.concealed |= len(self._sheet.texts) > before and _is_true(row.get("hidden"))

    def _read_cell(self, cell: Element, row: int, col: int) -> None:
        kind = cell.get("t", "n")
        raw = cell.findtext("{*}v", "")
        if kind == "e" or (cell.find("{*}f") is not None and self._is_uncalculated(kind, raw)):
            self._sheet.unknown.append((row, col))
            return
        figure = False
        if kind == "inlineStr":
            text = _rich(cell.find("{*}is"))
        elif kind == "s":
            text = self._strings[int(raw)] if raw.isdecimal() and int(raw) < len(self._strings) else ""
        elif kind == "b":
            text = "TRUE" if raw.strip() == "1" else "FALSE"
        elif kind in ("str", "d"):
            text = _unescaped(raw)
        else:
            text, figure = self._number(raw, cell.get("s", "0"))
        text = text.strip()
        if not text:
            return
        if not self._budget.take():
            self._sheet.cut_at = row
            return
        self._sheet.texts[row, col] = text
        if figure:
            self._sheet.figures.add((row, col))

    def _is_uncalculated(self, kind: str, raw: str) -> bool:
        """Tell whether a formula has no result: none is stored, or the 0 that stands in until all is calculated."""
        return kind != "str" and (not raw.strip() or (self._uncertain and raw.strip() == "0"))

    def _number(self, raw: str, style: str) -> tuple[str, bool]:
        try:
            number = Decimal(raw.strip() or "NaN")
        except InvalidOperation:
            return raw, False
        if not number.is_finite() or abs(number.adjusted()) > 308:
            return "", False
        index = int(style) if style.isdecimal() else 0
        code = self._formats[index] if index < len(self._formats) else GENERAL
        return shown(+number, code, since_1904=self._since_1904), True


def walk(data: bytes, *tags: str) -> Iterator[Element]:
    """Yield the elements of these names as they end, and let go of them; entities are never resolved."""
    events = etree.iterparse(
        BytesIO(data), tag=[f"{{*}}{tag}" for tag in tags], resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for _, element in events:
            if element.getroottree().docinfo.internalDTD is not None:
                raise DamagedError("a part declares a document type", "look whether the file was made to do harm")
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise DamagedError(f"a part of the workbook is no sound XML ({error})", "ask for the file again") from error


def _strings(package: Package, name: str | None) -> Iterator[str]:
    if name is not None and name in package:
        for element in walk(package.read(name), "si"):
            yield _rich(element)


def _rich(element: Element | None) -> str:
    """Return a string's text without the readings beside it."""
    if element is None:
        return ""
    return _unescaped("".join(part.text or "" for part in element.iter("{*}t") if local(part.getparent()) != "rPh"))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


def _formats(package: Package, name: str | None) -> list[str]:
    """Return the number format of each cell style."""
    if name is None or name not in package:
        return []
    root = package.xml(name)
    own = {item.get("numFmtId", ""): item.get("formatCode", "") for item in root.iterfind("{*}numFmts/{*}numFmt")}
    ids = [item.get("numFmtId", "0") for item in root.iterfind("{*}cellXfs/{*}xf")]
    return [own[one] if one in own else BUILT_IN.get(int(one) if one.isdecimal() else 0, GENERAL) for one in ids]


def _attribute(root: Element, tag: str, name: str) -> str | None:
    found = root.find(f"{{*}}{tag}")
    return None if found is None else found.get(name)


def _is_true(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _index(value: str | None, default: int) -> int:
    return int(value) - 1 if value and value.isdecimal() and 0 < int(value) <= 1 << 20 else default


def _address(text: str) -> tuple[int, int] | None:
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return None
    col = 0
    for letter in found[1]:
        col = 26 * col + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, col - 1


def _range(text: str) -> Range | None:
    first, _, last = text.partition(":")
    start, stop = _address(first), _address(last or first)
    if start is None or stop is None:
        return None
    return (*start, *stop)
