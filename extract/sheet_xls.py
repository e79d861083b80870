"""Excel's old binary files (.xls, WPS's .et): text by python-calamine, figures by their own records and formats.

calamine gives figures without their formats, so that 95% would come out as 0.95. The records are walked before it, too:
it makes room for every cell between the first and the last, and two cells at the far corners would end the process.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from extract import ole
from extract.errors import DamagedError, EncryptedError, TooLargeError
from extract.sheet_format import BUILT_IN, GENERAL, shown
from extract.sheet_model import Budget, Sheet

MAX_AREA: Final = 5_000_000
"""Cells between the first and the last of a sheet that calamine may make room for."""

_PASSWORD: Final = ("the workbook asks for a password", "open it in its program and save it without one")
_BOF: Final = frozenset((0x0809, 0x0409, 0x0209, 0x0009))
_EOF, _FILEPASS, _DATEMODE, _BOUNDSHEET, _FORMAT, _XF, _ROW = 0x0A, 0x2F, 0x22, 0x85, 0x41E, 0xE0, 0x208
_NUMBER, _RK, _MULRK, _BOOLERR = 0x203, 0x27E, 0xBD, 0x205
_FORMULA: Final = frozenset((0x06, 0x206, 0x406))
_TEXTS: Final = frozenset((0x204, 0xFD, 0xD6))
_DIMENSIONS: Final = 0x200
_CORNERS: Final = {10: "<HHHH", 14: "<IIHH"}
"""First row, row behind the last, and columns alike, by the size of the record that states them."""


@dataclass(slots=True)
class _Records:
    """What the records say: number and style of each figure, errors, and how far the cells reach."""

    figures: dict[tuple[int, int], tuple[float, int]] = field(default_factory=dict)
    errors: list[tuple[int, int]] = field(default_factory=list)
    last_row: int = 0
    last_col: int = 0
    concealed: bool = False

    def reach(self, row: int, col: int) -> tuple[int, int]:
        self.last_row, self.last_col = max(self.last_row, row), max(self.last_col, col)
        return row, col


@dataclass(slots=True)
class _Book:
    starts: list[int] = field(default_factory=list)
    own: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    since_1904: bool = False

    def format_of(self, style: int) -> str:
        number = self.styles[style] if style < len(self.styles) else 0
        return self.own.get(number) or BUILT_IN.get(number, GENERAL)


def read(data: bytes) -> Iterator[Sheet]:
    """Yield the sheets in the workbook's order; raise DamagedError, EncryptedError or TooLargeError."""
    streams = {name.lower(): entry for name, entry in ole.top_level(data).items()}
    entry = streams.get("workbook") or streams.get("book")
    if entry is None:
        raise DamagedError("the workbook's stream is missing", "ask for the file again")
    raw = ole.stream(data, entry)
    try:
        book = _globals(raw)
        records = [_of_sheet(raw, start) for start in book.starts]
        stated = [area for start in book.starts for area in _stated_areas(raw, start)]
    except (struct.error, IndexError) as error:
        raise DamagedError(f"the workbook's records are damaged ({error})", "ask for the file again") from error
    if any(area < 0 for area in stated):
        raise DamagedError("a sheet's size is damaged", "ask for the file again")
    if any(area > MAX_AREA for area in (*stated, *((one.last_row + 1) * (one.last_col + 1) for one in records))):
        raise TooLargeError("a sheet's cells stand too far apart", "save the part that matters by itself")
    budget = Budget()
    for index, (sheet, rows) in enumerate(_by_calamine(data)):
        _fill(sheet, rows, records[index] if index < len(records) else _Records(), book, budget)
        yield sheet


def _by_calamine(data: bytes) -> Iterator[tuple[Sheet, Sequence[Sequence[object]]]]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for index, about in enumerate(book.sheets_metadata):
            sheet = Sheet(about.name, hidden=about.visible != SheetVisibleEnum.Visible)
            if about.typ != SheetTypeEnum.WorkSheet:
                yield sheet, []
                continue
            found = book.get_sheet_by_index(index)
            sheet.merged = [(*start, *stop) for start, stop in found.merged_cell_ranges or ()]
            yield sheet, found.to_python(skip_empty_area=False)
    except PasswordError as error:
        raise EncryptedError(*_PASSWORD) from error
    except CalamineError as error:
        raise DamagedError(f"the workbook is damaged ({error})", "ask for the file again") from error
    except BaseException as error:  # what Rust gives up on is no Exception, and its type has no name to import
        if type(error).__name__ != "PanicException":
            raise
        raise DamagedError(f"the workbook is damaged ({error})", "ask for the file again") from error


