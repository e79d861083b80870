"""Web pages and web archives (.html, .mht), those named .doc or .xls too: what they show, their tables as grids."""

from __future__ import annotations

import codecs
import email
import email.errors
import email.policy
import re
from pathlib import Path
from typing import Final

from lxml import etree

from extract import sniff
from extract.document import Document, Notice, assemble
from extract.errors import DamagedError, EmptyError, TooLargeError
from extract.html_flow import Walk
from extract.options import LoadOptions
from extract.text import decode, lenient

MAX_BYTES: Final = 200 << 20
"""A tree takes about ten times as much memory."""

_CHARSET: Final = re.compile(
    rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_CHINESE: Final = frozenset(("gb2312", "gbk", "gb18030", "hz", "iso8859-1", "cp1252", "ascii"))
"""What GB18030 is read for: its older parts, and the labels that servers put on whatever they have."""
_HALF_READ: Final = 0.01
_XML_HEAD: Final = re.compile(r"\A\s*<\?xml\b[^>]*\?>")


def load(path: Path, data: bytes, options: LoadOptions) -> Document:  # noqa: ARG001 (the loaders' contract)
    """Return what the page shows. Nothing is fetched, no script is run, style sheets are not looked at.

    Raises EmptyError where it shows no text, TooLargeError, and DamagedError for a web archive without a page.
    """
    if len(data) > MAX_BYTES:
        raise TooLargeError(f"the page has {len(data) >> 20} MiB", "save the part that matters by itself")
    stated = ""
    media_type = sniff.sniff(data)
    if media_type == sniff.MHTML:
        data, stated = _page_of(data)
    text, warnings = decode_page(data, stated)
    walk = Walk().over(_tree(text))
    if not walk.blocks:
        raise EmptyError(
            "the page shows no text of its own: a script fills it in, or it is made of pictures or frames",
            "open it in a browser and save it as PDF",
        )
    if walk.hidden:
        warnings.append(Notice("hidden_text", f"hidden text left out in {walk.hidden} places"))
    return assemble(
        walk.blocks,
        file=str(path),
        sha256="",
        media_type=media_type,
        warnings=tuple(warnings),
        margins=tuple(walk.margins),
    )


def decode_page(data: bytes, stated: str = "") -> tuple[str, list[Notice]]:
    """Return the page's text, whatever it says of itself: ``stated`` is the encoding that came with it.

    UTF-8 where the bytes are; a page that calls itself UTF-8 and has few bytes that are not is UTF-8 too. GB18030
    for every part of it (a label gb2312 cuts the page at the first character beyond); others as they say.
    """
    found = _CHARSET.search(data[:8192])
    name = _codec(stated) or _codec(found[1].decode("ascii", "replace") if found else "")
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_utf8(data):
        return decode(data)
    if name == "utf-8":
        text, warnings = lenient(data, name)
        return (text, warnings) if text.count("\ufffd") <= _HALF_READ * len(text) else decode(data)
    if name and name not in _CHINESE:
        return lenient(data, name)
    return decode(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _codec(label: str) -> str:
    """Return Python's name of an encoding; empty where there is none of this name, or none for text."""
    try:
        found = codecs.lookup(label.strip())
    except LookupError:
        return ""
    return found.name if getattr(found, "_is_text_encoding", True) else ""


def _tree(text: str) -> etree._Element:
    """Return the page's tree; entities beyond HTML's own are never looked up."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    body = _XML_HEAD.sub("", text).replace("\0", "")
    try:
        root = etree.fromstring(body.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise DamagedError(f"the page cannot be read ({error})", "open it in a browser and save it as PDF") from error
    if any("Excessive depth" in (entry.message or "") for entry in parser.error_log):
        raise TooLargeError("the page is nested beyond reason", "look whether it was made to do harm")
    if root is None:
        raise EmptyError("the page holds nothing", "ask for it again")
    return root


def _page_of(data: bytes) -> tuple[bytes, str]:
    """Return the page of a web archive and the encoding that the archive states for it."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                page = part.get_payload(decode=True)
                if isinstance(page, bytes):
                    return page, str(part.get_content_charset() or "")
    except (RecursionError, email.errors.MessageError, LookupError, ValueError) as error:
        raise DamagedError(f"the web archive is damaged ({error})", "save the page anew") from error
    raise DamagedError("the web archive holds no page", "open it in a browser and save it as .docx or PDF")
