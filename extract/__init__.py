"""Format-specific loaders: a file in, a ``Document`` out. Nothing here knows what a report means.

``load(path)`` chooses the loader by the file's bytes. A new format is one module with
``load(path, data, options) -> Document`` and one line in ``LOADERS``.
"""

from __future__ import annotations

from extract.document import Block, Cell, Document, Notice, Place, Span, assemble
from extract.errors import ExtractError
from extract.options import LoadOptions

__all__ = [
    "Block",
    "Cell",
    "Document",
    "ExtractError",
    "LoadOptions",
    "Notice",
    "Place",
    "Span",
    "assemble",
]
