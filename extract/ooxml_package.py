"""An Office Open XML package: its parts and relationships, read with limits; strict files in the usual namespaces.

python-docx's own opening refuses strict and macro-enabled files and those with a dangling relationship, so the package
is opened here; names and addresses are python-docx's.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from docx.opc.packuri import PackURI
from docx.oxml.ns import nsmap
from lxml import etree

from extract.errors import DamagedError, EncryptedError, TooLargeError

Element = Any
"""An lxml element: no type information is published."""

W: Final = f"{{{nsmap['w']}}}"
R: Final = f"{{{nsmap['r']}}}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

MAX_XML: Final = 200 << 20  # bytes of one part, uncompressed: a tree takes about ten times as much memory
MAX_PARTS: Final = 50_000
MAX_RATIO: Final = 250  # only asked of parts that are large: a table of blanks packs well
LARGE: Final = 32 << 20

_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", nsmap["w"].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", nsmap["r"].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", nsmap["a"].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", nsmap["wp"].encode()),
)
_PARSER: Final = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part refers to: ``kind`` is the last word of the type, ``target`` a part's name, or None if outside."""

    kind: str
    target: str | None


class Package:
    """The parts of a Word or Excel file, by name (``/word/document.xml``)."""

    def __init__(self, data: bytes) -> None:
        """Open the package; raise DamagedError, EncryptedError or TooLargeError."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise DamagedError(f"the file is cut off or damaged ({error})", "ask for it again") from error
        members = self._zip.infolist()
        if len(members) > MAX_PARTS:
            raise TooLargeError(f"the file has {len(members)} parts", "look whether it was made to do harm")
        self._members = {"/" + info.filename.replace("\\", "/").lstrip("/").lower(): info for info in members}
        self.main = self._main()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def read(self, name: str) -> bytes:
        """Return a part's bytes."""
        info = self._members.get(name.lower())
        if info is None:
            raise DamagedError(f"the file lacks its part {name}", "open it in its program, let it repair it, save it")
        packed = max(info.compress_size, 1)
        if info.file_size > MAX_XML or (info.file_size > LARGE and info.file_size / packed > MAX_RATIO):
            what = f"the part {name} unpacks to {info.file_size >> 20} MiB"
            raise TooLargeError(what, "look whether the file was made to do harm")
        if info.flag_bits & 1:
            raise EncryptedError("the package is encrypted", "unpack it with its password first")
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise DamagedError(f"the part {name} is damaged ({error})", "ask for the file again") from error

    def xml(self, name: str) -> Element:
        """Return the root of an XML part; entities and anything outside the part are never fetched."""
        data = self.read(name)
        if b"purl.oclc.org/ooxml" in data[:65536]:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        try:
            root = etree.fromstring(data, etree.XMLParser(**_PARSER))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise DamagedError(f"the part {name} is no sound XML ({error})", "ask for the file again") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise DamagedError(f"the part {name} declares a document type", "look whether it was made to do harm")
        return root

    def relationships(self, name: str) -> Mapping[str, Relationship]:
        """Return what a part (``/`` is the package itself) refers to, by id; {} where nothing is stated."""
        uri = PackURI(name)
        if uri.rels_uri not in self:
            return {}
        return {
            item.get("Id", ""): Relationship(
                item.get("Type", "").rsplit("/", 1)[-1],
                None if item.get("TargetMode") == "External" else _address(uri.baseURI, item.get("Target", "")),
            )
            for item in self.xml(uri.rels_uri).iterchildren("{*}Relationship")
        }

    def _main(self) -> str:
        for item in self.relationships("/").values():
            if item.kind == "officeDocument" and item.target and item.target in self:
                return item.target
        for name in ("/word/document.xml", "/xl/workbook.xml"):
            if name in self:
                return name
        raise DamagedError("the package has no document in it", "ask for the file again")


def local(element: Element) -> str:
    """Return an element's name without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _address(base: str, reference: str) -> str:
    """Return the name of the part that a relationship of a part in ``base`` points to."""
    return str(PackURI.from_rel_ref(base, reference.replace("\\", "/").split("#", 1)[0]))