def _fill(sheet: Sheet, rows: Sequence[Sequence[object]], records: _Records, book: _Book, budget: Budget) -> None:
    sheet.concealed, sheet.unknown = records.concealed, records.errors
    for row, cells in enumerate(rows):
        for col, value in enumerate(cells):
            figure = records.figures.get((row, col))
            if figure is not None:
                number = Decimal(repr(figure[0]))
                code = book.format_of(figure[1])
                text = shown(number, code, since_1904=book.since_1904) if number.is_finite() else ""
            else:
                text = str(value).upper() if isinstance(value, bool) else str(value).replace("\r\n", "\n")
            if not text.strip():
                continue
            if not budget.take():
                sheet.cut_at = row
                return
            sheet.texts[row, col] = text.strip()
            if figure is not None:
                sheet.figures.add((row, col))


def _records(raw: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of the records of a substream from ``at`` on, those of embedded charts left out."""
    depth = 0
    while at + 4 <= len(raw):
        kind, size = struct.unpack_from("<HH", raw, at)
        body = raw[at + 4 : at + 4 + size]
        at += 4 + size
        if kind in _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, body


def _globals(raw: bytes) -> _Book:
    book = _Book()
    wide = len(raw) > 6 and struct.unpack_from("<H", raw, 4)[0] == 0x0600
    for kind, body in _records(raw, 0):
        if kind == _FILEPASS:
            raise EncryptedError(*_PASSWORD)
        if kind == _DATEMODE:
            book.since_1904 = body[:1] == b"\x01"
        elif kind == _BOUNDSHEET:
            book.starts.append(struct.unpack_from("<I", body)[0])
        elif kind == _XF:
            book.styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _FORMAT:
            book.own[struct.unpack_from("<H", body)[0]] = _format_code(body, wide=wide)
    return book


def _format_code(body: bytes, *, wide: bool) -> str:
    if not wide:
        return body[3 : 3 + body[2]].decode("gb18030", "replace")
    length, flags = struct.unpack_from("<HB", body, 2)
    if flags & 1:
        return body[5 : 5 + 2 * length].decode("utf-16-le", "replace")
    return body[5 : 5 + length].decode("latin-1")


def _of_sheet(raw: bytes, start: int) -> _Records:
    found = _Records()
    for kind, body in _records(raw, start):
        if kind == _ROW:
            found.concealed |= len(body) >= 14 and bool(body[12] & 0x20)
        elif kind == _NUMBER:
            found.figures[_at(body, found)] = (struct.unpack_from("<d", body, 6)[0], _style(body, 4))
        elif kind == _RK:
            found.figures[_at(body, found)] = (_compressed(body, 6), _style(body, 4))
        elif kind == _MULRK:
            row, col = _at(body, found)
            for index in range((len(body) - 6) // 6):
                place = found.reach(row, col + index)
                found.figures[place] = (_compressed(body, 6 + 6 * index), _style(body, 4 + 6 * index))
        elif kind in _FORMULA:
            _of_formula(body, found)
        elif kind == _BOOLERR:
            place = _at(body, found)
            if body[7]:
                found.errors.append(place)
        elif kind in _TEXTS:
            _at(body, found)
    return found


def _stated_areas(raw: bytes, at: int) -> Iterator[int]:
    """Yield how many cells a sheet says that it has: the library asks for room for so many, or ends the program."""
    while at + 4 <= len(raw):
        kind, size = struct.unpack_from("<HH", raw, at)
        if kind == _EOF:
            return
        if kind == _DIMENSIONS and size in _CORNERS:
            rows, row_end, cols, col_end = struct.unpack_from(_CORNERS[size], raw, at + 4)
            if (row_end, col_end) >= (1, 1):  # else the sheet is blank
                yield (row_end - rows) * (col_end - cols) if row_end > rows and col_end > cols else -1
        at += 4 + size


def _of_formula(body: bytes, found: _Records) -> None:
    place = _at(body, found)
    if body[12:14] != b"\xff\xff":
        found.figures[place] = (struct.unpack_from("<d", body, 6)[0], _style(body, 4))
    elif body[6] == 2:
        found.errors.append(place)


def _at(body: bytes, found: _Records) -> tuple[int, int]:
    row, col = struct.unpack_from("<HH", body)
    return found.reach(row, col)


def _style(body: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", body, at)[0])


def _compressed(body: bytes, at: int) -> float:
    """Return a number packed into four bytes: an integer or the upper half of a double, by a hundred or not."""
    value = struct.unpack_from("<I", body, at)[0]
    if value & 2:
        number = float(struct.unpack_from("<i", body, at)[0] >> 2)
    else:
        number = float(struct.unpack("<d", struct.pack("<Q", (value & 0xFFFFFFFC) << 32))[0])
    return number / 100 if value & 1 else number
