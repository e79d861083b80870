"""Formats are told by bytes, whatever the name says."""

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import LOADERS, load, ole, sniff
from extract.errors import DamagedError, EmptyError, EncryptedError, UnsupportedError

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def zipped(**members: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def package(content_type: str) -> bytes:
    return zipped(**{"[Content_Types].xml": f'<Types><Override ContentType="{content_type}"/></Types>'})


def compound(*streams: str, embedded: tuple[str, ...] = ()) -> bytes:
    """A minimal OLE file: a header, a sector table and a directory whose root holds ``streams``."""
    none = 0xFFFFFFFF

    def entry(name: str, kind: int, right: int = none, child: int = none) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        return struct.pack("<64sHBB3I36xIQ", raw, len(raw), kind, 1, none, right, child, 0, 5000)

    inside = len(streams) + 1
    entries = [entry("Root Entry", 5, child=1)]
    for index, name in enumerate(streams, start=1):
        right = index + 1 if index < len(streams) else none
        entries.append(entry(name, 1 if name == "ObjectPool" else 2, right, inside if name == "ObjectPool" else none))
    entries += [entry(name, 2) for name in embedded]
    directory = b"".join(entries)
    directory += bytes(-len(directory) % 512)
    sectors = len(directory) // 512
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[none] * (128 - len(chain)))
    header = struct.pack("<8s16x5H6x7I", ole.MAGIC, 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0)
    header += struct.pack("<2I109I", 0xFFFFFFFE, 0, 0, *[none] * 108)
    return header + table + directory


KINDS = {
    "docx": (package(WORD), sniff.DOCX),
    "docm": (package(MACRO), sniff.DOCM),
    "xlsx": (package(SHEET), sniff.XLSX),
    "docx by its part": (zipped(**{"word/document.xml": "<w/>"}), sniff.DOCX),
    "docx cut off": (zipped(**{"word/document.xml": "<w/>" * 9})[:-40], sniff.DOCX),
    "ofd": (zipped(**{"OFD.xml": "<ofd/>"}), sniff.OFD),
    "odt": (zipped(mimetype="application/vnd.oasis.opendocument.text"), sniff.ODT),
    "zip": (zipped(**{"甲/报告.docx": "x"}), sniff.ZIP),
    "empty zip": (zipped(), sniff.ZIP),
    "doc": (compound("1Table", "WordDocument"), sniff.DOC),
    "xls": (compound("Workbook"), sniff.XLS),
    "xls that embeds a doc": (compound("ObjectPool", "Workbook", embedded=("WordDocument",)), sniff.XLS),
    "encrypted docx": (compound("EncryptionInfo", "EncryptedPackage"), sniff.ENCRYPTED),
    "other ole": (compound("Contents"), sniff.OLE),
    "ole with a lost directory": (compound("WordDocument")[:520], sniff.OLE),
    "rtf": (b"{\\rtf1\\ansi }", sniff.RTF),
    "rtf after a line": (b"\r\n{\\rtf1 }", sniff.RTF),
    "pdf": (b"%PDF-1.7\n", sniff.PDF),
    "pdf after rubbish": (b"\r\nHTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n", sniff.PDF),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF", sniff.JPEG),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", sniff.PNG),
    "tiff": (b"II*\0\x08\0\0\0", sniff.TIFF),
    "tiff, other end first": (b"MM\0*\0\0\0\x08", sniff.TIFF),
    "bmp": (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", sniff.BMP),
    "gif": (b"GIF89a\1\0", sniff.GIF),
    "webp": (b"RIFF\x24\0\0\0WEBPVP8 ", sniff.WEBP),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4", sniff.SEVEN_ZIP),
    "rar": (b"Rar!\x1a\x07\x01\0", sniff.RAR),
    "html": ("<!DOCTYPE html><html><body>绩效</body></html>".encode(), sniff.HTML),
    "html in gb2312": ('<html xmlns:o="urn"><meta charset=gb2312>绩效'.encode("gb18030"), sniff.HTML),
    "html in utf-16": ("\ufeff<html><body>绩效</body></html>".encode("utf-16-le"), sniff.HTML),
    "a table alone": (b"<table border=1><tr><td>1</td></tr></table>", sniff.HTML),
    "web archive": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=x\r\n\r\n", sniff.MHTML),
    "word 2003 xml": (
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
        sniff.WORD_XML,
    ),
    "xml": (b'<?xml version="1.0"?><a/>', sniff.XML),
    "text": ("绩效自评报告".encode(), sniff.TEXT),
    "text in gb18030": ("绩效自评报告".encode("gb18030"), sniff.TEXT),
    "text in gb18030, cut": ("绩效自评报告".encode("gb18030")[:-1], sniff.TEXT),
    "text with a mark": ("\ufeff绩效".encode(), sniff.TEXT),
    "text in utf-16": ("\ufeff绩效自评".encode("utf-16-le"), sniff.TEXT),
    "text that begins with a bracket": ("<附件> 甲项目".encode(), sniff.TEXT),
    "empty": (b"", sniff.EMPTY),
    "zeros": (bytes(4096), sniff.EMPTY),
    "white space": (b"\r\n \t\n", sniff.EMPTY),
    "rubbish": (bytes(range(256)) * 9, sniff.UNKNOWN),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_format_is_known_by_its_bytes(name: str) -> None:
    data, media_type = KINDS[name]
    assert sniff.sniff(data) == media_type


@given(st.binary(max_size=600), st.sampled_from([data for data, _ in KINDS.values()]), st.integers(0, 2000))
def test_damaged_bytes_have_a_type_too(noise: bytes, data: bytes, at: int) -> None:
    assert sniff.sniff(data[:at] + noise + data[at + len(noise) :])


def test_the_name_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes("自评得分96分".encode())
    document = load(path, name="archive.zip/report.docx")
    assert (document.text, document.media_type, document.file) == (
        "自评得分96分",
        sniff.TEXT,
        "archive.zip/report.docx",
    )
    assert len(document.sha256) == 64


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("empty", EmptyError),
        ("zeros", EmptyError),
        ("encrypted docx", EncryptedError),
        ("rubbish", UnsupportedError),
        ("ole with a lost directory", DamagedError),
    ],
)
def test_what_cannot_be_read_says_so(tmp_path: Path, name: str, error: type[Exception]) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(KINDS[name][0])
    with pytest.raises(error):
        load(path)


def test_an_unsupported_format_names_those_that_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(compound("PowerPoint Document"))
    with pytest.raises(UnsupportedError, match=r"ms-powerpoint.*docx"):
        load(path)


def test_every_loader_is_keyed_by_a_type_that_sniffing_gives() -> None:
    known = {value for name, value in vars(sniff).items() if name.isupper() and isinstance(value, str)}
    assert set(LOADERS) <= known
