"""What a file is, told from its bytes: names lie (an RTF or a web page named .doc is common)."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import Final

from extract import ole

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCM: Final = "application/vnd.ms-word.document.macroEnabled.12"
DOTX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.template"
DOTM: Final = "application/vnd.ms-word.template.macroEnabled.12"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OOXML: Final = "application/x-ooxml"
ENCRYPTED: Final = "application/x-ooxml-protected"
WORD_XML: Final = "application/vnd.ms-word.xml"
DOC: Final = "application/msword"
WORKS: Final = "application/vnd.ms-works"
XLS: Final = "application/vnd.ms-excel"
PPT: Final = "application/vnd.ms-powerpoint"
OLE: Final = "application/x-ole-storage"
RTF: Final = "application/rtf"
ODT: Final = "application/vnd.oasis.opendocument.text"
OFD: Final = "application/ofd"
PDF: Final = "application/pdf"
HTML: Final = "text/html"
MHTML: Final = "multipart/related"
XML: Final = "application/xml"
TEXT: Final = "text/plain"
JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
TIFF: Final = "image/tiff"
BMP: Final = "image/bmp"
GIF: Final = "image/gif"
WEBP: Final = "image/webp"
ZIP: Final = "application/zip"
SEVEN_ZIP: Final = "application/x-7z-compressed"
RAR: Final = "application/vnd.rar"
GZIP: Final = "application/gzip"
TAR: Final = "application/x-tar"
EMPTY: Final = "application/x-empty"
UNKNOWN: Final = "application/octet-stream"

_MAGIC: Final = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0", TIFF),
    (b"MM\0+", TIFF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (b"Rar!\x1a\x07", RAR),
    (b"\x1f\x8b", GZIP),
    (b"\xdb\xa5\x2d\0", DOC),  # Word 2
)
_MAIN_PARTS: Final = (  # content types of a package's main part; the strict and the usual form agree here
    (b"wordprocessingml.document.main+xml", DOCX),
    (b"ms-word.document.macroenabled.main+xml", DOCM),
    (b"wordprocessingml.template.main+xml", DOTX),
    (b"ms-word.template.macroenabledtemplate.main+xml", DOTM),
    (b"spreadsheetml.sheet.main+xml", XLSX),
    (b"ms-excel.sheet.macroenabled.main+xml", XLSX),
    (b"spreadsheetml.template.main+xml", XLSX),
    (b"presentationml.presentation.main+xml", PPTX),
    (b"presentationml.slideshow.main+xml", PPTX),
)
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAMPLE: Final = 65536
_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta)[\s>:/]", re.IGNORECASE)
_MHTML: Final = re.compile(rb"\A(?:[\w-]+:.*(?:\r?\n[ \t].*)*\r?\n)*?content-type:\s*multipart/related", re.IGNORECASE)
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\x0b\f\r\x1a\x1b")) + b"\x7f"


def sniff(data: bytes) -> str:
    """Return the media type of a file's bytes; ``EMPTY`` and ``UNKNOWN`` are among them. Never raises."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return EMPTY
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return BMP
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    if data[257:262] == b"ustar":
        return TAR
    if data.startswith(ole.MAGIC):
        return _of_ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(data)
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return RTF
    if b"%PDF-" in data[:1024]:  # readers accept rubbish before the mark
        return PDF
    return _of_text(data)


_STREAMS: Final = (  # what only one kind of compound file holds; names are compared without case
    ("encryptedpackage", ENCRYPTED),
    ("worddocument", DOC),
    ("workbook", XLS),
    ("book", XLS),
    ("powerpoint document", PPT),
    ("matost", WORKS),
    ("mn0", WORKS),
)


def _of_ole(data: bytes) -> str:
    names = {name.lower(): entry for name, entry in ole.top_level(data).items()}
    for name, media_type in _STREAMS:
        if name in names:
            return media_type
    if "contents" in names and b"CHNKWKS" in ole.head_of(data, names["contents"], 32):
        return WORKS
    # A damaged directory still shows what the file was.
    return DOC if "WordDocument".encode("utf-16-le") in data and not names else OLE


def _of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            types = _member(archive, "[Content_Types].xml", names).lower()
            mimetype = _member(archive, "mimetype", names)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        # Cut or damaged: the local headers still name what it held, and its loader will say what is wrong.
        if b"word/document.xml" in data:
            return DOCX
        return OOXML if b"[Content_Types].xml" in data[:64] else ZIP
    if "OFD.xml" in names:
        return OFD
    for mark, media_type in _MAIN_PARTS:
        if mark in types:
            return media_type
    if mimetype.startswith(ODT.encode()):
        return ODT
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    return OOXML if types else ZIP


def _member(archive: zipfile.ZipFile, name: str, names: set[str]) -> bytes:
    """Return the first MiB of a member; b"" where it is missing or cannot be read."""
    if name not in names:
        return b""
    try:
        with archive.open(name) as stream:
            return stream.read(1 << 20)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError):
        return b""  # encrypted or damaged: told by the names alone


def _of_text(data: bytes) -> str:
    sample = data[:_SAMPLE]
    for bom, encoding in _BOMS:
        if sample.startswith(bom):
            sample = sample[len(bom) :].decode(encoding, "ignore").encode("utf-8")
            break
    if len(sample.translate(None, _CONTROLS)) < 0.99 * len(sample):
        return UNKNOWN
    head = sample[:8192].lstrip()
    if head.startswith(b"<"):
        if b"Word.Document" in head or b"schemas.microsoft.com/office/word/2003/wordml" in head:
            return WORD_XML
        if b"http://schemas.microsoft.com/office/2006/xmlPackage" in head:
            return WORD_XML
        if _HTML.search(head):
            return HTML
        return XML if head.startswith(b"<?xml") else TEXT
    if _MHTML.match(head):
        return MHTML
    if re.search(rb"<html[\s>]", head, re.IGNORECASE):
        return HTML
    return TEXT if _reads_as_text(sample) else UNKNOWN


def _reads_as_text(sample: bytes) -> bool:
    """Return whether the bytes decode, but for one in a hundred, as UTF-8 or GB18030."""
    return any(
        sample.decode(encoding, "replace").count("\ufffd") <= max(1, 0.01 * len(sample))
        for encoding in ("utf-8", "gb18030")
    )
