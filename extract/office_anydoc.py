"""A .doc or .rtf without LibreOffice, by anydoc: text and tables exact, automatic numbers only by their position.

anydoc runs in a process of its own, for a file made to do harm can abort it: ``python -m extract.office_anydoc`` reads
the file's bytes and writes the blocks, or the error, to its standard output.
"""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from extract import soffice
from extract.document import Block, Cell, Document, Notice, Place, assemble
from extract.docx_numerals import numeral
from extract.errors import DamagedError, EncryptedError, ExtractError, TooLargeError

Node = Any
"""A block or inline of anydoc's model: the package is optional, so its types are not at hand."""

LOSS: Final = Notice(
    "without_libreoffice",
    "read without LibreOffice: automatic numbers come out as 1. 2. 3. whatever their form (一、（二）), and running "
    "heads are left out; install LibreOffice to read the file as it is printed",
)
_REMEDY: Final = f"LibreOffice reads more ({soffice.REMEDY})"
PATIENCE: Final = 60
MEMORY: Final = 4 << 30
_HOME: Final = Path(__file__).parent.parent
_ERRORS: Final = {error.code: error for error in (DamagedError, EncryptedError, TooLargeError)}
_FORMATS: Final = {
    "decimal": "decimal",
    "lower_alpha": "lowerLetter",
    "upper_alpha": "upperLetter",
    "lower_roman": "lowerRoman",
    "upper_roman": "upperRoman",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or (``table``) a table, out of anydoc's nested blocks."""

    text: str = ""
    level: int | None = None
    number: str | None = None
    notes: tuple[str, ...] = ()
    table: Node = None


def load(path: Path, data: bytes) -> Document:
    """Return the document with a notice of what such a reading loses."""
    command = [sys.executable, "-m", __name__]
    try:
        child = subprocess.run(  # noqa: S603 - ourselves
            command, input=data, capture_output=True, timeout=PATIENCE, check=True, cwd=_HOME
        )
    except subprocess.TimeoutExpired as error:
        raise DamagedError(f"anydoc is not done with it after {PATIENCE} seconds", _REMEDY) from error
    except subprocess.CalledProcessError as error:
        raise DamagedError("anydoc breaks off at it", _REMEDY) from error
    answer = pickle.loads(child.stdout)  # noqa: S301 - written by ourselves
    if isinstance(answer, tuple):
        raise _ERRORS[answer[0]](*answer[1:])
    return assemble(answer, file=str(path), sha256="", media_type="", warnings=(LOSS,))


def main() -> None:
    """Convert standard input to standard output, within limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answer: list[Block] | tuple[str, str, str]
    try:
        answer = convert(sys.stdin.buffer.read())
    except ExtractError as error:
        answer = (error.code, error.what, error.remedy)
    sys.stdout.buffer.write(pickle.dumps(answer))


def convert(data: bytes) -> list[Block]:
    """Return the blocks that anydoc finds; raises an ExtractError."""
    anydoc = import_module("anydoc")
    try:
        model = anydoc.to_document(data)
    except anydoc.EncryptedError as error:
        raise EncryptedError("the document asks for a password", "save it without one") from error
    except anydoc.ResourceLimitError as error:
        raise TooLargeError(f"anydoc gives up ({error})", _REMEDY) from error
    except anydoc.ConvertError as error:
        raise DamagedError(f"anydoc makes nothing of it ({error})", _REMEDY) from error
    notes = {note.id: note for note in model.notes}
    return list(_blocks(model.blocks, notes))


def _blocks(nodes: Iterable[Node], notes: dict[str, Node]) -> Iterator[Block]:
    counts: Counter[str] = Counter()
    for line in _lines(nodes):
        kind = "paragraph" if line.table is None else "table"
        counts[kind] += 1
        place = Place(f"body/{kind} {counts[kind]}")
        if line.table is not None:
            yield Block("table", "", place, cells=tuple(_cells(line.table, place.path)))
        elif line.text.strip():
            heading = line.level is not None
            yield Block("heading" if heading else "paragraph", line.text, place, level=line.level, number=line.number)
        for name in line.notes:
            if (note := notes.get(name)) is not None:
                counts[note.kind] += 1
                for inner in _lines(note.blocks):
                    if inner.text.strip():
                        yield Block("paragraph", inner.text.strip(), Place(f"{note.kind} {counts[note.kind]}"))


def _lines(nodes: Iterable[Node]) -> Iterator[Line]:
    """Yield paragraphs and tables in order; a table of one column is a box around text."""
    for node in nodes:
        if node.kind in ("heading", "paragraph"):
            texts, notes = _inline(node.content)
            yield Line(texts, node.level, notes=notes)
        elif node.kind == "list":
            yield from _items(node.list)
        elif node.kind == "table":
            if all(len(row) == 1 for row in node.table.grid):
                for row in node.table.grid:
                    yield from _lines(row[0].cell.blocks if row[0].kind == "origin" else ())
            else:
                yield Line(table=node.table)
        elif node.kind == "block_quote":
            yield from _lines(node.blocks)
        elif node.text:
            yield Line(node.text)


def _items(items: Node) -> Iterator[Line]:
    for position, item in enumerate(items.items, start=items.start):
        number = item.marker_label or (
            "•" if items.marker == "bullet" else f"{numeral(position, _FORMATS.get(items.marker, 'decimal'))}."
        )
        for index, line in enumerate(_lines(item.blocks)):
            if index or line.table is not None:
                yield line
            else:
                yield Line(f"{number} {line.text}", line.level, number, line.notes)


def _inline(nodes: Iterable[Node]) -> tuple[str, tuple[str, ...]]:
    """Return the text and the notes referred to."""
    parts: list[str] = []
    notes: list[str] = []
    for node in nodes:
        if node.kind == "link":
            text, inner = _inline(node.content)
            parts.append(text)
            notes += inner
        elif node.kind == "note_ref":
            notes.append(node.note_id)
        elif node.kind == "line_break":
            parts.append("\n")
        elif node.kind == "checkbox":
            parts.append("☑" if node.checked else "□")
        else:
            parts.append(node.text or "")
    return "".join(parts), tuple(notes)


def _cells(table: Node, where: str) -> Iterator[Cell]:
    for row, slots in enumerate(table.grid):
        ordinal = 0
        for col, slot in enumerate(slots):
            if slot.kind != "origin":
                continue
            ordinal += 1
            text = "\n".join(_flat(slot.cell.blocks))
            place = Place(f"{where} row {row + 1} cell {ordinal}")
            yield Cell(row, col, text, place, slot.cell.row_span, slot.cell.col_span)


def _flat(nodes: Iterable[Node]) -> Iterator[str]:
    for line in _lines(nodes):
        if line.table is None:
            if line.text.strip():
                yield line.text
        else:
            for row in line.table.grid:
                yield "\t".join("\n".join(_flat(slot.cell.blocks)) for slot in row if slot.kind == "origin")


if __name__ == "__main__":
    main()
