"""Spreadsheets (.xlsx, .xlsm, .xls, .et): each sheet's used range as tables, every cell as it shows.

Hidden sheets are left out, with a notice: in the forms that are handed out they hold the choices of drop-down lists.
Hidden rows and columns are read, with a notice: totals count them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extract import sheet_xls, sheet_xlsx, sniff
from extract.document import Block, Document, Notice, Place, assemble
from extract.errors import EmptyError
from extract.options import LoadOptions
from extract.sheet_model import MAX_CELLS, Sheet
from extract.sheet_tables import blocks

_NAMED = 5


def load(path: Path, data: bytes, options: LoadOptions) -> Document:  # noqa: ARG001 (the loaders' contract)
    """Return the sheets' tables; where there is more than one sheet that shows something, each under its name.

    Raises EmptyError where no sheet shows anything, and what is wrong with the file.
    """
    media_type = sniff.sniff(data)
    sheets = list((sheet_xls if media_type == sniff.XLS else sheet_xlsx).read(data))
    shown = [sheet for sheet in sheets if sheet.texts and not sheet.hidden]
    if not shown:
        hidden = "; it has hidden ones that do" if any(sheet.texts for sheet in sheets) else ""
        raise EmptyError(f"no sheet of the workbook shows anything{hidden}", "ask for it again")
    found: list[Block] = []
    for sheet in shown:
        if len(shown) > 1:
            found.append(Block("heading", sheet.name, Place(f"sheet {sheet.name}"), level=1))
        found += blocks(sheet)
    notices = tuple(notice for sheet in sheets for notice in _notices(sheet))
    return assemble(found, file=str(path), sha256="", media_type=media_type, warnings=notices)


def _notices(sheet: Sheet) -> Iterator[Notice]:
    name = sheet.name
    if sheet.hidden:
        if sheet.texts:
            yield Notice("hidden_text", f"sheet {name} is hidden and was left out ({len(sheet.texts)} cells)")
        return
    if sheet.concealed:
        yield Notice("hidden_cells", f"sheet {name}: its hidden rows and columns were read too")
    if sheet.unknown:
        first = ", ".join(f"{_letters(col)}{row + 1}" for row, col in sheet.unknown[:_NAMED])
        more = f" and {len(sheet.unknown) - _NAMED} more" if len(sheet.unknown) > _NAMED else ""
        what = "hold formulas without a result: their values are unknown"
        yield Notice("formula_unknown", f"sheet {name}: {first}{more} {what}; open it in Excel and save it anew")
    if sheet.cut_at is not None:
        limit = f"the file has more than {MAX_CELLS} cells"
        yield Notice("sheet_cut", f"sheet {name}: read up to row {sheet.cut_at} only, since {limit}")


def _letters(col: int) -> str:
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
