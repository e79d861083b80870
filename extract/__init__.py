"""Format-specific loaders: a file in, a ``Document`` out. Nothing here knows what a report means.

``load(path)`` chooses the loader by the file's bytes. A new format is one module with
``load(path, data, options) -> Document`` and one line in ``LOADERS``.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol

from extract import ole, sniff
from extract.document import Block, Cell, Document, Notice, Place, Span, assemble
from extract.errors import DamagedError, EmptyError, EncryptedError, ExtractError, UnsupportedError
from extract.options import DEFAULT_OPTIONS, LoadOptions

__all__ = [
    "LOADERS",
    "Block",
    "Cell",
    "Document",
    "ExtractError",
    "LoadOptions",
    "Loader",
    "Notice",
    "Place",
    "Span",
    "assemble",
    "load",
]


class Loader(Protocol):
    """Reads one format.

    ``data`` are the whole bytes of ``path``: a loader opens the path only to hand it to another program. It
    returns a Document made by ``assemble``; ``file``, ``sha256`` and ``media_type`` are filled in by
    ``extract.load``. What is wrong with the input is an ``ExtractError``; what was read with a loss is a
    ``Notice`` in the Document's warnings.
    """

    def __call__(self, path: Path, data: bytes, options: LoadOptions) -> Document:
        """Return the document that ``data`` holds."""
        ...


def _in(module: str) -> Loader:
    """Return ``module.load``, imported at its first use: OCR and PDF engines take seconds to import."""

    def load_by_module(path: Path, data: bytes, options: LoadOptions) -> Document:
        loader: Loader = import_module(module).load
        return loader(path, data, options)

    return load_by_module


LOADERS: Final[dict[str, Loader]] = {
    sniff.DOCX: _in("extract.docx"),
    sniff.DOCM: _in("extract.docx"),
    sniff.DOTX: _in("extract.docx"),
    sniff.DOTM: _in("extract.docx"),
    sniff.DOC: _in("extract.office"),
    sniff.WORKS: _in("extract.office"),
    sniff.RTF: _in("extract.office"),
    sniff.ODT: _in("extract.office"),
    sniff.WORD_XML: _in("extract.office"),
    sniff.HTML: _in("extract.html"),
    sniff.MHTML: _in("extract.html"),
    sniff.PDF: _in("extract.pdf"),
    sniff.OFD: _in("extract.ofd"),
    sniff.JPEG: _in("extract.picture"),
    sniff.PNG: _in("extract.picture"),
    sniff.TIFF: _in("extract.picture"),
    sniff.BMP: _in("extract.picture"),
    sniff.XLSX: _in("extract.sheet"),
    sniff.XLS: _in("extract.sheet"),
    sniff.TEXT: _in("extract.text"),
}
"""Media type → loader: what can be read."""

READABLE: Final = (
    "docx, docm, doc, wps, rtf, odt, xlsx, xlsm, xls, et, html, mht, pdf, ofd, jpeg, png, tiff, bmp, txt; "
    "archives of these: zip, 7z, rar"
)


def load(path: Path, options: LoadOptions = DEFAULT_OPTIONS, name: str | None = None) -> Document:
    """Read one file; ``name`` is what the Document calls it (inside an archive: ``archive.zip/inner.docx``).

    Raises an ``ExtractError``: EmptyError, EncryptedError, UnsupportedError, or whatever the loader says. A
    path that cannot be opened raises OSError.
    """
    data = path.read_bytes()
    media_type = sniff.sniff(data)
    if media_type == sniff.EMPTY:
        raise EmptyError("the file is empty", "ask for it again")
    if media_type == sniff.ENCRYPTED:
        raise EncryptedError("the document asks for a password", "open it in its program and save it without one")
    if media_type == sniff.OLE and not ole.top_level(data):
        raise DamagedError("the file is cut off: its directory is missing", "ask for it again")
    loader = LOADERS.get(media_type)
    if loader is None:
        raise UnsupportedError(f"no loader reads {media_type}", f"give one of: {READABLE}")
    document = loader(path, data, options)
    return replace(document, file=name or str(path), sha256=sha256(data).hexdigest(), media_type=media_type)
