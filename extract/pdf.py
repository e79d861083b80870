"""PDF: the text layer where it can be trusted, OCR where it cannot, page by page."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import pypdfium2 as pdf
import pypdfium2.raw as pdfium

from extract.document import Document, Notice, assemble
from extract.errors import DamagedError, EncryptedError
from extract.layout import PageContent
from extract.layout_flow import compose
from extract.options import LoadOptions
from extract.pdf_page import Kind, Reading, read_page

MEDIA_TYPE = "application/pdf"

_Contents = tuple[PageContent, ...]

# Its warnings are for programmers; what concerns a reader becomes a Notice.
logging.getLogger("pypdfium2").setLevel(logging.ERROR)


def load(path: Path, data: bytes, options: LoadOptions) -> Document:
    """Read a PDF. Raises EncryptedError and DamagedError."""
    document = _opened(data)
    try:
        total = len(document)
        numbers = range(1, min(total, options.max_pages) + 1)
        opened = (_page(document, number, options) for number in numbers)
        pages = _read(opened, options)
        about_form = _dynamic_form(document)
    finally:
        document.close()
    flow = compose(pages)
    notices = about_form + flow.notices
    if all(any(notice.code == "page_damaged" for notice in page.notices) for page in pages):
        raise DamagedError("no page of the PDF can be read", "open it in a viewer and print it to a new PDF")
    if total > len(numbers):
        message = f"the file has {total} pages, of which only the first {len(numbers)} were read"
        notices = (Notice("page_limit", message), *notices)
    return assemble(
        flow.blocks,
        file=str(path),
        sha256="",
        media_type=MEDIA_TYPE,
        warnings=notices,
        pages=total,
        ocr_pages=len({page.number for page in pages if page.method == "ocr"}),
        margins=flow.margins,
    )


def _opened(data: bytes) -> pdf.PdfDocument:
    try:
        document = pdf.PdfDocument(data)
    except pdf.PdfiumError as error:
        # pdfium may repeat the error of the file before: only what is encrypted can ask for a password.
        if error.err_code == pdfium.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
            raise EncryptedError("the PDF asks for a password", "save it without one") from error
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise EncryptedError("the PDF is locked in a way that cannot be opened", "save it unlocked") from error
        raise DamagedError(f"not a readable PDF ({error})", "ask for it again") from error
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        document.init_forms()
    return document


def _dynamic_form(document: pdf.PdfDocument) -> tuple[Notice, ...]:
    if document.get_formtype() != pdfium.FORMTYPE_XFA_FULL:
        return ()
    return (Notice("dynamic_form", "the PDF is a dynamic form (XFA): what it shows in Adobe Reader may be more"),)


def _read(pages: Iterable[_Contents | Callable[[], _Contents]], options: LoadOptions) -> list[PageContent]:
    """Return the contents of pages in order; scans are read several at a time, as many as suit the engine.

    pdfium can do one thing at a time: pages are opened and rendered here, a little ahead of those being read.
    """
    read: list[_Contents | Future[_Contents]] = []
    ahead: deque[Future[_Contents]] = deque()
    with ExitStack() as stack:
        pool: ThreadPoolExecutor | None = None
        for page in pages:
            if not callable(page):
                read.append(page)
                continue
            if pool is None:
                from extract.ocr_page import lanes

                count = lanes(options)
                pool = stack.enter_context(ThreadPoolExecutor(count))
            ahead.append(pool.submit(page))
            read.append(ahead[-1])
            if len(ahead) > count:
                ahead.popleft().result()
    return [content for each in read for content in (each.result() if isinstance(each, Future) else each)]


def _page(document: pdf.PdfDocument, number: int, options: LoadOptions) -> _Contents | Callable[[], _Contents]:
    """Return the content of one page, or what reads it by OCR; a page that cannot be read says so in a notice."""
    try:
        page = document[number - 1]
    except pdf.PdfiumError:
        notice = Notice("page_damaged", f"page {number} is damaged and could not be read", number)
        return (PageContent(number, 1.0, 1.0, notices=(notice,)),)
    try:
        if document.formenv:  # what was typed into a form's fields is no part of the page until it is made so
            page.flatten()
            page.close()
            page = document[number - 1]
        reading = read_page(page, number)
        scanned = reading.kind not in (Kind.TEXT, Kind.BLANK)
        if not scanned and not reading.pictures:
            return reading.contents
        if options.ocr == "off":
            return _without_ocr(reading, number)
        from extract.ocr_page import to_part, to_scan

        if scanned:
            return to_scan(page, number, options)
        parts = [to_part(page, box, number, options) for box in reading.pictures]
        return partial(_with_parts, reading.contents, parts)
    finally:
        page.close()


def _with_parts(contents: _Contents, parts: Sequence[Callable[[], _Contents]]) -> _Contents:
    return (*contents, *(content for part in parts for content in part()))


def _without_ocr(reading: Reading, number: int) -> tuple[PageContent, ...]:
    first, *others = reading.contents
    if reading.kind is Kind.TEXT:
        message = (
            f"page {number}: {len(reading.pictures)} large picture(s) in the text were not read, OCR is switched off"
        )
        notice = Notice("picture_unread", message, number)
    elif reading.kind is Kind.SCAN and first.lines:
        notice = Notice("hidden_text", f"page {number} is a scan; its hidden text layer was taken as it is", number)
    else:
        notice = Notice("ocr_off", f"page {number} needs OCR, which is switched off: it was left out", number)
        first, others = PageContent(number, first.width, first.height), []
    return (replace(first, notices=(*first.notices, notice)), *others)
