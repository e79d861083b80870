"""Old and odd word processor files (.doc, .wps, .rtf, .odt): made into .docx by LibreOffice, then read as Word.

Where there is no LibreOffice, anydoc (the extra ``anydoc``) reads what it can, with a notice of the loss.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from extract import docx, ole, sniff, soffice
from extract.document import Document
from extract.errors import DamagedError, EncryptedError, ExtractError, MissingProgramError
from extract.ooxml_package import Package
from extract.options import LoadOptions

SUFFIXES: Final = {
    sniff.DOC: ".doc",
    sniff.WORKS: ".wps",
    sniff.RTF: ".rtf",
    sniff.ODT: ".odt",
    sniff.WORD_XML: ".xml",
}
"""What is converted, and the name that tells LibreOffice its kind."""

_NOTHING: Final = ("LibreOffice makes nothing of it", "open it in Word and save it as .docx")
_FIB_MAGIC: Final = (b"\xec\xa5", b"\xdc\xa5", b"\xdb\xa5")  # the document stream of Word 97, 95 and before
_ENCRYPTED: Final = 0x0100


@dataclass(frozen=True, slots=True)
class Available:
    """What this machine converts with: LibreOffice's path, whether anydoc is there instead."""

    soffice: str | None
    anydoc: bool


def available() -> Available:
    """Return what there is to convert with."""
    return Available(soffice.program(), find_spec("anydoc") is not None)


def load(path: Path, data: bytes, options: LoadOptions) -> Document:
    """Return the document, read from the .docx that LibreOffice makes of it.

    Raises EncryptedError, DamagedError where nothing comes out, MissingProgramError where nothing can convert it.
    """
    media_type = sniff.sniff(data)
    _refuse_encrypted(data, media_type)
    ready = None if options.converted is None else options.converted / _name(data)
    if ready is not None and ready.is_file():
        return _read(path, ready, options)
    if available().soffice is None:
        return _without_office(path, data, media_type)
    with TemporaryDirectory(prefix="jixiao-office-") as folder:
        source = Path(folder) / f"file{SUFFIXES[media_type]}"
        source.write_bytes(data)
        made = soffice.to_docx([source], Path(folder) / "out")
        if source not in made:
            raise DamagedError(*_NOTHING)
        return _read(path, made[source], options)


def _read(path: Path, made: Path, options: LoadOptions) -> Document:
    """Read what LibreOffice made, unless it took a damaged file for plain text: that is rubbish."""
    data = made.read_bytes()
    package = Package(data)
    xml = package.read(package.main)
    if 0 < xml.count(b"<w:p>") == xml.count(b'<w:pStyle w:val="PreformattedText"/>'):
        raise DamagedError(*_NOTHING)
    return docx.load(path, data, options)


def convert_many(paths: Iterable[Path], folder: Path) -> dict[Path, ExtractError]:
    """Convert files ahead, many a call, into ``folder``; return those that failed, with the reason.

    ``load`` finds the results where ``LoadOptions.converted`` is the same folder. Files of other kinds are passed over.
    """
    failed: dict[Path, ExtractError] = {}
    with TemporaryDirectory(prefix="jixiao-office-") as work:
        sources: dict[Path, list[Path]] = {}
        for path in paths:
            data = path.read_bytes()
            media_type = sniff.sniff(data)
            if media_type not in SUFFIXES or (folder / _name(data)).is_file():
                continue
            try:
                _refuse_encrypted(data, media_type)
            except ExtractError as error:
                failed[path] = error
                continue
            source = Path(work) / Path(_name(data)).with_suffix(SUFFIXES[media_type])
            source.write_bytes(data)
            sources.setdefault(source, []).append(path)
        made = soffice.to_docx(list(sources), folder)
        for source in sources.keys() - made.keys():
            for path in sources[source]:
                failed[path] = DamagedError(*_NOTHING)
    return failed


def _name(data: bytes) -> str:
    return f"{hashlib.sha256(data).hexdigest()}.docx"


def _refuse_encrypted(data: bytes, media_type: str) -> None:
    """Raise EncryptedError for a .doc under a password: its stream's head says so."""
    if media_type != sniff.DOC:
        return
    for name, entry in ole.top_level(data).items():
        if name.lower() == "worddocument":
            head = ole.head_of(data, entry, 12)
            if head[:2] in _FIB_MAGIC and int.from_bytes(head[10:12], "little") & _ENCRYPTED:
                raise EncryptedError("the document asks for a password", "open it in Word and save it without one")


def _without_office(path: Path, data: bytes, media_type: str) -> Document:
    if not available().anydoc or media_type not in (sniff.DOC, sniff.RTF, sniff.ODT):
        raise MissingProgramError(f"LibreOffice is needed for {media_type} and not installed", soffice.REMEDY)
    from extract import office_anydoc

    return office_anydoc.load(path, data)
