"""Plain text: the file's own characters, each line a paragraph."""

from __future__ import annotations

from pathlib import Path

from charset_normalizer import from_bytes

from extract.document import Block, Document, Notice, Place, assemble
from extract.options import LoadOptions
from extract.sniff import TEXT

_UTF16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def load(path: Path, data: bytes, options: LoadOptions) -> Document:  # noqa: ARG001 (the loaders' contract)
    """Return the text as it stands; ``Document.text`` is the decoded file, character for character."""
    text, warnings = decode(data)
    blocks = [
        Block("paragraph", line, Place(f"line {number}"))
        for number, line in enumerate(text.split("\n"), start=1)
    ]
    return assemble(blocks, file=str(path), sha256="", media_type=TEXT, warnings=tuple(warnings))


def decode(data: bytes) -> tuple[str, list[Notice]]:
    """Return the text of ``data`` without its byte order mark, and what had to be said about it.

    UTF-8 first, then GB18030 (which holds GB2312 and GBK), then the best guess; what fits nowhere is U+FFFD.
    """
    for bom, encoding in _UTF16:
        if data.startswith(bom):
            return _lenient(data[2:], encoding)
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        if error.end >= len(data) and error.reason == "unexpected end of data" and error.start > 0:
            return _lenient(data.removeprefix(b"\xef\xbb\xbf"), "utf-8")
    try:
        return data.decode("gb18030"), []
    except UnicodeDecodeError as error:
        if error.reason == "incomplete multibyte sequence":
            return _lenient(data, "gb18030")
    guess = from_bytes(data).best()
    if guess is None:
        return _lenient(data, "gb18030")
    return _lenient(data, guess.encoding)


def _lenient(data: bytes, encoding: str) -> tuple[str, list[Notice]]:
    """Decode what can be decoded, and say where something could not."""
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        where = error.start
        reason = error.reason
    text = data.decode(encoding, "replace")
    line = text.count("\n", 0, max(text.find("\ufffd"), 0)) + 1
    message = (
        f"byte {where + 1} of {len(data)} (line {line}) is no {encoding} text ({reason}); the rest was read"
    )
    return text, [Notice("undecodable", message)]
